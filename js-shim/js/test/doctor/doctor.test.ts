import "@borga/checkout-element/register";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { Borga } from "../../src/borga.js";
import { doctor, type DoctorOptions, type Report } from "../../src/doctor/index.js";

const CHECKOUT = "https://checkout.borga.is";
const SECRETS = { session: "pcs_secret_of_the_session", key: "sk_live_verysecret" };

let headers: Record<string, string>;
let answers: Record<string, () => Response | Promise<Response>>;
const asked: [string, RequestInit | undefined][] = [];

beforeEach(() => {
  asked.length = 0;
  headers = { date: new Date().toUTCString() };
  answers = {
    "/cart": () => new Response(null, { headers }),
    "/public/diagnose": () => Response.json({ code: null }),
  };
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    asked.push([url, init]);
    return (answers[new URL(url).pathname] ?? Response.error)();
  });
  vi.stubGlobal("isSecureContext", true);
  window.Borga = { version: "1.2.3" } as Borga;
  vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ name: `${CHECKOUT}/v1/borga.js` } as PerformanceEntry]);
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
  delete window.Borga;
  vi.unstubAllGlobals();
});

const examine = (options: DoctorOptions = {}) => doctor({ silent: true, ...options });
const of = (report: Report, check: string) => report.findings.filter((it) => it.check === check);
const notOk = ({ findings }: Report) => findings.filter(({ status }) => status !== "ok").map(({ check }) => check);
function element(attributes: Record<string, string>, phase = "ready") {
  const made = document.body.appendChild(document.createElement("borga-checkout"));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  Object.defineProperty(made, "state", { value: { phase } });
  return made;
}

test("a page with nothing wrong is healthy, and nothing is asked of anybody but its own server", async () => {
  const report = await examine();
  expect(notOk(report)).toEqual([]);
  expect(report).toMatchObject({ healthy: true, version: "1.2.3" });
  expect(asked.map(([url, init]) => `${init?.method} ${url}`)).toEqual(["HEAD https://shop.example/cart#top"]);
});

test("each element's session is asked about, and its secret is told to nobody", async () => {
  element({ "session-id": "ps_1", "client-secret": SECRETS.session });
  const report = await examine();
  expect(notOk(report)).toEqual([]);
  expect(of(report, "session")).toMatchObject([{ status: "ok" }]);
  expect(JSON.stringify([report, asked])).not.toContain(SECRETS.session);
});

test.each([
  ["origin_not_allowed", "https://shop.example"],
  ["session_expired", "what the server says of it"],
  ["something_new", "what the server says of it"],
])("a session that is refused with %s is explained", async (code, words) => {
  const message = "what the server says of it";
  answers["/public/diagnose"] = () => Response.json({ code, type: "invalid_request_error", message });
  const [found] = of(await examine({ sessionId: "ps_1" }), "session");
  expect(found).toMatchObject({ status: "problem", docUrl: `https://docs.borga.is/errors/${code}` });
  expect(found?.message).toContain(words);
});

test("a server that cannot be asked is unknown, not guilty", async () => {
  answers["/public/diagnose"] = () => Promise.reject(new TypeError("failed to fetch"));
  const report = await examine({ sessionId: "ps_1" });
  expect(of(report, "server")).toMatchObject([{ status: "unknown", message: expect.stringContaining("connect-src") }]);
});

test.each([
  ["csp-frame", "problem", { "content-security-policy": "frame-src 'self'" }],
  ["opener-policy", "warning", { "cross-origin-opener-policy": "same-origin" }],
  ["permissions", "warning", { "permissions-policy": "camera=(), payment=()" }],
  ["permissions", "warning", { "permissions-policy": "payment=(self), publickey-credentials-get=*" }],
  ["clock", "warning", { date: new Date(Date.now() - 3_600_000).toUTCString() }],
])("%s is a %s with other headers", async (check, status, wrong) => {
  Object.assign(headers, wrong);
  const report = await examine();
  expect(notOk(report)).toEqual([check]);
  expect(of(report, check)).toMatchObject([{ status, docUrl: `https://docs.borga.is/troubleshooting#${check}` }]);
  expect(report.healthy).toBe(status !== "problem");
});

