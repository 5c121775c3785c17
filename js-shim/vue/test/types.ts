/**
 * What must and must not compile for pages in TypeScript. It is checked, never run.
 */

import { h } from "vue";
import { BorgaCheckout, type Appearance, type BorgaCheckoutInstance, type BorgaCheckoutProps } from "../src/index.js";

export function uses({ element }: BorgaCheckoutInstance): void {
  const session = { sessionId: "ps_", clientSecret: "pcs_" };
  const props: BorgaCheckoutProps = session;
  const appearance: Appearance = { radius: 12 };
  void element.submit();
  h(BorgaCheckout, { ...session, onComplete: (result) => result.paymentId });
  h(BorgaCheckout, {
    ...props,
    theme: "dark",
    appearance,
    threeDs: "redirect",
    locale: "is",
    class: "pay",
    onReady: ({ testMode }) => testMode,
    onChange: ({ complete, brand }) => [complete, brand],
    onError: ({ code, fatal, traceId }) => [code, fatal, traceId],
  });
  // What a template's `<BorgaCheckout … />` is checked against.
  type Props = InstanceType<typeof BorgaCheckout>["$props"];
  const inTemplate = (_: Props): void => {};
  inTemplate({ ...session, onCancel: ({ sessionId }) => sessionId });
  inTemplate({ sessionId: "ps_", fetchClientSecret: async () => "pcs_" });

  // @ts-expect-error: neither a secret nor somebody to ask for one
  inTemplate({ sessionId: "ps_" });
  // @ts-expect-error: no session
  inTemplate({ clientSecret: "pcs_" });
  // @ts-expect-error: there is no such theme
  inTemplate({ ...session, theme: "pink" });
  // @ts-expect-error: a secret is text, not the session
  inTemplate({ sessionId: "ps_", fetchClientSecret: async () => ({ client_secret: "pcs_" }) });
  // @ts-expect-error: a snapshot never holds the card
  inTemplate({ ...session, onChange: ({ number }) => number });
  // @ts-expect-error: what was not paid has no payment
  inTemplate({ ...session, onCancel: ({ paymentId }) => paymentId });
  // @ts-expect-error: there is no such event
  inTemplate({ ...session, onPaid: () => {} });
}
