/**
 * What `<borga-checkout>` takes in markup. Types only; those of the frameworks are made of these.
 */

import type { BorgaEventMap } from "./events.js";
import type { SurfaceKind, Theme } from "./generated/protocol.js";

/** The element's own attributes. */
export interface BorgaCheckoutAttributes {
  /** The session to pay, `ps_…`. */
  "session-id"?: string | undefined;
  /** Its secret, `pcs_…`. */
  "client-secret"?: string | undefined;
  /** BCP 47; wins over the session's locale, which wins over the browser's. */
  locale?: string | undefined;
  /** The form's colours. */
  theme?: Theme | undefined;
  /** Colours, corners, spaces and fonts of the form, as JSON. */
  appearance?: string | undefined;
  /** Where the bank's page is shown. */
  "three-ds"?: SurfaceKind | undefined;
  /** The checkout's origin: https, or http on this machine. */
  "checkout-origin"?: string | undefined;
}

/** Listeners as `onborga-complete={…}`. */
export type BorgaCheckoutListeners = {
  [Name in keyof BorgaEventMap as `on${Name}`]?: ((event: BorgaEventMap[Name]) => void) | undefined;
};
