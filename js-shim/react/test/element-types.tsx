/**
 * What must and must not compile where a page in React 19 writes the element itself. It is checked, never run.
 */

import type {} from "@borga/checkout-element/react";
import type { BorgaCheckoutElement } from "@borga/checkout-element";

const found = (_: BorgaCheckoutElement | null): void => {};

export const written = (
  <>
    <borga-checkout
      session-id="ps_"
      client-secret="pcs_"
      theme="dark"
      className="pay"
      ref={found}
      onborga-complete={({ detail }) => detail.paymentId}
    >
      <p slot="loading">…</p>
    </borga-checkout>
    {/* @ts-expect-error: there is no such theme */}
    <borga-checkout theme="pink" />
    {/* @ts-expect-error: what was not paid has no payment */}
    <borga-checkout onborga-cancel={({ detail }) => detail.paymentId} />
    {/* @ts-expect-error: a secret does not come from a text */}
    <borga-checkout session-id="ps_" client-secret={async () => "pcs_"} />
  </>
);
