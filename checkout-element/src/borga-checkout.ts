/**
 * `<borga-checkout>`: attributes and properties in, events out. No card data ever reaches it, and importing this
 * module defines nothing.
 */

import { ATTRIBUTES, readOptions, readSurface, readTheme } from "./attributes.js";
import { quiet } from "./deferred.js";
import { explained } from "./explanation.js";
import type { Appearance, Snapshot, SurfaceKind, Theme } from "./generated/protocol.js";
import { NOT_LOADED, mountCheckout, type Host, type MountedCheckout, type PageRequest } from "./mounted-checkout.js";
import { DEFAULT_CHECKOUT_ORIGIN, exactOrigin } from "./origin.js";
import type { FrameAnswers } from "./port.js";
import { BorgaError, complain, removed, type BorgaErrorDetail } from "./problem.js";
import { secretSource, type FetchClientSecret, type SecretSource } from "./secret-source.js";
import { language, words } from "./text.js";

const STYLE =
  ":host{display:block}:host([hidden]),[hidden]{display:none!important}" +
  "iframe,::slotted(iframe){display:block;width:100%;min-height:482px;border:0}" +
  "[name=error]{display:block;padding:1em;border:1px solid}" +
  // Over the frame, from its top: what goes away again must not move the page. The host itself stays unpositioned, or it
  // would cover what floats beside it.
  "[name=loading]{display:block;position:relative;height:0}";

// On a server there is nothing to extend, and importing must still work.
const Base: typeof HTMLElement =
  typeof HTMLElement === "undefined" ? (class {} as unknown as typeof HTMLElement) : HTMLElement;

/**
 * Borga's card checkout: one frame with the card form, of the checkout's own origin.
 *
 * @summary Shows the checkout of one payment session.
 * @tag borga-checkout
 *
 * @attr {string} session-id - The session to pay, `ps_…`.
 * @attr {string} client-secret - Its secret, `pcs_…`. A value set as a property is not written here.
 * @attr {string} locale - BCP 47; wins over the session's locale, which wins over the browser's.
 * @attr {"light" | "dark" | "auto"} theme - The form's colours; `auto`, the payer's own setting, when absent.
 * @attr {string} appearance - Colours, corners, spaces and fonts of the form, as JSON.
 * @attr {"popup" | "inline" | "redirect"} three-ds - Where the bank's page is shown: in a window of its own (when absent), over the page, or in the whole page.
 * @attr {string} checkout-origin - The checkout's origin: https, or http on this machine.
 *
 * @slot loading - Shown over the frame until the form is there.
 * @slot error - Shown instead of the built-in sentence when the form cannot be loaded.
 *
 * @csspart frame - The `<iframe>`.
 * @csspart loading - The place of the loading text.
 * @csspart error - The place of the error text.
 * @csspart challenge - The `<dialog>` with the bank's page, where `three-ds` is `inline`.
 *
 * @fires {CustomEvent<BorgaEventDetails["borga-ready"]>} borga-ready - The session is attached and the payer can type.
 * @fires {CustomEvent<BorgaEventDetails["borga-change"]>} borga-change - Something about the form changed; never a digit of the card.
 * @fires {CustomEvent<BorgaEventDetails["borga-resize"]>} borga-resize - The form's height in CSS pixels changed.
 * @fires {CustomEvent<BorgaEventDetails["borga-processing"]>} borga-processing - The payer pressed Pay.
 * @fires {CustomEvent<BorgaEventDetails["borga-challenge"]>} borga-challenge - The payer is wanted at the bank.
 * @fires {CustomEvent<BorgaEventDetails["borga-complete"]>} borga-complete - An ending: paid. Ask your server before you deliver.
 * @fires {CustomEvent<BorgaEventDetails["borga-cancel"]>} borga-cancel - An ending: the payer cancelled.
 * @fires {CustomEvent<BorgaEventDetails["borga-pending"]>} borga-pending - An ending that another may follow: ask your server or wait for the webhook.
 * @fires {CustomEvent<BorgaEventDetails["borga-error"]>} borga-error - An ending when a payment was under way, or the checkout itself cannot go on (`fatal`).
 */
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

  /** Asked for a secret when none is set or the old one was refused; it has 25 seconds. What it gave is for one `sessionId`. */
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
    try {
      return JSON.parse(this.getAttribute("appearance") || "{}") as Appearance;
    } catch {
      return {};
    }
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
    for (const [name, early] of Object.entries(this)) {
      if (!(name in BorgaCheckoutElement.prototype)) continue;
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
  const host = { secrets, emit, options: () => readOptions(element), ...shadow(element) };
  let mounted: MountedCheckout | undefined;
  let isScheduled = false;
  let complaint: string | undefined;
  return {
    secrets,
    state: () => mounted?.state ?? NOT_LOADED,
    changed() {
      // Several changes in one go become one; what is missing is reported only if it does not follow at once, or
      // while the page still loads: a framework that takes over a server's HTML does so late.
      if (!isScheduled) {
        queueMicrotask(update);
        const soon = (): unknown => setTimeout(report);
        if (document.readyState === "complete") soon();
        else addEventListener("load", soon, { once: true });
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
    if (!sessionId || !origin) return;
    secrets.serve(sessionId);
    mounted = mountCheckout(host, origin, sessionId);
  }

  function unmount(): void {
    mounted?.end();
    mounted = undefined;
    host.showFailure(null);
  }

  async function call<Method extends PageRequest>(method: Method): Promise<FrameAnswers[Method]> {
    if (isScheduled) update();
    const found = mounted || !element.isConnected ? undefined : await problem();
    if (mounted) return mounted.call(method);
    throw found && element.isConnected ? new BorgaError(found) : removed();
  }

  async function report(): Promise<void> {
    const found = lacksSomething() ? await problem() : undefined;
    // It may have followed while its absence was looked into.
    const news = lacksSomething() ? found : undefined;
    if (news && news.message !== complaint) {
      complain(news);
      emit("borga-error", news);
    }
    complaint = news?.message;
  }

  function lacksSomething(): boolean {
    return element.isConnected && !(mounted && (secrets.current || secrets.fetch));
  }

  function problem(): Promise<BorgaErrorDetail> {
    return explained(({ missing }) => missing(element), "missing_parameter");
  }
}

/** The element's inside: the places of a failure and of what is shown before the form, then the frame's. */
function shadow(element: BorgaCheckoutElement): Pick<Host, "root" | "loading" | "showFailure"> {
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const slot = (name: string): HTMLSlotElement =>
    Object.assign(document.createElement("slot"), { name, part: name, hidden: name === "error" });
  const failure = slot("error");
  const alert = document.createElement("div");
  // There before its text, or screen readers stay silent.
  alert.setAttribute("role", "alert");
  alert.append(failure);
  const loading = slot("loading");
  root.append(alert, loading);
  return {
    root,
    loading,
    showFailure(code) {
      failure.hidden = !code;
      failure.lang = language(element.locale);
      failure.textContent = code && `${words(element.locale)[1]} (${code})`;
    },
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
