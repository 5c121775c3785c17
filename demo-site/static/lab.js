// Writes down how the checkout ended, across reloads, and asks the shop's server whether that is how it must end.

const page = document.getElementById("lab");
const { case: name, order } = page.dataset;
const checkout = page.querySelector("borga-checkout");
const verdict = document.getElementById("verdict");
const KEPT = `lab ${order}`;
const ENDINGS = ["borga-complete", "borga-cancel", "borga-pending", "borga-error"];
const ASK_AGAIN_MS = 400;

const heard = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");

for (const ending of ENDINGS) {
  page.addEventListener(ending, ({ detail }) => {
    heard.push(detail.code ? `${ending} ${detail.code}` : ending);
    sessionStorage.setItem(KEPT, JSON.stringify(heard));
    show();
  });
}

document.getElementById("unmount").onclick = () => checkout.remove();
document.getElementById("mount").onclick = () => document.getElementById("place").append(checkout);
document.getElementById("mend").onclick = () => fetch("/lab/mend", { method: "POST" });
show();
judge();

function show() {
  const items = heard.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  document.getElementById("heard").replaceChildren(...items);
}

async function judge() {
  const body = JSON.stringify({ order, heard });
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch(`/lab/${name}/verdict`, { method: "POST", headers, body });
    const { passed, wrong } = await answer.json();
    verdict.dataset.passed = passed;
    verdict.textContent = passed ? "As it must be." : `Not yet: ${wrong.join("; ")}.`;
  } catch {
    // The page is going away, or the shop's server is busy: it is asked again.
  }
  setTimeout(judge, ASK_AGAIN_MS);
}
