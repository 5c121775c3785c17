/**
 * One checkout from the moment its element is in the page until it leaves: frame, port, secret and calls, owned in one
 * place and freed together. It decides nothing about money; endings come from the frame and are passed on as they are.
 */

import type { FrameOptions } from "./attributes.js";
import { deferred, quiet, within } from "./deferred.js";
import type { Emit } from "./events.js";
import { explained } from "./explanation.js";
import { openFrame, type Frame } from "./frame.js";
import type { WindowSize, NewSecret, PhaseName, Presented, Problem, Snapshot } from "./generated/protocol.js";
import type { FrameFailure } from "./load-watch.js";
import { isStartPage } from "./navigation.js";
import { ANSWER_WITHIN_MS, openPort, type Port, type FrameAnswers, type Handlers } from "./port.js";
import { BorgaError, advise, complain, noticed, removed, type BorgaErrorDetail } from "./problem.js";
import type { SecretSource } from "./secret-source.js";
import { inPageSpelling } from "./spelling.js";
import { wayBack } from "./way-back.js";

/** What a mounted checkout needs of its element. */
export interface Host {
  readonly root: ShadowRoot;
  /** What the page shows until there is a form; this module hides it. */
  readonly loading: HTMLElement;
  readonly secrets: SecretSource;
  readonly emit: Emit;
  /** The options as they are now. */
  options(): FrameOptions;
  /** Shows payers that there is no form, and why; nothing when `code` is `null`. */
  showFailure(code: string | null): unknown;
}

/** The state before the frame has told one. */
export const NOT_LOADED: Snapshot = Object.freeze({
  phase: "loading",
  complete: false,
  empty: true,
  brand: null,
  errors: [],
});

/** Refusals that another secret can mend. */
const RENEWABLE: readonly string[] = ["invalid_client_secret", "session_expired"];

/** Where the frame stands without a session that can go on. */
const UNATTACHED: readonly PhaseName[] = ["loading", "expired", "broken"];

/** How far the present document of the frame is. */
type Stage = "absent" | "ready" | "attaching" | "attached" | "refused";

/** The calls that a page can make. */
export type PageRequest = "payment.submit" | "payment.cancel" | "field.focus";

/** The checkout in one place of one page. */
export interface MountedCheckout {
  readonly checkoutOrigin: string;
  readonly sessionId: string;
  /** The last state that the frame told. */
  readonly state: Snapshot;
  /** Takes over what changed on the element: options, or the secret. */
  refresh(): void;
  /** Calls the frame once the session is attached. Ends in every case: answer, error, deadline, removal. */
  call<Method extends PageRequest>(method: Method): Promise<FrameAnswers[Method]>;
  /** Frees everything. Never throws and may be called at any time. */
  end(): void;
}

