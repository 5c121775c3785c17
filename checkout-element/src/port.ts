/**
 * JSON-RPC 2.0 over the private port between page and frame. It knows no business: an unknown method is answered as
 * such, an unknown notification is dropped, and nothing that arrives can make it throw.
 */

import type {
  Attached,
  BootCall,
  Canceled,
  FrameCall,
  Navigating,
  NewSecret,
  OptionsApplied,
  PageCall,
  Presented,
  ReturnUrl,
  Snapshot,
} from "./generated/protocol.js";
import { quiet, within } from "./deferred.js";
import { BorgaError, noticed } from "./problem.js";

/** How long the page waits for one answer. A payment's outcome is no answer: it comes as a notification. */
export const ANSWER_WITHIN_MS = 30_000;

/** What each request to the frame is answered with. */
export interface FrameAnswers {
  "session.attach": Attached;
  "options.update": OptionsApplied;
  "payment.submit": Snapshot;
  "payment.cancel": Canceled;
  "field.focus": unknown;
}

/** What each request of the frame is answered with. */
interface PageAnswers {
  "secret.request": Promise<NewSecret>;
  "navigate.request": Navigating;
  "challenge.present": Promise<Presented>;
  "host.return_url": ReturnUrl;
}

type Params<Call extends { method: string }, Method extends string> =
  Extract<Call, { method: Method }> extends {
    params: infer P;
  }
    ? [P]
    : [];

/** One function per method that the frame may call. */
export type Handlers = {
  [Method in FrameCall["method"]]: (
    ...params: Params<FrameCall, Method>
  ) => Method extends keyof PageAnswers ? PageAnswers[Method] : void;
};

interface Message {
  id?: number | string | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code?: number; message?: string };
}

/** The page's end of one channel; a frame document has exactly one. */
export interface Port {
  /** Asks the frame; rejects after a deadline, on a transport error, or when the port is closed. */
  call<Method extends keyof FrameAnswers>(
    method: Method,
    ...params: Params<PageCall, Method>
  ): Promise<FrameAnswers[Method]>;
  /** Tells the frame something that needs no answer. */
  notify<Method extends "host.visibility" | "challenge.closed" | "session.offer">(
    method: Method,
    ...params: Params<PageCall | BootCall, Method>
  ): void;
  /** Ends the channel and every call that still waits, with `why` or as unanswered. */
  close(why?: unknown): void;
}

/** Starts speaking on `port`. */
export function openPort(port: MessagePort, handlers: Handlers): Port {
  const waiting = new Map<unknown, (answer: Message) => void>();
  let lastId = 0;
  let whyClosed: unknown;
  const send = (message: Message): void => port.postMessage({ jsonrpc: "2.0", ...message });
  port.onmessage = ({ data }: MessageEvent<Message | null>) => data && receive(data);
  return {
    call(method, ...[params = {}]) {
      const id = ++lastId;
      const unanswered = (): BorgaError =>
        new BorgaError(noticed("frame_timeout", `The checkout did not answer ${method}.`));
      const answer = new Promise<never>((resolve, reject) => {
        waiting.set(id, ({ result, error }) => (error ? reject(whyClosed ?? unanswered()) : resolve(result as never)));
      });
      send({ id, method, params });
      return quiet(within(answer, ANSWER_WITHIN_MS, unanswered));
    },
    notify: (method, ...[params = {}]) => send({ method, params }),
    close(why) {
      whyClosed = why;
      port.onmessage = null;
      port.close();
      for (const settle of waiting.values()) settle({ error: {} });
    },
  };

  async function receive({ id, method, params, ...answer }: Message): Promise<void> {
    if (!method) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
      return;
    }
    let reply: Message = { error: { code: -32601, message: method } };
    try {
      if (Object.hasOwn(handlers, method)) {
        const handle = handlers[method as keyof Handlers] as (params: unknown) => unknown;
        reply = { result: await handle(params ?? {}) };
      }
    } catch {
      reply = { error: { code: -32000, message: method } };
    }
    if (id != null) send({ id, ...reply });
  }
}
