/**
 * What must and must not compile where a page in React 18 writes the element itself. It is checked, never run.
 */

import type {} from "@borga/checkout-element/react-18";
import type { BorgaCheckoutElement } from "@borga/checkout-element";

const found = (_: BorgaCheckoutElement | null): void => {};

export const written = (
  <>
    <borga-checkout session-id="ps_" client-secret="pcs_" theme="dark" class="pay" ref={found}>
      <p slot="loading">…</p>
    </borga-checkout>
    {/* @ts-expect-error: there is no such theme */}
    <borga-checkout theme="pink" />
    {/* @ts-expect-error: React 18 would set an attribute of that name */}
    <borga-checkout className="pay" />
  </>
);
