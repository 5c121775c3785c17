import { BorgaCheckout } from "@borga/react";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

/** What the shop's server wrote into the page. */
const { sessionId, clientSecret, locale, theme, threeDs, checkoutOrigin, orderUrl, sorry } =
  document.getElementById("app")!.dataset as Record<string, string>;

function Payment() {
  const [problem, setProblem] = useState("");
  // The order's page asks the server what was paid.
  const showOrder = () => location.assign(orderUrl!);
  return (
    <>
      <div role="alert">{problem}</div>
      <BorgaCheckout
        sessionId={sessionId!}
        clientSecret={clientSecret!}
        locale={locale}
        theme={theme as "light" | "dark" | undefined}
        threeDs={threeDs as "popup" | "redirect" | undefined}
        checkoutOrigin={checkoutOrigin}
        onReady={() => setProblem("")}
        onComplete={showOrder}
        onPending={showOrder}
        onError={({ fatal, code }) => fatal && setProblem(`${sorry} (${code})`)}
      />
    </>
  );
}

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <Payment />
  </StrictMode>,
);
