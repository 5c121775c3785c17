/**
 * `<borga-checkout>` in Svelte templates. Types only: `import type {} from "@borga/checkout-element/svelte"`.
 */

import type {} from "svelte/elements";
import type { BorgaCheckoutAttributes, BorgaCheckoutElement, BorgaCheckoutListeners, BorgaEventMap } from "@borga/checkout-element";

/** Listeners as Svelte 4 writes them: `on:borga-complete`. */
type Directives = {
  [Name in keyof BorgaEventMap as `on:${Name}`]?: ((event: BorgaEventMap[Name]) => void) | undefined;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "borga-checkout": HTMLAttributes<BorgaCheckoutElement> &
      BorgaCheckoutAttributes &
      BorgaCheckoutListeners &
      Directives;
  }
}
