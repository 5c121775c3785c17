import { loadBorga, type BorgaErrorDetail } from "@borga/js";

const place = document.getElementById("app")!;
/** What the shop's server wrote into the page. */
const { sessionId, clientSecret, locale, checkoutOrigin, orderUrl, sorry, pay } = place.dataset as Record<string, string>;

const button = Object.assign(document.createElement("button"), { className: "button", id: "open", textContent: pay });
const problem = document.createElement("div");
problem.setAttribute("role", "alert");
place.append(problem, button);

button.onclick = async () => {
  problem.textContent = "";
  try {
    const borga = await loadBorga({ checkoutOrigin });
    const { status } = await borga!.checkout.open({ sessionId: sessionId!, clientSecret: clientSecret!, locale, checkoutOrigin });
    // The order's page asks the server what was paid.
    if (status !== "canceled") location.assign(orderUrl!);
  } catch (error) {
    problem.textContent = `${sorry} (${(error as BorgaErrorDetail).code})`;
  }
};
