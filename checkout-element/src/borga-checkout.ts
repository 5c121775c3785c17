/**
 * `<borga-checkout>`: attributes and properties in, events out. No card data ever reaches it, and importing this
 * module defines nothing.
 */

import { ATTRIBUTES, readOptions, readSurface, readTheme } from "./attributes.js";
import { quiet } from "./deferred.js";
import type { Appearance, Snapshot, SurfaceKind, Theme } from "./generated/protocol.js";
import { NOT_LOADED, mountCheckout, type Host, type MountedCheckout, type PageRequest } from "./mounted-checkout.js";
import { DEFAULT_CHECKOUT_ORIGIN, exactOrigin } from "./origin.js";
import type { FrameAnswers } from "./port.js";
import { BorgaError, badOrigin, complain, noticed, removed, type BorgaErrorDetail } from "./problem.js";
import { secretSource, type FetchClientSecret, type SecretSource } from "./secret-source.js";
import { words } from "./text.js";

const STYLE =
  ":host{display:block}:host([hidden]){display:none}" +
  "iframe{display:block;width:100%;min-height:482px;border:0}" +
  "div:not(:empty){padding:1em;border:1px solid}";

const PROPERTIES = [
  "sessionId",
  "clientSecret",
  "fetchClientSecret",
  "locale",
  "theme",
  "appearance",
  "threeDs",
  "checkoutOrigin",
] as const;

// On a server there is nothing to extend, and importing must still work.
const Base: typeof HTMLElement =
  typeof HTMLElement === "undefined" ? (class {} as unknown as typeof HTMLElement) : HTMLElement;

/** The element's class. */
export class BorgaCheckoutElement extends Base {
  static get observedAttributes(): readonly string[] {
    return ATTRIBUTES;
  }

  private readonly control = control(this);

  /** The session to pay, `ps_…`. */
  get sessionId(): string | null {
    return this.getAttribute("session-id");
  }
  set sessionId(value: string | null | undefined) {
    reflect(this, "session-id", value);
  }

  /** Its secret, `pcs_…`. A value set here is not written into the attribute. */
  get clientSecret(): string | null {
    return this.control.secrets.current;
  }
  set clientSecret(value: string | null | undefined) {
    this.control.secrets.current = value || null;
    this.control.changed();
  }

  /** Asked for a secret when none is set or the old one was refused. */
  get fetchClientSecret(): FetchClientSecret | null {
    return this.control.secrets.fetch;
  }
  set fetchClientSecret(value: FetchClientSecret | null | undefined) {
    this.control.secrets.fetch = value ?? null;
    this.control.changed();
  }

  /** BCP 47; wins over the session's locale, which wins over the browser's. */
  get locale(): string | null {
    return this.getAttribute("locale");
  }
  set locale(value: string | null | undefined) {
    reflect(this, "locale", value);
  }

  /** The form's colours. */
  get theme(): Theme {
    return readTheme(this.getAttribute("theme"));
  }
  set theme(value: Theme | null | undefined) {
    reflect(this, "theme", value);
  }

  /** Colours, corners, spaces and fonts of the form; a copy, to be set as a whole. */
  get appearance(): Appearance {
    return JSON.parse(this.getAttribute("appearance") || "{}") as Appearance;
  }
  set appearance(value: Appearance | null | undefined) {
    reflect(this, "appearance", value && JSON.stringify(value));
  }

  /** Where the bank's page is shown. */
  get threeDs(): SurfaceKind {
    return readSurface(this.getAttribute("three-ds"));
  }
  set threeDs(value: SurfaceKind | null | undefined) {
    reflect(this, "three-ds", value);
  }

  /** The checkout's origin: https, or http on this machine. */
  get checkoutOrigin(): string {
    return this.getAttribute("checkout-origin") || DEFAULT_CHECKOUT_ORIGIN;
  }
  set checkoutOrigin(value: string | null | undefined) {
    reflect(this, "checkout-origin", value);
  }

  /** Where the checkout stands; a snapshot that does not change. */
  get state(): Snapshot {
    return this.control.state();
  }

  /** As if the payer had pressed Pay; waits until the session is attached. The outcome comes as an event. */
  submit(): Promise<Snapshot> {
    return this.control.call("payment.submit");
  }

