/**
 * From the element's attributes to the frame's options and address. It keeps nothing.
 */

import type { BorgaCheckoutElement } from "./borga-checkout.js";
import type { SurfaceKind, Theme } from "./generated/protocol.js";

/** Every attribute of `<borga-checkout>`. */
export const ATTRIBUTES = ["session-id", "client-secret", "locale", "theme", "appearance", "three-ds", "checkout-origin"] as const;

/** What a page can set about the look and the bank's window, as `options.update` says it. */
export interface FrameOptions {
  locale?: string;
  theme: Theme;
  /** JSON, which the checkout judges. */
  appearance: string;
  three_ds: SurfaceKind;
}

/** The theme that `text` names; the payer's own setting when it names none. */
export function readTheme(text: string | null): Theme {
  return text === "light" || text === "dark" ? text : "auto";
}

/** The 3-D Secure surface that `text` names; the popup when it names none. */
export function readSurface(text: string | null): SurfaceKind {
  return text === "redirect" || text === "inline" ? text : "popup";
}

/** The options among an element's attributes. */
export function readOptions(element: BorgaCheckoutElement): FrameOptions {
  const { locale, theme, threeDs } = element;
  return { ...(locale && { locale }), theme, appearance: element.getAttribute("appearance") ?? "", three_ds: threeDs };
}

/** The frame's address. Nothing secret is in it, and nothing that is the default anyway. */
export function frameUrl(
  checkoutOrigin: string,
  sessionId: string,
  instance: string,
  { locale, theme, appearance }: FrameOptions,
): string {
  const url = new URL(`/embed/${encodeURIComponent(sessionId)}#${instance}`, checkoutOrigin);
  for (const [name, value] of Object.entries({ locale, theme, appearance })) {
    if (value && value !== "auto") url.searchParams.set(name, value);
  }
  return url.href;
}
