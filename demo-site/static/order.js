// While a payment is being processed, asks the shop every three seconds and shows the page anew once it is known.

const INTERVAL_MS = 3_000;
const MOST_QUESTIONS = 100;

const page = document.getElementById("order");
const before = page.dataset.paymentStatus;

if (page.dataset.refresh) ask(MOST_QUESTIONS);

async function ask(left) {
  if (left === 0) return;
  await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  try {
    const order = await (await fetch(page.dataset.refresh)).json();
    if (order.payment_status && order.payment_status !== before) {
      location.reload();
      return;
    }
  } catch {
    // Not reachable just now: the next question may be answered.
  }
  ask(left - 1);
}