  /** Cancels what is under way; `false` when it is too late and the outcome follows. */
  cancel(): Promise<boolean> {
    return quiet(this.control.call("payment.cancel").then(({ accepted }) => accepted));
  }

  /** Puts the focus into the first field that needs the payer. */
  override focus(): Promise<void> {
    return quiet(this.control.call("field.focus").then(() => {}));
  }

  /** The browser calls it when the element enters a page. */
  connectedCallback(): void {
    // Properties that a framework set before the element was defined hide the accessors: set them again.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const early = this[name];
      delete (this as Record<string, unknown>)[name];
      Object.assign(this, { [name]: early });
    }
    this.control.changed();
  }

  /** The browser calls it when the element leaves a page. */
  disconnectedCallback(): void {
    this.control.left();
  }

  /** Its presence keeps the frame alive when the page moves the element with `moveBefore`. */
  connectedMoveCallback(): void {}

  /** The browser calls it when an observed attribute changes. */
  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === "client-secret") this.control.secrets.current = value || null;
    this.control.changed();
  }
}

interface Control {
  readonly secrets: SecretSource;
  state(): Snapshot;
  changed(): void;
  left(): void;
  call<Method extends PageRequest>(method: Method): Promise<FrameAnswers[Method]>;
}

/** What the element does; apart from its class, so that pages see no more of it than its documented members. */
function control(element: BorgaCheckoutElement): Control {
  const secrets = secretSource();
  const host = { secrets, emit, options: () => readOptions((name) => element.getAttribute(name)), ...shadow(element) };
  let mounted: MountedCheckout | undefined;
  let isScheduled = false;
  let complaint: string | undefined;
  return {
    secrets,
    state: () => mounted?.state ?? NOT_LOADED,
    changed() {
      // Several changes in one go become one; what is missing is reported only if it does not follow at once.
      if (!isScheduled) {
        queueMicrotask(update);
        setTimeout(report);
      }
      isScheduled = true;
    },
    left() {
      unmount();
      complaint = undefined;
      // A framework that moves the element puts it back at once.
      queueMicrotask(() => element.isConnected || element.dispatchEvent(new Event("borga-removed")));
    },
    call: (method) => quiet(call(method)),
  };

  function emit(name: string, detail: unknown): void {
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  function update(): void {
    isScheduled = false;
    if (!element.isConnected) return;
    const { sessionId } = element;
    const origin = exactOrigin(element.checkoutOrigin);
    if (mounted?.sessionId === sessionId && mounted?.checkoutOrigin === origin) {
      mounted?.refresh();
      return;
    }
    unmount();
    if (sessionId && origin) mounted = mountCheckout(host, origin, sessionId);
  }

  function unmount(): void {
    mounted?.end();
    mounted = undefined;
    host.showFailure(null);
  }

  async function call<Method extends PageRequest>(method: Method): Promise<FrameAnswers[Method]> {
    if (isScheduled) update();
    if (mounted) return mounted.call(method);
    const found = element.isConnected && problem();
    throw found ? new BorgaError(found) : removed();
  }

  function report(): void {
    if (!element.isConnected) return;
    const found = problem();
    const isNews = found && found.message !== complaint;
    complaint = found?.message;
    if (!isNews) return;
    complain(found);
    emit("borga-error", found);
  }

  function problem(): BorgaErrorDetail | undefined {
    const missing = (what: string): BorgaErrorDetail => noticed("missing_parameter", `Set ${what}.`);
    if (!exactOrigin(element.checkoutOrigin)) return badOrigin("checkout-origin");
    if (!element.sessionId) return missing("session-id to the payment session's id");
    return secrets.current || secrets.fetch
      ? undefined
      : missing("client-secret to the session's client_secret, or fetchClientSecret");
  }
}

/** The element's inside: the frame's place and, before it, the place of a failure. */
function shadow(element: BorgaCheckoutElement): Pick<Host, "root" | "showFailure"> {
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const failure = document.createElement("div");
  // There before its text, or screen readers stay silent.
  failure.setAttribute("role", "alert");
  root.append(failure);
  return {
    root,
    showFailure: (code) => (failure.textContent = code && `${words(element.locale).unavailable} (${code})`),
  };
}

function reflect(element: Element, attribute: string, value: string | null | undefined): void {
  if (value == null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

declare global {
  interface HTMLElementTagNameMap {
    "borga-checkout": BorgaCheckoutElement;
  }
}