/** Opens the frame and keeps it going until `end`. */
export function mountCheckout(host: Host, checkoutOrigin: string, sessionId: string): MountedCheckout {
  const { secrets, emit } = host;
  const life = new AbortController();
  const { signal } = life;
  let frame: Frame | undefined;
  let port: Port | undefined;
  let stage: Stage = "absent";
  let state = NOT_LOADED;
  let attached = deferred<Port>();
  /** Counts the frame's documents and the secrets offered: an answer to an older one comes too late. */
  let turn = 0;
  let hasReloaded = false;
  let sentOptions = "";
  let sentSecret: string | undefined;
  let testMode = false;
  let held: BorgaErrorDetail | undefined;
  let refusal: string | undefined;
  /** Counts what was asked to lie there: what comes after its dismissal is not shown. */
  let presented = 0;
  /** Takes it away. */
  let dismiss: (() => void) | null | undefined;

  const tell = (persisted: boolean): void => port?.notify("host.visibility", { hidden: document.hidden, persisted });
  document.addEventListener("visibilitychange", () => tell(false), { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && tell(true), { signal });
  window.addEventListener("online", () => stage === "refused" && refusal === "network_error" && void attach(), { signal });
  load();

  return {
    checkoutOrigin,
    sessionId,
    get state() {
      return state;
    },
    refresh() {
      frame?.suit(host.options());
      if (stage === "absent") return;
      sendOptions();
      const { current, fetch } = secrets;
      // Another callback is no reason to try again: some frameworks set a new one at every rendering.
      const isNews = current ? current !== sentSecret : fetch && stage === "ready";
      if (isNews) void attach();
    },
    async call(method) {
      const port = await within(attached.promise, ANSWER_WITHIN_MS, () => new BorgaError(noticed("frame_timeout")));
      if (method === "field.focus") frame?.element.focus();
      return port.call(method as "field.focus") as never;
    },
    end() {
      life.abort();
      disconnect(removed());
      frame?.end();
      attached.reject(removed());
    },
  };

  function load(): void {
    const options = host.options();
    const connected = (channel: MessagePort, isEarly: boolean): void => {
      disconnect();
      hasReloaded = false;
      host.loading.hidden = true;
      // What stands in the frame's address it knows already, if we wrote that.
      sentOptions = isEarly ? "" : JSON.stringify({ ...options, three_ds: "popup" });
      port = openPort(channel, handlers());
      // The frame asks for the session while its program loads.
      port.notify("session.offer", { client_secret: secrets.current });
    };
    frame?.end();
    host.loading.hidden = false;
    frame = openFrame(host.root, checkoutOrigin, sessionId, options, connected, failed);
  }

  /** Lays the bank's page over this one, or hides it. */
  async function present(what: { url: string; size?: WindowSize }): Promise<Presented> {
    clear();
    const now = presented;
    const { openOverlay } = await import("./overlay.js");
    if (now === presented && isStartPage(what.url, checkoutOrigin)) {
      dismiss = openOverlay(host.root, what, host.options().locale, () => port?.notify("challenge.closed"));
    }
    return { shown: !!dismiss };
  }

  function clear(): void {
    presented++;
    dismiss?.();
    dismiss = null;
  }

  function disconnect(why?: unknown): void {
    clear();
    turn++;
    stage = "absent";
    port?.close(why);
    port = undefined;
    expectAttachment();
  }

  /** Calls that wait go on waiting; later ones wait too. */
  function expectAttachment(): void {
    const { resolve } = attached;
    attached = deferred();
    resolve(attached.promise);
  }

  async function failed(why: FrameFailure): Promise<void> {
    disconnect();
    if (!hasReloaded) {
      hasReloaded = true;
      load();
      return;
    }
    frame?.end();
    const found = await explained(({ absent }) => absent(why, checkoutOrigin, sessionId, signal), why);
    if (!signal.aborted) fail(found, true);
  }

  /** Calls that wait are told by `fail`; those that come once a session is there after all wait for it. */
  function refuse(code: string): void {
    stage = "refused";
    refusal = code;
  }

  /** The one place where this side's errors go out: console, the payer, waiting calls, and the event. */
  function fail(detail: BorgaErrorDetail, showsPayer: boolean): void {
    complain(detail);
    if (showsPayer) host.showFailure(detail.code);
    host.loading.hidden = true;
    tellError(detail);
  }

  function tellError(detail: BorgaErrorDetail): void {
    if (detail.fatal) attached.reject(new BorgaError(detail));
    emit("borga-error", detail);
  }

  async function attach(): Promise<void> {
    const now = ++turn;
    const channel = port as Port;
    expectAttachment();
    stage = "attaching";
    refusal = undefined;
    host.showFailure(null);
    // Before the session, whose payer may be at the bank already: how they go on depends on where it is shown.
    sendOptions();
    try {
      const answer = await offerSecrets(channel, now);
      if (now !== turn) return;
      if ("code" in answer) {
        refuse(answer.code);
        // The frame shows its refusal itself.
        fail(inPageSpelling(answer), false);
        return;
      }
      state = Object.freeze(answer.state);
      ready();
    } catch (error) {
      if (now !== turn) return;
      const detail = held ?? asDetail(error);
      refuse(detail.code);
      fail(detail, true);
    }
  }

  function ready(): void {
    stage = "attached";
    refusal = undefined;
    host.showFailure(null);
    attached.resolve(port as Port);
    emit("borga-ready", { testMode });
  }

  /** The frame's last word on the secret at hand, and on a new one where that can help. */
  async function offerSecrets(channel: Port, now: number): Promise<FrameAnswers["session.attach"]> {
    const offer = (secret: string): Promise<FrameAnswers["session.attach"]> => {
      if (now !== turn) throw removed();
      held = undefined;
      sentSecret = secret;
      const back = wayBack();
      const returned = back?.sessionId === sessionId && !back.isTold;
      if (returned) back.isTold = true;
      return channel.call("session.attach", { client_secret: secret, ...(returned && { returned }) });
    };
    const answer = await offer(secrets.current ?? (await secrets.renew()));
    if (!("code" in answer) || !RENEWABLE.includes(answer.code) || !secrets.fetch) return answer;
    held = undefined;
    return offer(await secrets.renew());
  }

  async function requestedSecret(reason: string): Promise<NewSecret> {
    const now = turn;
    try {
      // Only the network kept the old one from opening its session.
      const still = reason === "network_error" && secrets.current;
      const secret = still || (await secrets.renew());
      sentSecret = secret;
      return { client_secret: secret };
    } catch (error) {
      // A page without a callback has heard already that the session cannot go on.
      if (now === turn && secrets.fetch) fail(asDetail(error), false);
      throw error;
    }
  }

  function sendOptions(): void {
    const options = host.options();
    const text = JSON.stringify(options);
    if (text !== sentOptions && port)
      quiet(port.call("options.update", options).then(({ warnings }) => warnings.forEach(advise)));
    sentOptions = text;
  }

  function hearProblem(problem: Problem): void {
    const detail = inPageSpelling(problem);
    // The answer to session.attach says the same: whoever comes second is not told again.
    if (stage === "attaching") held = detail;
    else if (detail.code !== refusal) tellError(detail);
  }

  function handlers(): Handlers {
    return {
      "frame.ready": ({ test_mode }) => {
        stage = "ready";
        testMode = test_mode;
        if (secrets.current || secrets.fetch) void attach();
      },
      "state.change": (now) => {
        state = Object.freeze(now);
        emit("borga-change", state);
        // A secret that the frame asked for has opened a session after all.
        if (stage === "refused" && !UNATTACHED.includes(state.phase)) {
          expectAttachment();
          ready();
        }
      },
      "layout.resize": ({ height }) => {
        if (!(height > 0)) return;
        Object.assign((frame as Frame).element.style, { minHeight: 0, height: `${height}px` });
        emit("borga-resize", { height });
      },
      "secret.request": ({ reason }) => requestedSecret(reason),
      "navigate.request": ({ url }) => {
        // A page in a frame cannot go there: a start page that takes a page's place stands in no frame.
        const accepted = isStartPage(url, checkoutOrigin) && window.top === window;
        // Later, so that the answer leaves first.
        if (accepted) setTimeout(() => location.assign(url));
        return { accepted };
      },
      "challenge.present": present,
      "challenge.dismiss": clear,
      "host.return_url": () => ({ url: location.href.split("#")[0] as string }),
      "payment.started": (told) => emit("borga-processing", inPageSpelling(told)),
      "payment.challenge": (told) => emit("borga-challenge", inPageSpelling(told)),
      "payment.completed": (told) => emit("borga-complete", { ...inPageSpelling(told), status: "complete" }),
      "payment.failed": (told) => tellError(inPageSpelling(told)),
      "payment.canceled": (told) => emit("borga-cancel", { ...inPageSpelling(told), status: "canceled" }),
      "payment.pending": (told) => emit("borga-pending", { ...inPageSpelling(told), status: "pending" }),
      "session.error": hearProblem,
    };
  }
}

function asDetail(error: unknown): BorgaErrorDetail {
  const { code, message, type } = error instanceof BorgaError ? error : noticed("frame_timeout");
  return noticed(code, message, type);
}
