// Listens to one <borga-checkout> and does what a shop does about each event.
// It never decides that an order is paid: every ending leads to the order's page, where the server asks.

const EVENTS = [
  "borga-ready",
  "borga-change",
  "borga-resize",
  "borga-processing",
  "borga-challenge",
  "borga-complete",
  "borga-cancel",
  "borga-pending",
  "borga-error",
];

const SCRIPT_PATIENCE_MS = 15_000;

const page = document.getElementById("checkout");

export function watchPayment(checkout) {
  for (const name of EVENTS) {
    checkout.addEventListener(name, (event) => {
      writeDown(name, event.detail);
      answer(name, event.detail ?? {});
    });
  }
}

/** Only writes down: the page's own program answers. */
export function writeDownEvents(place) {
  for (const name of EVENTS) place.addEventListener(name, (event) => writeDown(name, event.detail));
}

export function showOrder() {
  location.assign(page.dataset.orderUrl);
}

/** Shows why the payment cannot go on; an empty text takes it away. */
export function showProblem(text, code) {
  document.getElementById("payment-error").textContent = code ? `${text} (${code})` : text;
  document.getElementById("payment-error-more").hidden = text === "";
}

/** Settles when the checkout's script has run; rejects when it cannot be had. */
export function borgaScript() {
  const script = document.querySelector("script[data-borga]");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, SCRIPT_PATIENCE_MS, new Error("timeout"));
    script.addEventListener("load", () => {
      clearTimeout(timer);
      resolve();
    });
    script.addEventListener("error", () => {
      clearTimeout(timer);
      reject(new Error("not loaded"));
    });
  });
}

function answer(name, detail) {
  const note = document.getElementById("payment-note");
  switch (name) {
    case "borga-complete":
    case "borga-pending":
      showOrder();
      break;
    case "borga-cancel":
      note.textContent = page.dataset.textCanceled;
      break;
    case "borga-error":
      // A decline is shown by the checkout itself, beside the field that can be corrected.
      if (detail.fatal) showProblem(page.dataset.textFatal, detail.code);
      break;
    case "borga-ready":
      showProblem("");
      break;
    case "borga-processing":
      note.textContent = "";
      break;
  }
}

/** For the developer who reads along: the name as text, the detail as JSON in `data-detail`. */
function writeDown(name, detail) {
  const entry = document.createElement("li");
  entry.textContent = name;
  entry.dataset.detail = JSON.stringify(detail ?? null);
  document.getElementById("events").append(entry);
}