test("permissions that the frame has too are no reason to worry", async () => {
  headers["permissions-policy"] = `payment=(self "${CHECKOUT}"), publickey-credentials-get=*, camera=()`;
  expect(notOk(await examine())).toEqual([]);
});

test("a script that the page's policy keeps away is explained", async () => {
  delete window.Borga;
  headers["content-security-policy"] = "script-src 'self'";
  expect(of(await examine(), "script")).toMatchObject([
    { status: "problem", message: expect.stringContaining(`script-src forbids ${CHECKOUT}`) },
  ]);
});

test("a policy that forbids questions is not broken by asking", async () => {
  headers["content-security-policy"] = "connect-src 'self'";
  const report = await examine({ sessionId: "ps_1", publishableKey: "pk_test_1" });
  expect(notOk(report)).toEqual(["csp-connect", "server"]);
  expect(of(report, "csp-connect")).toMatchObject([{ status: "warning" }]);
  expect(asked).toHaveLength(1);
});

test.each([
  ["/v1/borga.js?retry=1", "ok"],
  ["/borga.js", "ok"],
  ["/v1.20.3/borga.js", "ok"],
  ["/copies/borga.js", "warning"],
  ["/v1/other.js", "warning"],
  [".evil.example/borga.js", "warning"],
])("a script that was loaded from %s is %s", async (path, status) => {
  vi.mocked(performance.getEntriesByType).mockReturnValue([{ name: `${CHECKOUT}${path}` } as PerformanceEntry]);
  expect(of(await examine(), "script")).toMatchObject([{ status }]);
});

test("a policy in the page counts as one in its headers", async () => {
  document.head.innerHTML = `<meta http-equiv="content-security-policy" content="frame-src 'none'">`;
  expect(notOk(await examine())).toEqual(["csp-frame"]);
});

test("a page whose server keeps its headers is unknown where they matter", async () => {
  answers["/cart"] = () => new Response(null, { status: 405 });
  expect(notOk(await examine())).toEqual(["csp-frame", "csp-connect", "clock"]);
});

test.each([
  ["secure-context", () => vi.stubGlobal("isSecureContext", false)],
  ["script", () => delete window.Borga],
  ["script", () => vi.mocked(performance.getEntriesByType).mockReturnValue([])],
  ["double-load", () => (document.head.innerHTML = "<script type=x src=/borga.js></script>".repeat(2))],
  ["isolation", () => vi.stubGlobal("crossOriginIsolated", true)],
  ["secret-key", () => (document.body.innerHTML = `<div data-key="${SECRETS.key}"></div>`)],
  ["element", () => element({})],
  ["element", () => element({ "session-id": "ps_1" })],
  ["element", () => element({ "session-id": "ps_1", "client-secret": "pcs_1", "checkout-origin": "http://shop.example" })],
])("%s is found when it is wrong", async (check, spoil) => {
  spoil();
  const report = await examine();
  expect(notOk(report)).toEqual([check]);
  expect(JSON.stringify(report)).not.toContain(SECRETS.key);
});

test.each([
  ["frame_timeout", { code: null }],
  ["origin_not_allowed", { code: "origin_not_allowed", type: "invalid_request_error", message: "why" }],
])("an element that has given up, and says so to the payer, is a problem with its code: %s", async (code, diagnosis) => {
  answers["/public/diagnose"] = () => Response.json(diagnosis);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  document.body.innerHTML = `<borga-checkout session-id="ps_1" client-secret="pcs_1"><p slot="error">Sorry</p></borga-checkout>`;
  const givenUp = new Promise((resolve) => document.body.addEventListener("borga-error", resolve));
  // Nobody says hello from the frame, nor from the second one.
  await vi.advanceTimersByTimeAsync(25_000);
  await givenUp;
  const report = await examine();
  expect(report.healthy).toBe(false);
  expect(of(report, "element")).toMatchObject([
    {
      status: "problem",
      message: expect.stringContaining(`${code}: <borga-checkout session-id="ps_1">`),
      docUrl: `https://docs.borga.is/errors/${code}`,
    },
  ]);
});

