/**
 * `<borga-checkout>` in JSX with React 18, which sets attributes only: events need a reference, and the class is `class`.
 * Types only: `import type {} from "@borga/checkout-element/react-18"`.
 */

import type {} from "react";
import type { BorgaCheckoutAttributes, BorgaCheckoutElement } from "@borga/checkout-element";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "borga-checkout": Omit<
        DetailedHTMLProps<HTMLAttributes<BorgaCheckoutElement>, BorgaCheckoutElement>,
        "className"
      > &
        BorgaCheckoutAttributes & { class?: string | undefined };
    }
  }
}
