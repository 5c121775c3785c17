// The page that makes its session itself, with the publishable key.
// The amount goes through the browser here, so the shop's server compares it before it fulfils anything.

import { borgaScript, showOrder, showProblem, watchPayment } from "./payment-events.js";

const page = document.getElementById("checkout");
const place = document.getElementById("make-session");
const wanted = place.dataset;

start();

async function start() {
  try {
    await borgaScript();
  } catch {
    fail(page.dataset.textScriptMissing);
    return;
  }
  try {
    const session = await knownSession() ?? await newSession();
    if (session) mount(session);
  } catch (error) {
    fail(page.dataset.textSessionFailed, error.code);
  }
}

/** The session that the order has already, as after a reload; nothing if it has none. */
async function knownSession() {
  const response = await fetch(wanted.sessionUrl);
  if (!response.ok) throw await problem(response);
  const known = await response.json();
  if (known.status === "settled") {
    showOrder();
    return false;
  }
  return known.status === "open" ? known : null;
}

async function newSession() {
  const { id, client_secret } = await window.Borga.sessions.create({
    publishableKey: wanted.publishableKey,
    amount: Number(wanted.amount),
    currency: wanted.currency,
    externalReference: wanted.externalReference,
    returnUrl: wanted.returnUrl,
  });
  const response = await fetch(wanted.sessionUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ session_id: id }),
  });
  // Another tab was faster: pay with its session, so that the order cannot be paid twice.
  if (response.status === 409) return knownSession();
  if (!response.ok) throw await problem(response);
  return { session_id: id, client_secret };
}

function mount(session) {
  const checkout = document.createElement("borga-checkout");
  checkout.setAttribute("locale", wanted.locale);
  if (wanted.theme) checkout.setAttribute("theme", wanted.theme);
  if (wanted.threeDs) checkout.setAttribute("three-ds", wanted.threeDs);
  checkout.sessionId = session.session_id;
  checkout.clientSecret = session.client_secret;
  watchPayment(checkout);
  place.replaceChildren(checkout);
}

function fail(text, code) {
  place.replaceChildren();
  showProblem(text, code);
}

async function problem(response) {
  const body = await response.json().catch(() => ({}));
  return Object.assign(new Error("the shop said no"), { code: body.error?.code });
}
