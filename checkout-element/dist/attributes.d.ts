/**
 * From the element's attributes to the frame's options and address. Pure: it reads no document and keeps nothing.
 */
import type { SurfaceKind, Theme } from "./generated/protocol.js";
/** Every attribute of `<borga-checkout>`. */
export declare const ATTRIBUTES: readonly ["session-id", "client-secret", "locale", "theme", "three-ds", "checkout-origin"];
/** What a page can set about the look and the bank's window; absent means the checkout's own default. */
export interface FrameOptions {
    locale?: string;
    theme?: Theme;
    three_ds?: SurfaceKind;
}
/** The theme that `text` names, or `null`. */
export declare function readTheme(text: string | null): Theme | null;
/** The 3-D Secure surface that `text` names, or `null`. */
export declare function readSurface(text: string | null): SurfaceKind | null;
/** The options among the attributes; values that mean nothing are left out. */
export declare function readOptions(attribute: (name: (typeof ATTRIBUTES)[number]) => string | null): FrameOptions;
/**
 * What `options.update` has to say so that a frame that knows `before` does as `now` says; `null` if nothing.
 * A theme or surface that was taken away goes back to its default; a locale cannot be taken back.
 */
export declare function changedOptions(before: FrameOptions, now: FrameOptions): FrameOptions | null;
/** The frame's address. Nothing secret is in it. */
export declare function frameUrl(checkoutOrigin: string, sessionId: string, instance: string, options: FrameOptions): string;
