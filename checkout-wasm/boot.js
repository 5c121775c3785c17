// Starts the frame: says hello to the merchant's page before anything else is loaded, keeps what the page says until
// the program runs, asks meanwhile how the session stands, repairs a form that somebody changed on the way, and hands
// everything over. It never reads a card.

const $ = (id) => document.getElementById(id);
const boot = JSON.parse($("boot").textContent);
const isFramed = parent !== window;

const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const instance = location.hash.slice(1) || random();
const nonce = random();

/** A program that takes longer may not come at all. */
const SLOW_MS = 30_000;

let port, program, failure;
let tries = 0;
/** From here on the form is the program's: a failure cannot be mended in this document any more. */
let isTaken = false;
const held = [];
/** What the server was asked while the program loads. */
let early;
/** How long an answer may take, so that the program's own tries still fit into the time that the page waits. */
const EARLY_MS = 2_000;
/** How old it may be: the session's time goes on. */
const FRESH_MS = 8_000;

const hello = () =>
  parent.postMessage({ borga: "hello", instance, nonce, versions: [1], build: boot.build }, boot.parent);

const takePort = (theirs) => {
  port = theirs;
  port.onmessage = ({ data }) => {
    if (data?.method === "session.offer") askEarly(data.params?.client_secret);
    else if (program) receive(data);
    else held.push(data);
  };
  if (program) program.connect(port);
  else tellHeight();
  if (failure) port.postMessage(failure);
};

// How the session stands takes a round trip, during which the program arrives.
const askEarly = (secret) => {
  if (secret) early = { secret, at: Date.now(), view: ask(secret) };
};

// Whatever goes wrong, the program asks itself.
const ask = async (secret) => {
  try {
    const headers = { authorization: `Bearer ${secret}` };
    const signal = AbortSignal.timeout(EARLY_MS);
    const answer = await fetch(`/public/payment_sessions/${boot.session}`, { headers, signal, cache: "no-store" });
    return answer.ok ? await answer.json() : undefined;
  } catch {}
};

// The answer goes with the secret that it was asked for, once.
const receive = (message) => {
  const isIts = early && message?.method === "session.attach" && message.params?.client_secret === early.secret;
  program.receive(message, isIts && Date.now() - early.at < FRESH_MS ? early.view : undefined);
  if (isIts) early = undefined;
};

// The program tells it later; until it runs, the form must not be cut off either.
const tellHeight = () => {
  const { height } = $("root").getBoundingClientRect();
  port?.postMessage({ jsonrpc: "2.0", method: "layout.resize", params: { height: Math.ceil(height) } });
};

// The payer sees it where the form is, with a button that tries again; the page hears it as soon as there is a port.
const fail = (error) => {
  if (failure) return;
  console.error("checkout: the program could not start", error);
  failure = {
    jsonrpc: "2.0",
    method: "session.error",
    params: {
      code: "wasm_failed",
      type: "api_error",
      message: "The checkout's program could not start in this browser. The payer can press Try again; look for what blocks it.",
      // Without it the payer still has the button.
      fatal: isTaken || !self.WebAssembly,
      doc_url: "https://docs.borga.is/errors/wasm_failed",
      trace_id: null,
    },
  };
  $("load-failed").hidden = false;
  $("pay").disabled = true;
  tellHeight();
  port?.postMessage(failure);
};

// WebKit ends what a page loads before it leaves the page: one that is left is not told, for it does not get that old.
const failSoon = (error) => setTimeout(fail, 300, error);

// What was typed stays: nothing but the program is loaded again.
const retry = () => {
  if (isTaken) return location.reload();
  mended();
  start().catch(failSoon);
};

const mended = () => {
  failure = undefined;
  const isHere = document.activeElement === $("retry");
  $("load-failed").hidden = true;
  // Nobody else is taken out of what they do.
  if (isHere && document.hasFocus()) $("card-number").focus();
  tellHeight();
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
  // Browsers remember by its address that a module could not be had.
  const address = $("glue").href + (tries++ ? `?${tries}` : "");
  // A request that hangs fails nobody: the payer may try again, which has its own time, and what comes first counts.
  const mine = tries;
  setTimeout(() => isTaken || mine < tries || fail("slow"), SLOW_MS);
  // The module is compiled while it arrives, whether or not its glue is there.
  const compiling = WebAssembly.compileStreaming(fetch($("wasm").href));
  const words = fetch($("words").href).then((answer) => answer.json());
  const [glue, module_or_path, said] = await Promise.all([import(address), compiling, words]);
  await glue.default({ module_or_path });
  const root = $("root");
  const pristine = $("pristine").content;
  if (isTaken) return;
  if (failure) mended();
  if (!same(root, pristine)) restore(root, pristine);
  isTaken = true;
  glue.hydrate(said);
  program = glue;
  if (port) program.connect(port);
  held.splice(0).forEach(receive);
};

$("late").media = "all";
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
  // A program that stops is dead for good.
  addEventListener("error", ({ error }) => isTaken && error instanceof WebAssembly.RuntimeError && fail(error));
  addEventListener("online", () => failure && !isTaken && retry());
  $("retry").onclick = retry;
  start().catch(failSoon);
} else {
  $("not-embedded").hidden = false;
}
