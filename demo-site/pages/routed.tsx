import { BorgaCheckout } from "@borga/react";
import { StrictMode, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";

/** What the shop's server wrote into the page. */
const { sessionId, clientSecret, locale, checkoutOrigin, orderUrl, sorry, pay, terms, termsText } =
  document.getElementById("app")!.dataset as Record<string, string>;

/** Where the payer is on this page: a router would say it. */
const useRoute = () =>
  useSyncExternalStore(
    (changed) => {
      addEventListener("popstate", changed);
      return () => removeEventListener("popstate", changed);
    },
    () => location.hash,
  );

function Payment() {
  const [problem, setProblem] = useState("");
  const showOrder = () => location.assign(orderUrl!);
  return (
    <>
      <div role="alert">{problem}</div>
      <BorgaCheckout
        sessionId={sessionId!}
        clientSecret={clientSecret!}
        locale={locale}
        checkoutOrigin={checkoutOrigin}
        onReady={() => setProblem("")}
        onComplete={showOrder}
        onPending={showOrder}
        onError={({ fatal, code }) => fatal && setProblem(`${sorry} (${code})`)}
      />
    </>
  );
}

function Pages() {
  const route = useRoute();
  return (
    <>
      <nav>
        <a href="#pay">{pay}</a> · <a href="#terms">{terms}</a>
      </nav>
      {route === "#terms" ? <p>{termsText}</p> : <Payment />}
    </>
  );
}

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <Pages />
  </StrictMode>,
);
