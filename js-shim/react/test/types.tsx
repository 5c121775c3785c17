/**
 * What must and must not compile for pages in TypeScript. It is checked, never run.
 */

import { useRef } from "react";
import { BorgaCheckout, type Appearance, type BorgaCheckoutElement, type BorgaCheckoutProps } from "../src/index.js";

export function Uses({ sessionId, clientSecret }: { sessionId: string; clientSecret: string }) {
  const checkout = useRef<BorgaCheckoutElement>(null);
  const session = { sessionId, clientSecret };
  const props: BorgaCheckoutProps = session;
  const appearance: Appearance = { radius: 12 };
  void checkout.current?.submit();
  return (
    <>
      <BorgaCheckout
        sessionId={sessionId}
        clientSecret={clientSecret}
        locale="is"
        onComplete={(result) => {
          window.location.href = `/order/success?payment=${result.paymentId}`;
        }}
        onError={(err) => console.error("Checkout failed:", err)}
        onCancel={() => {}}
      />
      <BorgaCheckout
        sessionId={sessionId}
        fetchClientSecret={async () => "pcs_"}
        ref={checkout}
        theme="dark"
        appearance={appearance}
        threeDs="redirect"
        checkoutOrigin="https://checkout.borga.is"
        className="pay"
        onReady={({ testMode }) => testMode}
        onChange={({ complete, brand }) => [complete, brand]}
        onPending={({ sessionId }) => sessionId.length}
        onError={({ code, fatal, traceId }) => [code, fatal, traceId]}
      >
        <p slot="loading">…</p>
      </BorgaCheckout>
      <BorgaCheckout {...props} key="kept" />
      {/* @ts-expect-error: neither a secret nor somebody to ask for one */}
      <BorgaCheckout sessionId={sessionId} />
      {/* @ts-expect-error: no session */}
      <BorgaCheckout clientSecret={clientSecret} />
      {/* @ts-expect-error: there is no such theme */}
      <BorgaCheckout {...session} theme="pink" />
      {/* @ts-expect-error: a secret is text, not the session */}
      <BorgaCheckout sessionId={sessionId} fetchClientSecret={async () => ({ client_secret: "pcs_" })} />
      {/* @ts-expect-error: a snapshot never holds the card */}
      <BorgaCheckout {...session} onChange={({ number }) => number} />
      {/* @ts-expect-error: what was not paid has no payment */}
      <BorgaCheckout {...session} onCancel={({ paymentId }) => paymentId} />
      {/* @ts-expect-error: there is no such event */}
      <BorgaCheckout {...session} onPaid={() => {}} />
      {/* @ts-expect-error: the amount stands in the session */}
      <BorgaCheckout {...session} amount={1990} />
      {/* @ts-expect-error: a key is no client secret and has no place here */}
      <BorgaCheckout {...session} publishableKey="pk_" />
    </>
  );
}
