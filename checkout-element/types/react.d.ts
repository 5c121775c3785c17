/**
 * `<borga-checkout>` in JSX with React 19. Types only: `import type {} from "@borga/checkout-element/react"`.
 */

import type {} from "react";
import type { BorgaCheckoutAttributes, BorgaCheckoutElement, BorgaCheckoutListeners } from "@borga/checkout-element";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "borga-checkout": DetailedHTMLProps<HTMLAttributes<BorgaCheckoutElement>, BorgaCheckoutElement> &
        BorgaCheckoutAttributes &
        BorgaCheckoutListeners;
    }
  }
}
