// The script that starts the frame, as the server puts it into the frame's document.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import script from "../../checkout-wasm/boot.js?raw";

const PAGE = "https://shop.example";
const FAILURE = expect.objectContaining({ code: "wasm_failed", fatal: false });

/** What the program was called with, in order. */
let calls;
/** How the program's module loads: rejects, or is there. */
let compile;
/** What the server says about the session. */
let view;
/** Ends when the answer took too long. */
let patience;
let posted;
let port;

// Only the program's exports: what it makes of them is in its own tests.
const glue = {
  default: () => void calls.push(["default"]),
  hydrate: (...given) => calls.push(["hydrate", ...given]),
  connect: (...given) => calls.push(["connect", ...given]),
  receive: (...given) => calls.push(["receive", ...given]),
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  calls = [];
  posted = [];
  port = { postMessage: (message) => posted.push(message) };
  compile = resolvers();
  view = resolvers();
  patience = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
  const boot = { session: "ps_1", parent: PAGE, build: "1", test_mode: true };
  document.body.innerHTML = `<link id="glue" href="/a.js"><link id="wasm" href="/a.wasm"><link id="words" href="/is.json">
    <link id="late"><div id="root"><button id="pay"></button></div><template id="pristine"><button id="pay"></button></template>
    <input id="card-number"><input id="card-expiry"><p id="load-failed" hidden></p><button id="retry"></button><p id="not-embedded" hidden></p>
    <script type="application/json" id="boot">${JSON.stringify(boot)}</script>`;
  vi.stubGlobal("parent", { postMessage: (hello) => (port.nonce = hello.nonce) });
  location.hash = "#i1";
  vi.stubGlobal("WebAssembly", { compileStreaming: vi.fn(() => compile.promise), RuntimeError: class {} });
  vi.stubGlobal(
    "fetch",
    vi.fn(async (path, { signal } = {}) => {
      if (!path.startsWith("/public")) return Response.json({});
      signal.addEventListener("abort", () => view.reject(signal.reason));
      return view.promise;
    }),
  );
  vi.spyOn(console, "error").mockReturnValue(undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function resolvers() {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** Runs the script, and gives it the page's port. */
const start = () => {
  // Code that is made of a text can import nothing here.
  new Function("load", script.replace("import(address)", "load(address)"))(async () => glue);
  const data = { borga: "connect", instance: "i1", nonce: port.nonce, version: 1 };
  const event = new MessageEvent("message", { data, origin: PAGE });
  Object.defineProperties(event, { source: { value: window.parent }, ports: { value: [port] } });
  dispatchEvent(event);
};
const say = (message) => port.onmessage({ data: { jsonrpc: "2.0", ...message } });
const offer = (client_secret = "pcs_1") => say({ method: "session.offer", params: { client_secret } });
const attach = (id, client_secret = "pcs_1") => say({ id, method: "session.attach", params: { client_secret } });
const told = () => posted.filter(({ method }) => method === "session.error");
const received = () => calls.filter(([name]) => name === "receive");
const asked = () => fetch.mock.calls.filter(([path]) => path.startsWith("/public"));

/** The program runs. */
const runs = async () => {
  compile.resolve({});
  await vi.waitFor(() => expect(calls.map(([name]) => name)).toContain("connect"));
};

it("asks for the session while the program is on its way, and gives it the answer once", async () => {
  start();
  offer();
  expect(asked()).toEqual([
    ["/public/payment_sessions/ps_1", expect.objectContaining({ headers: { authorization: "Bearer pcs_1" } })],
  ]);
  await runs();
  expect(received()).toEqual([]);
  attach(1);
  attach(2);

  view.resolve(Response.json({ id: "ps_1" }));
  const [[, first, early], [, second, none]] = received();
  expect([first.id, second.id]).toEqual([1, 2]);
  expect(await early).toEqual({ id: "ps_1" });
  expect(none).toBeUndefined();
  expect(asked()).toHaveLength(1);
});

it("keeps an answer for the secret that it was asked for", async () => {
  start();
  await runs();
  offer();
  attach(1, "pcs_2");
  attach(2);

  expect(received()[0][2]).toBeUndefined();
  view.resolve(Response.json({ id: "ps_1" }));
  expect(await received()[1][2]).toEqual({ id: "ps_1" });
});

it.each([
  ["a refusal", () => view.resolve(new Response("{}", { status: 401 }))],
  ["no network", () => view.reject(new TypeError("offline"))],
  ["no JSON", () => view.resolve(new Response("<html>"))],
  ["no answer in time", () => patience.abort()],
])("leaves it to the program to ask again after %s", async (_, happens) => {
  start();
  offer();
  await runs();
  attach(1);
  happens();

  expect(AbortSignal.timeout).toHaveBeenCalledWith(2_000);
  expect(await received()[0][2]).toBeUndefined();
});

it("gives the program no answer that is old", async () => {
  start();
  offer();
  view.resolve(Response.json({ id: "ps_1" }));
  vi.setSystemTime(Date.now() + 8_000);
  await runs();
  attach(1);

  expect(received()[0][2]).toBeUndefined();
});

it.each([undefined, null, {}, 7, { client_secret: null }])("asks nothing for an offer of %o", async (params) => {
  start();
  say({ method: "session.offer", params });
  await runs();
  say({ id: 1, method: "session.attach" });

  expect(received()).toHaveLength(1);
  expect(asked()).toEqual([]);
});

it("passes messages on in the order in which they came", async () => {
  start();
  say({ id: 1, method: "field.focus" });
  say({ id: 2, method: "payment.submit" });
  await runs();
  say({ id: 3, method: "payment.submit" });

  expect(received().map(([, { id }]) => id)).toEqual([1, 2, 3]);
});

it("tells the page once that the program cannot start, and goes on when it can", async () => {
  start();
  offer();
  compile.reject(new Error("blocked"));
  await vi.waitFor(() => {
    vi.advanceTimersByTime(300);
    expect(told()).toEqual([{ jsonrpc: "2.0", method: "session.error", params: FAILURE }]);
  });

  compile = resolvers();
  document.getElementById("retry").click();
  await runs();
  attach(1);

  expect(received()).toHaveLength(1);
  expect(told()).toHaveLength(1);
});

it("lets the payer try again when the program hangs, and takes whichever comes", async () => {
  start();
  const [late, shown] = [compile, () => !document.getElementById("load-failed").hidden];
  vi.advanceTimersByTime(30_000);
  await vi.waitFor(() => expect(shown()).toBe(true));
  expect(told()).toHaveLength(1);

  compile = resolvers();
  document.getElementById("retry").focus();
  document.getElementById("retry").click();
  expect(shown()).toBe(false);
  expect(document.activeElement.id).toBe("card-number");
  late.resolve({});
  await vi.waitFor(() => expect(calls.map(([name]) => name)).toContain("connect"));
  compile.resolve({});
  vi.advanceTimersByTime(60_000);
  await vi.waitFor(() => expect(calls.filter(([name]) => name === "default")).toHaveLength(2));
  // What would follow at once.
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();

  expect(calls.filter(([name]) => name === "hydrate")).toHaveLength(1);
  expect(shown()).toBe(false);
  expect(told()).toHaveLength(1);
});

it("tries again when the network is back, and leaves a payer who types where they are", async () => {
  start();
  compile.reject(new Error("no network"));
  const isShown = () => !document.getElementById("load-failed").hidden;
  await vi.waitFor(() => {
    vi.advanceTimersByTime(300);
    expect(isShown()).toBe(true);
  });
  document.getElementById("card-expiry").focus();

  compile = resolvers();
  dispatchEvent(new Event("online"));
  expect(isShown()).toBe(false);
  expect(document.activeElement.id).toBe("card-expiry");
  await runs();

  expect(document.activeElement.id).toBe("card-expiry");
});

it("takes a program that comes after all", async () => {
  start();
  vi.advanceTimersByTime(30_000);
  await vi.waitFor(() => expect(told()).toHaveLength(1));
  document.getElementById("retry").focus();
  await runs();

  expect(document.getElementById("load-failed").hidden).toBe(true);
  expect(document.activeElement.id, "not on a button that is gone").toBe("card-number");
});
