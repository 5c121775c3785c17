// Starts the frame: says hello to the merchant's page before anything else is loaded, keeps what the page says until
// the program runs, repairs a form that somebody changed on the way, and hands everything over. It never reads a card.

const $ = (id) => document.getElementById(id);
const boot = JSON.parse($("boot").textContent);
const isFramed = parent !== window;

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const instance = location.hash.slice(1) || random();
const nonce = random();

let port, program, failed;
const held = [];

const hello = () =>
  parent.postMessage({ borga: "hello", instance, nonce, versions: [1], build: boot.build }, boot.parent);

const takePort = (theirs) => {
  port = theirs;
  port.onmessage = ({ data }) => (program ? program.receive(data) : held.push(data));
  if (program) program.connect(port);
  else tellHeight();
  if (failed) tellFailure();
};

// The program tells it later; until it runs, the form must not be cut off either.
const tellHeight = () => {
  const { height } = $("root").getBoundingClientRect();
  port.postMessage({ jsonrpc: "2.0", method: "layout.resize", params: { height: Math.ceil(height) } });
};

const tellFailure = () => {
  tellHeight();
  port.postMessage({
    jsonrpc: "2.0",
    method: "session.error",
    params: {
      code: "wasm_failed",
      type: "api_error",
      message: "The checkout's program could not start in this browser.",
      fatal: true,
      doc_url: "https://docs.borga.is/errors/wasm_failed",
      trace_id: null,
    },
  });
};

// The payer sees it where the form is, the page hears it as soon as there is a port.
const fail = (error) => {
  if (failed) return;
  failed = true;
  console.error("checkout: the program could not start", error);
  $("load-failed").hidden = false;
  $("pay").disabled = true;
  if (port) tellFailure();
};

// Structure only: texts and attributes may differ (a translated page), hydration never reads them.
const same = (a, b) =>
  a.childNodes.length === b.childNodes.length &&
  [...a.childNodes].every((child, i) => child.nodeName === b.childNodes[i].nodeName && same(child, b.childNodes[i]));

// Puts the form back as the server sent it, with what the payer has typed, the focus and the caret.
const restore = (root, pristine) => {
  const form = pristine.cloneNode(true);
  const active = document.activeElement;
  const { id, selectionStart, selectionEnd } = active ?? {};
  for (const input of form.querySelectorAll("input")) {
    input.value = root.querySelector(`input[name=${input.name}]`)?.value ?? "";
  }
  const hadFocus = root.contains(active);
  root.replaceChildren(form);
  const again = hadFocus && id && $(id);
  if (!again) return;
  again.focus();
  if (selectionStart != null) again.setSelectionRange(selectionStart, selectionEnd);
};

const start = async () => {
  // A program that stops is dead for good.
  addEventListener("error", ({ error }) => error instanceof WebAssembly.RuntimeError && fail(error));
  const glue = await import($("glue").href);
  await glue.default({ module_or_path: fetch($("wasm").href) });
  const root = $("root");
  const pristine = $("pristine").content;
  if (!same(root, pristine)) restore(root, pristine);
  glue.hydrate();
  program = glue;
  if (port) program.connect(port);
  held.splice(0).forEach((message) => program.receive(message));
};

// What the page's appearance asked for and did not get.
const { advice } = $("look")?.dataset ?? {};
if (advice) console.warn(`<borga-checkout> ${advice}`);

if (isFramed) {
  addEventListener("message", ({ source, origin, data, ports }) => {
    if (source !== parent || origin !== boot.parent) return;
    if (data?.borga === "discover" && !port) hello();
    const isOurs = data?.borga === "connect" && data.instance === instance && data.nonce === nonce;
    if (isOurs && ports[0] && !port) takePort(ports[0]);
  });
  hello();
  start().catch(fail);
} else {
  $("not-embedded").hidden = false;
}