test.each([
  ["loading", "warning", "loading", "troubleshooting#element"],
  ["ready", "ok", "ready", "troubleshooting#element"],
  ["challenging", "ok", "challenging", "troubleshooting#element"],
  ["not_yet_invented", "ok", "not_yet_invented", "troubleshooting#element"],
  ["succeeded", "warning", "paid already", "troubleshooting#element"],
  ["unknown", "warning", "not known", "troubleshooting#element"],
  ["expired", "problem", "session_expired", "errors/session_expired"],
  ["broken", "problem", "cannot go on", "troubleshooting#element"],
])("an element that is %s is: %s", async (phase, status, words, page) => {
  element({ "session-id": "ps_1", "client-secret": SECRETS.session }, phase);
  expect(of(await examine(), "element")).toMatchObject([
    { status, message: expect.stringContaining(words), docUrl: `https://docs.borga.is/${page}` },
  ]);
});

test("borga.js that came from two addresses is one copy too many, and a load that was repeated is not", async () => {
  const loaded = (...paths: string[]) =>
    vi.mocked(performance.getEntriesByType).mockReturnValue(paths.map((path) => ({ name: `${CHECKOUT}${path}` }) as PerformanceEntry));
  loaded("/v1/borga.js", "/v1/borga.js?retry=1");
  expect(notOk(await examine())).toEqual([]);
  loaded("/v1/borga.js", "/v0.1.0/borga.js");
  const report = await examine();
  expect(notOk(report)).toEqual(["double-load"]);
  expect(of(report, "double-load")[0]?.message).toContain(`${CHECKOUT}/v1/borga.js and ${CHECKOUT}/v0.1.0/borga.js`);
});

test.each([
  ["missing_parameter", "ok"],
  ["invalid_api_key", "problem"],
])("a publishable key that is answered with %s is %s", async (code, status) => {
  answers["/v1/payment_sessions"] = () => Response.json({ error: { code } }, { status: 400 });
  expect(of(await examine({ publishableKey: "pk_test_1" }), "publishable-key")).toMatchObject([{ status }]);
  const [, init] = asked.at(-1) as [string, RequestInit];
  expect(JSON.parse(init.body as string)).toEqual({ mode: "embedded" });
});

test("a key whose origin is refused cannot be told from a forbidden connection, and both are named", async () => {
  const [found] = of(await examine({ publishableKey: "pk_test_1" }), "publishable-key");
  expect(found?.message).toMatch(/origin_not_allowed: .*https:\/\/shop\.example.*connect-src/);
});

test("a secret key is sent nowhere", async () => {
  const report = await examine({ publishableKey: SECRETS.key });
  expect(of(report, "publishable-key")).toMatchObject([{ status: "problem" }]);
  expect(JSON.stringify([report, asked])).not.toContain(SECRETS.key);
});

test("the console gets what is wrong with a link, and what is right without", async () => {
  const said: string[] = [];
  for (const level of ["groupCollapsed", "info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((text: string) => void said.push(`${level} ${text}`));
  }
  Object.assign(headers, { "content-security-policy": "frame-src 'self'" });
  await doctor();
  expect(said[0]).toBe("groupCollapsed Borga 1.2.3: 1 problem(s), 0 warning(s)");
  expect(said.filter((it) => it.includes("https://docs."))).toEqual([
    expect.stringMatching(/^error csp-frame: .* https:\/\/docs\.borga\.is\/troubleshooting#csp-frame$/),
  ]);
});
