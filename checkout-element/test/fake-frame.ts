/**
 * A frame for tests: says hello as the real one does and answers on the port that it is handed. It never loads anything.
 */

import { vi } from "vitest";
import type { BorgaCheckoutElement } from "../src/index.js";

export const CHECKOUT = "https://checkout.borga.is";

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { code: number };
}

/** The frame's end of a channel. */
export class FakeFrame {
  readonly heard: Message[] = [];
  secrets: Record<string, unknown> = {};
  options: { applied: string[]; warnings: string[] } = { applied: [], warnings: [] };
  private nextId = 100;
  private readonly answers = new Map<number, (message: Message) => void>();

  constructor(
    readonly port: MessagePort,
    readonly connect: { instance: string; nonce: string; version: number },
  ) {
    port.onmessage = ({ data }: MessageEvent<Message>) => this.hear(data);
  }

  /** Sends a notification. */
  tell(method: string, params: object = {}): void {
    this.port.postMessage({ jsonrpc: "2.0", method, params });
  }

  /** Sends a request and waits for its answer. */
  ask(method: string, params: object = {}): Promise<Message> {
    const id = this.nextId++;
    this.port.postMessage({ jsonrpc: "2.0", id, method, params });
    return new Promise((resolve) => this.answers.set(id, resolve));
  }

  /** The calls of one method so far. */
  calls(method: string): Message[] {
    return this.heard.filter((message) => message.method === method);
  }

  private hear(message: Message): void {
    if (!message.method) {
      this.answers.get(message.id ?? 0)?.(message);
      return;
    }
    this.heard.push(message);
    if (message.id === undefined) return;
    this.port.postMessage({ jsonrpc: "2.0", id: message.id, result: this.answer(message) });
  }

  private answer({ method, params }: Message): unknown {
    switch (method) {
      case "session.attach": {
        const refused = this.secrets[String(params?.["client_secret"])];
        if (!refused) return { state: SNAPSHOT };
        // The real frame tells listeners the same.
        this.tell("session.error", { ...PROBLEM, code: refused });
        return { ...PROBLEM, code: refused };
      }
      case "options.update":
        return this.options;
      case "payment.cancel":
        return { accepted: true };
      default:
        return SNAPSHOT;
    }
  }
}

/** An error as the frame tells it. */
export const PROBLEM = {
  code: "session_not_open",
  type: "invalid_request_error",
  message: "m",
  fatal: true,
  doc_url: "https://docs.borga.is/errors/session_expired",
  trace_id: null,
};

/** A state as the frame tells it. */
export const SNAPSHOT = { phase: "ready", complete: false, empty: true, brand: null, errors: [] };

/** The iframe inside an element, with a window of its own although nothing is loaded. */
export function iframeOf(element: BorgaCheckoutElement): HTMLIFrameElement | null {
  const frame = element.shadowRoot?.querySelector("iframe") ?? null;
  if (frame && !frame.contentWindow) Object.defineProperty(frame, "contentWindow", { value: { postMessage() {} } });
  return frame;
}

/** Lets everything happen that waits for no timer. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** The instance id in the frame's address. */
export function instanceOf(frame: HTMLIFrameElement): string {
  return new URL(frame.src).hash.slice(1);
}

let nonces = 0;

/** Dispatches a hello as if from `frame`; the fields of `forged` replace the right ones. */
export function sayHello(
  frame: HTMLIFrameElement,
  forged: { origin?: string; source?: unknown; data?: object } = {},
): void {
  const hello = { borga: "hello", instance: instanceOf(frame), nonce: `n${nonces++}`, versions: [1], build: "test" };
  const event = new Event("message");
  Object.assign(event, {
    origin: forged.origin ?? CHECKOUT,
    source: "source" in forged ? forged.source : frame.contentWindow,
    data: { ...hello, ...forged.data },
  });
  window.dispatchEvent(event);
}

/** Says hello and takes the port, as the frame's document does. */
export function greet(element: BorgaCheckoutElement): FakeFrame {
  const frame = iframeOf(element);
  if (!frame?.contentWindow) throw new Error("the element has no frame");
  let taken: FakeFrame | undefined;
  const post = vi.fn((connect: FakeFrame["connect"], origin: string, ports: MessagePort[]) => {
    if (origin === CHECKOUT && ports[0]) taken = new FakeFrame(ports[0], connect);
  });
  frame.contentWindow.postMessage = post as unknown as Window["postMessage"];
  sayHello(frame);
  if (!taken) throw new Error("the element did not answer hello");
  return taken;
}

/** Puts a configured element into the page and waits for its frame. */
export async function mount(properties: Partial<BorgaCheckoutElement> = {}): Promise<BorgaCheckoutElement> {
  const element = document.createElement("borga-checkout");
  Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" }, properties);
  document.body.append(element);
  await settled();
  return element;
}

/** Mounts, greets and says ready. */
export async function mountReady(
  properties: Partial<BorgaCheckoutElement> = {},
  secrets: Record<string, unknown> = {},
): Promise<{ element: BorgaCheckoutElement; frame: FakeFrame }> {
  const element = await mount(properties);
  const frame = greet(element);
  frame.secrets = secrets;
  frame.tell("frame.ready", { test_mode: true });
  return { element, frame };
}

/** Waits for one event. */
export function next<Name extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  name: Name,
): Promise<HTMLElementEventMap[Name]> {
  return new Promise((resolve) => target.addEventListener(name, (event) => resolve(event), { once: true }));
}

/** Every event of one name from now on. */
export function record<Name extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  name: Name,
): HTMLElementEventMap[Name][] {
  const events: HTMLElementEventMap[Name][] = [];
  target.addEventListener(name, (event) => events.push(event));
  return events;
}
