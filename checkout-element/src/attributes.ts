/**
 * From the element's attributes to the frame's options and address. Pure: it reads no document and keeps nothing.
 */

import type { Appearance, SurfaceKind, Theme } from "./generated/protocol.js";
import { advise } from "./problem.js";

/** Every attribute of `<borga-checkout>`. */
export const ATTRIBUTES = ["session-id", "client-secret", "locale", "theme", "appearance", "three-ds", "checkout-origin"] as const;

/** What a page can set about the look and the bank's window, as `options.update` says it. */
export interface FrameOptions {
  locale?: string;
  theme: Theme;
  appearance: Appearance;
  three_ds: SurfaceKind;
}

/** The theme that `text` names; the payer's own setting when it names none. */
export function readTheme(text: string | null): Theme {
  return text === "light" || text === "dark" ? text : "auto";
}

/** The values in JSON; none when `text` is no JSON object. */
export function readAppearance(text: string | null): Appearance {
  try {
    return Object(JSON.parse(text || "{}")) as Appearance;
  } catch {
    advise("appearance is not used: it is no JSON object");
    return {};
  }
}

/** The 3-D Secure surface that `text` names; the popup when it names none. */
export function readSurface(text: string | null): SurfaceKind {
  return text === "redirect" ? text : "popup";
}

/** The options among the attributes. */
export function readOptions(attribute: (name: string) => string | null): FrameOptions {
  const locale = attribute("locale");
  return {
    ...(locale && { locale }),
    theme: readTheme(attribute("theme")),
    appearance: readAppearance(attribute("appearance")),
    three_ds: readSurface(attribute("three-ds")),
  };
}

/** The frame's address. Nothing secret is in it, and nothing that is the default anyway. */
export function frameUrl(
  checkoutOrigin: string,
  sessionId: string,
  instance: string,
  { locale, theme }: FrameOptions,
): string {
  const url = new URL(`/embed/${encodeURIComponent(sessionId)}#${instance}`, checkoutOrigin);
  if (locale) url.searchParams.set("locale", locale);
  if (theme !== "auto") url.searchParams.set("theme", theme);
  return url.href;
}
