/**
 * `<borga-checkout>` in Vue templates. Types only: `import type {} from "@borga/checkout-element/vue"`.
 */

import type { HTMLAttributes, ReservedProps } from "vue";
import type { BorgaCheckoutAttributes, BorgaEventMap } from "@borga/checkout-element";

type Pascal<Name extends string> = Name extends `${infer Head}-${infer Rest}`
  ? `${Capitalize<Head>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** Listeners as templates' `@borga-complete` is checked. */
type Listeners = {
  [Name in keyof BorgaEventMap as `on${Pascal<Name>}`]?: ((event: BorgaEventMap[Name]) => void) | undefined;
};

declare module "vue" {
  interface GlobalComponents {
    "borga-checkout": new () => { $props: HTMLAttributes & ReservedProps & BorgaCheckoutAttributes & Listeners };
  }
}
