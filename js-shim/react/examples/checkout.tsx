"use client";

import { BorgaCheckout } from "@borga/react";

export function Checkout({ sessionId, clientSecret }: { sessionId: string; clientSecret: string }) {
  return (
    <BorgaCheckout
      sessionId={sessionId}
      clientSecret={clientSecret}
      locale="is"
      onComplete={(result) => {
        window.location.href = `/order/success?payment=${result.paymentId}`;
      }}
      onError={(err) => console.error("Checkout failed:", err)}
    />
  );
}
