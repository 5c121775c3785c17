/**
 * What must and must not compile for pages in TypeScript. It is checked, never run.
 */

import type { BorgaCheckoutElement, BorgaEventDetails } from "../src/index.js";

export function uses(element: BorgaCheckoutElement): void {
  const found: BorgaCheckoutElement | null = document.querySelector("borga-checkout");
  found?.addEventListener("borga-complete", ({ detail }) => detail.paymentId.startsWith("pay_"));
  element.addEventListener("borga-error", ({ detail }) => detail.fatal && detail.docUrl);
  element.theme = "dark";
  element.appearance = { accent: "#0a5a66", radius: 4, font: "serif" };
  element.fetchClientSecret = async () => "pcs_";
  const cancelled: Promise<boolean> = element.cancel();
  void cancelled;

  // @ts-expect-error: there is no such theme
  element.theme = "pink";
  // @ts-expect-error: a colour begins with #
  element.appearance = { accent: "red" };
  // @ts-expect-error: the look is made of values, not of CSS
  element.appearance = { css: "" };
  // @ts-expect-error: there is no such surface
  element.threeDs = "iframe";
  // @ts-expect-error: a secret is text, not the session
  element.fetchClientSecret = async () => ({ client_secret: "pcs_" });
  // @ts-expect-error: the state is told by the frame, not set by the page
  element.state = { phase: "ready", complete: true, empty: false, brand: null, errors: [] };
  // @ts-expect-error: a snapshot never holds the card
  element.state.number;
  // @ts-expect-error: a payment that completed has no error code
  element.addEventListener("borga-complete", ({ detail }) => detail.code);
  // @ts-expect-error: there is no such event
  const unknown: BorgaEventDetails["borga-paid"] = undefined;
  void unknown;
}
