/**
 * A checkout as one promise over `<borga-checkout>`. A decline neither settles nor closes it: the payer tries again.
 */

import { BorgaError, noticed } from "@borga/checkout-element";
import type { Appearance, BorgaCheckoutElement, FetchClientSecret, PhaseName, SurfaceKind, Theme } from "@borga/checkout-element";
import { openDialog } from "./dialog.js";

interface CommonOptions {
  /** The session to pay, `ps_…`. */
  sessionId: string;
  /** A selector or an element whose content the checkout replaces; a modal dialog when absent. */
  container?: string | Element | undefined;
  /** BCP 47. */
  locale?: string | undefined;
  /** The form's colours. */
  theme?: Theme | undefined;
  /** Colours, corners, spaces and fonts of the form. */
  appearance?: Appearance | undefined;
  /** Where the bank's page is shown. */
  threeDs?: SurfaceKind | undefined;
  /** The checkout's origin when it is not the default one. */
  checkoutOrigin?: string | undefined;
}

/** What to open, and where. One of `clientSecret` and `fetchClientSecret` is needed. */
export type OpenOptions = CommonOptions &
  (
    | { clientSecret: string; fetchClientSecret?: FetchClientSecret | undefined }
    | { clientSecret?: undefined; fetchClientSecret: FetchClientSecret }
  );

/** How it ended, as far as the page knows: only the server knows what was paid. */
export interface CheckoutResult {
  /** `pending`: not known yet; ask your server or wait for the webhook. */
  readonly status: "complete" | "canceled" | "pending";
  readonly sessionId: string;
  /** `pay_…`, once the page has heard of it. */
  readonly paymentId: string | null;
}

/** What the payer of a form that was there can mend by starting again. */
const MENDABLE: readonly string[] = ["invalid_client_secret", "network_error"];

/** While one of these lasts, leaving does not mean that nothing was paid. */
const UNDER_WAY: readonly PhaseName[] = ["submitting", "challenging", "processing", "unknown"];

/**
 * Shows a checkout and waits for its end. Rejects with a {@link BorgaError} when it cannot go on at all.
 *
 * In a container, the element stays after a payment and goes otherwise, so that nothing is paid of which the caller does not
 * hear; a dialog always goes.
 */
export async function open({ container, ...options }: OpenOptions): Promise<CheckoutResult> {
  const place = typeof container === "string" ? document.querySelector(container) : container;
  if (place === null) throw new BorgaError(noticed("invalid_parameter", "container is not in the page."), "container");
  const element = Object.assign(document.createElement("borga-checkout"), options);
  const { outcome, giveUp } = watch(element, options.sessionId, !!options.fetchClientSecret);
  if (place) {
    place.replaceChildren(element);
    outcome.then(
      ({ status }) => status === "canceled" && element.remove(),
      () => element.remove(),
    );
    return outcome;
  }
  const close = openDialog(element, giveUp);
  return outcome.finally(close);
}

/** The element's first ending, and the payer's way out. */
function watch(
  element: BorgaCheckoutElement,
  sessionId: string,
  canRenew: boolean,
): { outcome: Promise<CheckoutResult>; giveUp(): void } {
  let giveUp!: () => void;
  const outcome = new Promise<CheckoutResult>((resolve, reject) => {
    let isReady = false;
    let phase: PhaseName = "loading";
    const end = (status: "canceled" | "pending", id = current()): void => resolve({ status, sessionId: id, paymentId: null });
    // A secret names its session, which is another one once the page has given a new secret.
    const current = (): string => {
      const id = element.clientSecret?.split("_")[2];
      return id ? `ps_${id}` : sessionId;
    };
    const cancel = (): void => end("canceled");
    const leave = (): void => end(UNDER_WAY.includes(phase) ? "pending" : "canceled");
    giveUp = () => {
      // Not accepted where it is too late, or where there is nothing to cancel any more.
      if (isReady) element.cancel().then((accepted) => (accepted ? cancel() : UNDER_WAY.includes(phase) || leave()), leave);
      else leave();
    };
    element.addEventListener("borga-ready", () => {
      isReady = true;
      phase = element.state.phase;
    });
    element.addEventListener("borga-change", ({ detail }) => (phase = detail.phase));
    element.addEventListener("borga-complete", ({ detail }) => resolve(detail));
    element.addEventListener("borga-pending", ({ detail }) => resolve(detail));
    element.addEventListener("borga-cancel", ({ detail }) => end("canceled", detail.sessionId));
    element.addEventListener("borga-error", ({ detail }) => {
      // The payer can start again with a new session, in the same form.
      const isMendable = detail.code === "session_expired" || (isReady && MENDABLE.includes(detail.code));
      if (detail.fatal && !(canRenew && isMendable)) reject(new BorgaError(detail));
    });
    element.addEventListener("borga-removed", leave);
  });
  return { outcome, giveUp };
}
