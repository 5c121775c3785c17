// Loaded beforehand: a file that is loaded while timers are false ones never comes.
import "../src/explained.js";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi, type MockInstance } from "vitest";
import "../src/register.js";
import type { BorgaCheckoutElement } from "../src/index.js";
import { FETCH_WITHIN_MS } from "../src/secret-source.js";
import {
  CHECKOUT,
  PROBLEM,
  SNAPSHOT,
  greet,
  iframeOf,
  instanceOf,
  mount,
  mountReady,
  next,
  record,
  sayHello,
  settled,
} from "./fake-frame.js";

let consoleError: MockInstance;

beforeAll(() => {
  // Nothing may leave the page by itself.
  vi.stubGlobal("fetch", vi.fn());
});
beforeEach(() => {
  consoleError = vi.spyOn(console, "error").mockImplementation(() => {});
  vi.mocked(fetch).mockReset().mockRejectedValue(new TypeError("no network"));
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("handshake", () => {
  test("the frame has its address, name, policy and no style but its colour scheme", async () => {
    const element = await mount({ locale: "is", theme: "dark" });
    const frame = iframeOf(element) as HTMLIFrameElement;
    expect(frame.src).toMatch(/^https:\/\/checkout\.borga\.is\/embed\/ps_1\?locale=is&theme=dark#\d+$/);
    expect(frame.title).toBe("Örugg kortagreiðsla");
    expect(frame.referrerPolicy).toBe("strict-origin");
    expect(frame.style.cssText).toBe("color-scheme: dark;");
    expect(frame.src).not.toContain("pcs_");
  });

  test("hello is answered with a port, to the checkout's origin only", async () => {
    const element = await mount();
    const { connect } = greet(element);
    expect(connect).toEqual({
      borga: "connect",
      instance: instanceOf(iframeOf(element) as HTMLIFrameElement),
      nonce: expect.any(String),
      version: 1,
    });
  });

  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another window", { source: window }],
    ["another instance", { data: { instance: "0".repeat(32) } }],
  ])("a hello from %s is not answered", async (_, forged) => {
    const frame = iframeOf(await mount()) as HTMLIFrameElement;
    const post = vi.fn();
    (frame.contentWindow as Window).postMessage = post;
    sayHello(frame, forged);
    expect(post).not.toHaveBeenCalled();
  });

  test("the same document saying hello twice keeps its port", async () => {
    const frame = iframeOf(await mount()) as HTMLIFrameElement;
    const post = vi.fn();
    (frame.contentWindow as Window).postMessage = post;
    sayHello(frame, { data: { nonce: "same" } });
    sayHello(frame, { data: { nonce: "same" } });
    expect(post).toHaveBeenCalledTimes(1);
  });

  test("a reloaded frame gets a new port and the secret again", async () => {
    const { element, frame } = await mountReady();
    await next(element, "borga-ready");
    const again = greet(element);
    again.tell("frame.ready", { test_mode: true });
    await next(element, "borga-ready");
    expect(again.calls("session.attach")).toHaveLength(1);
    frame.tell("layout.resize", { height: 99 });
    again.tell("layout.resize", { height: 500 });
    expect((await next(element, "borga-resize")).detail).toEqual({ height: 500 });
  });

  test("two elements on one page do not hear each other's frames", async () => {
    const [first, second] = [await mount(), await mount()];
    const post = vi.fn();
    ((iframeOf(second) as HTMLIFrameElement).contentWindow as Window).postMessage = post;
    greet(first);
    expect(post).not.toHaveBeenCalled();
  });
});

describe("attaching the session", () => {
  test("the secret goes over the port and borga-ready follows", async () => {
    const { element, frame } = await mountReady();
    expect((await next(element, "borga-ready")).detail).toEqual({ testMode: true });
    expect(frame.calls("session.attach")[0]?.params).toEqual({ client_secret: "pcs_1" });
    expect(element.state).toEqual(SNAPSHOT);
  });

  test("a secret that is there is offered before the frame is ready", async () => {
    const frame = greet(await mount());
    await vi.waitFor(() => expect(frame.heard).toHaveLength(1));
    expect(frame.heard[0]).toMatchObject({ method: "session.offer", params: { client_secret: "pcs_1" } });
    expect(frame.heard[0]).not.toHaveProperty("id");
  });

  test("no callback is called before the frame is ready", async () => {
    const fetchClientSecret = vi.fn(async () => "pcs_2");
    const element = await mount({ clientSecret: null, fetchClientSecret });
    const frame = greet(element);
    await settled();
    expect(fetchClientSecret).not.toHaveBeenCalled();
    frame.tell("frame.ready", { test_mode: true });
    await next(element, "borga-ready");
    expect(frame.heard).toMatchObject([
      { method: "session.offer", params: { client_secret: null } },
      { method: "session.attach", params: { client_secret: "pcs_2" } },
    ]);
  });

  test("without a secret the page is asked for one", async () => {
    const { element, frame } = await mountReady({ clientSecret: null, fetchClientSecret: async () => "pcs_2" });
    await next(element, "borga-ready");
    expect(frame.calls("session.attach")[0]?.params).toEqual({ client_secret: "pcs_2" });
  });

  test.each(["invalid_client_secret", "session_expired"])(
    "after %s the page is asked once for another",
    async (code) => {
      const fetchClientSecret = vi.fn(async () => "pcs_2");
      const { element, frame } = await mountReady({ fetchClientSecret }, { pcs_1: code });
      const errors = record(element, "borga-error");
      await next(element, "borga-ready");
      expect(frame.calls("session.attach").map((call) => call.params?.["client_secret"])).toEqual(["pcs_1", "pcs_2"]);
      expect(fetchClientSecret).toHaveBeenCalledTimes(1);
      expect(errors).toEqual([]);
    },
  );

  test("a second refusal is an error, and the page is not asked again", async () => {
    const fetchClientSecret = vi.fn(async () => "pcs_2");
    const { element } = await mountReady({ fetchClientSecret }, { pcs_1: "session_expired", pcs_2: "session_expired" });
    const { detail } = await next(element, "borga-error");
    expect(detail).toMatchObject({
      code: "session_expired",
      type: "invalid_request_error",
      fatal: true,
      traceId: null,
    });
    expect(detail.docUrl).toBe("https://docs.borga.is/errors/session_expired");
    expect(fetchClientSecret).toHaveBeenCalledTimes(1);
  });

  test("a refusal that the frame tells twice is one event", async () => {
    const { element, frame } = await mountReady({}, { pcs_1: "session_not_open" });
    const errors = record(element, "borga-error");
    await next(element, "borga-error");
    frame.tell("session.error", PROBLEM);
    frame.tell("layout.resize", { height: 1 });
    await next(element, "borga-resize");
    expect(errors).toHaveLength(1);
  });

  test("a callback that fails is an error that a payer can see", async () => {
    const fetchClientSecret = () => Promise.reject(new Error("shop down"));
    const { element } = await mountReady({ clientSecret: null, fetchClientSecret });
    expect((await next(element, "borga-error")).detail).toMatchObject({ code: "network_error", fatal: true });
    expect(element.shadowRoot?.querySelector("[role=alert]")?.textContent).toContain("(network_error)");
  });

  test("a callback that answers with something else is an error", async () => {
    const fetchClientSecret = (async () => ({ client_secret: "pcs_2" })) as unknown as () => Promise<string>;
    const { element } = await mountReady({ clientSecret: null, fetchClientSecret });
    expect((await next(element, "borga-error")).detail.code).toBe("invalid_client_secret");
  });

  test("a callback that never answers is an error, and the next call is a new one", async () => {
    const fetchClientSecret = vi.fn(() => new Promise<string>(() => {}));
    const { element, frame } = await mountReady({ clientSecret: null });
    vi.useFakeTimers();
    element.fetchClientSecret = fetchClientSecret;
    const failed = next(element, "borga-error");
    await vi.advanceTimersByTimeAsync(FETCH_WITHIN_MS);
    expect((await failed).detail).toMatchObject({ code: "network_error", message: expect.stringContaining("fetchClientSecret") });
    vi.useRealTimers();
    fetchClientSecret.mockResolvedValue("pcs_2");
    expect((await frame.ask("secret.request", { reason: "session_expired" })).result).toEqual({ client_secret: "pcs_2" });
    expect(fetchClientSecret).toHaveBeenCalledTimes(2);
  });

  test("what was fetched for one session is not offered to another", async () => {
    const secrets = ["pcs_a", "pcs_b"];
    const fetchClientSecret = vi.fn(async () => secrets.shift() as string);
    const { element } = await mountReady({ sessionId: "ps_a", clientSecret: null, fetchClientSecret });
    await next(element, "borga-ready");
    element.sessionId = "ps_b";
    await settled();
    const frame = greet(element);
    frame.tell("frame.ready", { test_mode: true });
    await next(element, "borga-ready");
    expect(frame.heard.map(({ params }) => params)).toEqual([{ client_secret: null }, { client_secret: "pcs_b" }]);
  });

  test("what is fetched for one session while another takes its place is not offered to that one", async () => {
    const answers: ((secret: string) => void)[] = [];
    const fetchClientSecret = vi.fn(() => new Promise<string>((answer) => answers.push(answer)));
    const { element } = await mountReady({ sessionId: "ps_a", clientSecret: null, fetchClientSecret });
    await vi.waitUntil(() => answers.length === 1);
    element.sessionId = "ps_b";
    await settled();
    const frame = greet(element);
    frame.tell("frame.ready", { test_mode: true });
    await vi.waitUntil(() => answers.length === 2);
    answers[0]?.("pcs_a");
    await settled();
    expect(element.clientSecret).toBeNull();
    answers[1]?.("pcs_b");
    await next(element, "borga-ready");
    expect(frame.calls("session.attach").map(({ params }) => params)).toEqual([{ client_secret: "pcs_b" }]);
  });

  test("a frame that is put back with the session it had is not asked for again", async () => {
    const fetchClientSecret = vi.fn(async () => "pcs_2");
    const { element } = await mountReady({ clientSecret: null, fetchClientSecret });
    await next(element, "borga-ready");
    element.remove();
    document.body.append(element);
    await settled();
    greet(element).tell("frame.ready", { test_mode: true });
    await next(element, "borga-ready");
    expect(fetchClientSecret).toHaveBeenCalledTimes(1);
  });

  test("a secret that the page set itself stays whatever the session", async () => {
    const { element } = await mountReady();
    await next(element, "borga-ready");
    Object.assign(element, { clientSecret: "pcs_2", sessionId: "ps_2" });
    await settled();
    expect(element.clientSecret).toBe("pcs_2");
  });

  test("a new secret after a refusal is tried", async () => {
    const { element } = await mountReady({}, { pcs_1: "session_expired" });
    await next(element, "borga-error");
    element.clientSecret = "pcs_2";
    await next(element, "borga-ready");
  });

  test("a callback set anew after a failure does not start a loop", async () => {
    const failing = vi.fn(() => Promise.reject(new Error("no")));
    const { element, frame } = await mountReady({ clientSecret: null, fetchClientSecret: () => failing() });
    await next(element, "borga-error");
    element.fetchClientSecret = () => failing();
    frame.tell("layout.resize", { height: 1 });
    await next(element, "borga-resize");
    expect(failing).toHaveBeenCalledTimes(1);
  });
});

describe("calls", () => {
  test("a submit before the session is attached waits for it", async () => {
    const element = await mount();
    const submitted = element.submit();
    const frame = greet(element);
    expect(frame.calls("payment.submit")).toHaveLength(0);
    frame.tell("frame.ready", { test_mode: false });
    expect(await submitted).toEqual(SNAPSHOT);
    expect(frame.heard.map((message) => message.method)).toEqual(["session.offer", "session.attach", "payment.submit"]);
  });

  test("a call made right after the element is put into the page waits too", async () => {
    const element = document.createElement("borga-checkout");
    Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" });
    document.body.append(element);
    const canceled = element.cancel();
    greet(element).tell("frame.ready", { test_mode: false });
    expect(await canceled).toBe(true);
  });

  test("a waiting call survives a reload of the frame", async () => {
    const element = await mount();
    const submitted = element.submit();
    greet(element);
    greet(element).tell("frame.ready", { test_mode: false });
    expect(await submitted).toEqual(SNAPSHOT);
  });

  test("a call ends with the refusal of the session", async () => {
    const element = await mount();
    const submitted = element.submit();
    const frame = greet(element);
    frame.secrets = { pcs_1: "session_not_open" };
    frame.tell("frame.ready", { test_mode: false });
    await expect(submitted).rejects.toMatchObject({ name: "BorgaError", code: "session_not_open" });
  });

  test("a call ends when the element is removed in the middle of the handshake", async () => {
    const element = await mount();
    const submitted = element.submit();
    greet(element);
    element.remove();
    await expect(submitted).rejects.toMatchObject({ name: "AbortError" });
    expect(iframeOf(element)).toBeNull();
  });

  test("a call that the frame has not answered ends when the element is removed", async () => {
    const { element, frame } = await mountReady();
    await next(element, "borga-ready");
    frame.port.onmessage = null;
    const submitted = element.submit();
    await settled();
    element.remove();
    await expect(submitted).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a call to an element that is in no page ends at once", async () => {
    await expect(document.createElement("borga-checkout").submit()).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a call to a frame that never gets ready ends", async () => {
    const element = await mount();
    greet(element);
    vi.useFakeTimers();
    const submitted = element.submit();
    await vi.advanceTimersByTimeAsync(30_000);
    await expect(submitted).rejects.toMatchObject({ code: "frame_timeout" });
  });
});

describe("what the frame asks for", () => {
  test("navigation to a start page is accepted and happens afterwards", async () => {
    const { frame } = await mountReady();
    const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
    const url = `${CHECKOUT}/3ds/ch_1?n=1`;
    expect((await frame.ask("navigate.request", { url })).result).toEqual({ accepted: true });
    await vi.waitUntil(() => assign.mock.calls.length > 0);
    expect(assign).toHaveBeenCalledExactlyOnceWith(url);
  });

  test.each(["https://evil.example/3ds/x", "javascript:alert(1)", `${CHECKOUT}/elsewhere`])(
    "navigation to %s is refused",
    async (url) => {
      const { frame } = await mountReady();
      const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
      expect((await frame.ask("navigate.request", { url })).result).toEqual({ accepted: false });
      await frame.ask("host.return_url");
      expect(assign).not.toHaveBeenCalled();
    },
  );

  test("the page's address is told without its fragment", async () => {
    const { frame } = await mountReady();
    expect((await frame.ask("host.return_url")).result).toEqual({ url: "https://shop.example/cart" });
  });

  test("a new secret is fetched from the page", async () => {
    const { frame } = await mountReady({ fetchClientSecret: async () => "pcs_9" });
    expect((await frame.ask("secret.request", { reason: "session_expired" })).result).toEqual({
      client_secret: "pcs_9",
    });
  });

  test("a secret that cannot be had is a transport error and an event", async () => {
    const { element, frame } = await mountReady({ fetchClientSecret: () => Promise.reject(new Error("no")) });
    await next(element, "borga-ready");
    const [answer, { detail }] = await Promise.all([
      frame.ask("secret.request", { reason: "session_expired" }),
      next(element, "borga-error"),
    ]);
    expect(answer.error?.code).toBe(-32000);
    expect(detail.code).toBe("network_error");
  });

  test("a page without a callback, which has heard that the session is over, hears no second error", async () => {
    const { element, frame } = await mountReady();
    await next(element, "borga-ready");
    const errors = record(element, "borga-error");
    const answer = await frame.ask("secret.request", { reason: "session_expired" });
    expect(answer.error?.code).toBe(-32000);
    expect(errors).toEqual([]);
  });

  test.each(["card.steal", "constructor", "__proto__"])("the unknown method %s is answered as such", async (method) => {
    const { frame } = await mountReady();
    expect((await frame.ask(method)).error?.code).toBe(-32601);
  });

  test("unknown notifications and broken messages are ignored", async () => {
    const { element, frame } = await mountReady();
    for (const noise of [null, 7, "text", [], {}, { method: 3 }, { id: 1, method: null }])
      frame.port.postMessage(noise);
    frame.tell("from.the.future");
    frame.tell("layout.resize", { height: 0 });
    frame.tell("layout.resize", { height: 300 });
    expect((await next(element, "borga-resize")).detail.height).toBe(300);
    expect(iframeOf(element)?.style.height).toBe("300px");
  });
});

describe("events", () => {
  test.each([
    ["payment.started", { attempt_id: "a" }, "borga-processing", { attemptId: "a" }],
    ["payment.challenge", { attempt_id: "a" }, "borga-challenge", { attemptId: "a" }],
    [
      "payment.completed",
      { session_id: "ps_1", payment_id: "pay_1" },
      "borga-complete",
      { sessionId: "ps_1", paymentId: "pay_1", status: "complete" },
    ],
    ["payment.canceled", { session_id: "ps_1" }, "borga-cancel", { sessionId: "ps_1", status: "canceled" }],
    [
      "payment.pending",
      { session_id: "ps_1", payment_id: "pay_1" },
      "borga-pending",
      { sessionId: "ps_1", paymentId: "pay_1", status: "pending" },
    ],
    [
      "payment.failed",
      { code: "card_declined", type: "card_error", message: "m", fatal: false, doc_url: "d", trace_id: "t" },
      "borga-error",
      { code: "card_declined", type: "card_error", message: "m", fatal: false, docUrl: "d", traceId: "t" },
    ],
    ["state.change", SNAPSHOT, "borga-change", SNAPSHOT],
  ] as const)("%s becomes an event that bubbles out of shadow trees", async (method, params, name, detail) => {
    const { frame } = await mountReady();
    const heard = next(document.body, name);
    frame.tell(method, params);
    const event = await heard;
    expect(event.detail).toEqual(detail);
    expect(event.composed).toBe(true);
  });

  test("the state is the last one told and cannot be changed", async () => {
    const { element, frame } = await mountReady();
    frame.tell("state.change", { ...SNAPSHOT, phase: "processing" });
    await next(element, "borga-change");
    expect(element.state.phase).toBe("processing");
    expect(Object.isFrozen(element.state)).toBe(true);
  });
});

describe("attributes and properties", () => {
  test("strings are the same on both sides", () => {
    const element = document.createElement("borga-checkout");
    element.sessionId = "ps_2";
    element.setAttribute("theme", "dark");
    element.threeDs = "redirect";
    expect(element.getAttribute("session-id")).toBe("ps_2");
    expect(element.theme).toBe("dark");
    expect(element.getAttribute("three-ds")).toBe("redirect");
    element.sessionId = null;
    expect(element.hasAttribute("session-id")).toBe(false);
  });

  test("the secret is read from its attribute but never written into it", () => {
    const element = document.createElement("borga-checkout");
    element.setAttribute("client-secret", "pcs_a");
    expect(element.clientSecret).toBe("pcs_a");
    element.removeAttribute("client-secret");
    element.clientSecret = "pcs_b";
    expect(element.clientSecret).toBe("pcs_b");
    expect(element.outerHTML).not.toContain("pcs_b");
  });

  test("options that change later are sent once, together", async () => {
    const { element, frame } = await mountReady({ locale: "is" });
    await next(element, "borga-ready");
    element.locale = "en";
    element.theme = "dark";
    element.threeDs = "redirect";
    element.appearance = { accent: "#0a5a66", radius: 4 };
    await vi.waitUntil(() => frame.calls("options.update").length > 0);
    expect(frame.calls("options.update").map((call) => call.params)).toEqual([
      { locale: "en", theme: "dark", three_ds: "redirect", appearance: '{"accent":"#0a5a66","radius":4}' },
    ]);
    expect(element.appearance).toEqual({ accent: "#0a5a66", radius: 4 });
    expect(iframeOf(element)?.title).toBe("Secure card payment");
    expect(iframeOf(element)?.style.colorScheme).toBe("dark");
    element.appearance = null;
    await vi.waitUntil(() => frame.calls("options.update").length > 1);
    expect(frame.calls("options.update")[1]?.params).toMatchObject({ appearance: "" });
  });

  test("what the frame does not take as it was said is told the developer", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { element, frame } = await mountReady();
    await next(element, "borga-ready");
    frame.options = { applied: ["appearance"], warnings: ["appearance.text is not used"] };
    element.appearance = { text: "#eee" };
    await vi.waitUntil(() => warn.mock.calls.length > 0);
    expect(warn).toHaveBeenCalledExactlyOnceWith("<borga-checkout> appearance.text is not used");
  });

  test("a surface that was set from the start is sent before the session, whose payer may be at the bank already", async () => {
    const { element, frame } = await mountReady({ threeDs: "redirect" });
    await next(element, "borga-ready");
    expect(frame.heard.map((message) => message.method)).toEqual(["session.offer", "options.update", "session.attach"]);
  });

  test("another session is another frame", async () => {
    const { element } = await mountReady();
    const before = iframeOf(element);
    element.sessionId = "ps_2";
    await settled();
    expect(iframeOf(element)).not.toBe(before);
    expect(iframeOf(element)?.src).toContain("/embed/ps_2");
    expect(element.shadowRoot?.querySelectorAll("iframe")).toHaveLength(1);
  });

  test("properties set before the element was upgraded are taken over", async () => {
    const element = document.createElement("borga-checkout");
    for (const [name, value] of Object.entries({ sessionId: "ps_7", clientSecret: "pcs_7" })) {
      Object.defineProperty(element, name, { value, configurable: true, enumerable: true, writable: true });
    }
    document.body.append(element);
    await settled();
    expect(Object.hasOwn(element, "sessionId")).toBe(false);
    expect(element.getAttribute("session-id")).toBe("ps_7");
    expect(element.clientSecret).toBe("pcs_7");
  });

  test("something missing is said once, and mended by setting it", async () => {
    const element = document.createElement("borga-checkout");
    const errors = record(element, "borga-error");
    document.body.append(element);
    const { detail } = await next(element, "borga-error");
    expect(detail).toMatchObject({ code: "missing_parameter", fatal: true });
    expect(detail.message).toContain("session-id");
    expect(consoleError).toHaveBeenCalledTimes(1);
    Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" });
    await settled();
    expect(errors).toHaveLength(1);
  });

  test("properties set right after the element entered the page are in time", async () => {
    const element = document.createElement("borga-checkout");
    const errors = record(element, "borga-error");
    document.body.append(element);
    await Promise.resolve();
    Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" });
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toEqual([]);
  });

  test.each(["http://checkout.example", "javascript:alert(1)", "https://checkout.example/path"])(
    "the checkout origin %s is refused and nothing is loaded",
    async (origin) => {
      const element = document.createElement("borga-checkout");
      Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1", checkoutOrigin: origin });
      document.body.append(element);
      expect((await next(element, "borga-error")).detail.code).toBe("invalid_parameter");
      expect(iframeOf(element)).toBeNull();
    },
  );
});

describe("a frame that does not come", () => {
  async function refuse(element: BorgaCheckoutElement): Promise<void> {
    iframeOf(element)?.dispatchEvent(new Event("load"));
    await vi.advanceTimersByTimeAsync(1_000);
  }

  test("is loaded once more, with another instance", async () => {
    const element = await mount();
    const first = instanceOf(iframeOf(element) as HTMLIFrameElement);
    vi.useFakeTimers();
    iframeOf(element)?.dispatchEvent(new Event("load"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(instanceOf(iframeOf(element) as HTMLIFrameElement)).not.toBe(first);
    greet(element);
  });

  test("is one fatal error with the server's reason", async () => {
    vi.mocked(fetch).mockResolvedValue(
      new Response(JSON.stringify({ code: "origin_not_allowed", type: "permission_error", message: "Add it." })),
    );
    const element = await mount();
    const errors = record(element, "borga-error");
    const submitted = element.submit();
    vi.useFakeTimers();
    await refuse(element);
    expect(errors).toHaveLength(0);
    await refuse(element);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(errors.map((event) => event.detail)).toMatchObject([
      { code: "origin_not_allowed", type: "permission_error", message: expect.stringContaining("Add it."), fatal: true },
    ]);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(`${CHECKOUT}/public/diagnose?session=ps_1`, expect.anything());
    expect(element.shadowRoot?.querySelector("[role=alert]")?.textContent).toContain("(origin_not_allowed)");
    expect(consoleError.mock.calls.flat().join()).toContain("https://docs.borga.is/errors/origin_not_allowed");
    await expect(submitted).rejects.toMatchObject({ code: "origin_not_allowed" });
  });

  test.each([
    ["an unknown code", async () => new Response(JSON.stringify({ code: "<b>" }))],
    ["no code", async () => new Response(JSON.stringify({ code: null }))],
    ["no JSON", async () => new Response("<html>")],
    ["no answer", () => new Promise<Response>(() => {})],
    ["no network", () => Promise.reject(new TypeError())],
  ])("is frame_refused when the server has %s", async (_, answer) => {
    vi.mocked(fetch).mockImplementation(answer);
    const element = await mount();
    const errors = record(element, "borga-error");
    vi.useFakeTimers();
    await refuse(element);
    await refuse(element);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(errors.map((event) => event.detail.code)).toEqual(["frame_refused"]);
  });

  test("is frame_timeout when nothing happens at all", async () => {
    vi.useFakeTimers();
    const element = await mount();
    const errors = record(element, "borga-error");
    await vi.advanceTimersByTimeAsync(25_000);
    expect(errors.map((event) => event.detail.code)).toEqual(["frame_timeout"]);
  });

  test("is silent once the element is gone", async () => {
    const element = await mount();
    const errors = record(element, "borga-error");
    vi.useFakeTimers();
    await refuse(element);
    element.remove();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(errors).toEqual([]);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("life in the page", () => {
  test("a second definition changes nothing", async () => {
    const before = customElements.get("borga-checkout");
    vi.resetModules();
    await import("../src/register.js");
    expect(customElements.get("borga-checkout")).toBe(before);
  });

  test("mounting a hundred times leaves no listener behind", async () => {
    const added = vi.spyOn(window, "addEventListener");
    const removed = vi.spyOn(window, "removeEventListener");
    const element = await mount();
    for (let round = 0; round < 100; round += 1) {
      element.remove();
      document.body.append(element);
      await settled();
    }
    element.remove();
    const messages = (calls: unknown[][]): number => calls.filter(([type]) => type === "message").length;
    expect(messages(added.mock.calls)).toBe(101);
    expect(messages(removed.mock.calls)).toBe(101);
    const signals = added.mock.calls.map(([, , options]) => (options as AddEventListenerOptions | undefined)?.signal);
    expect(signals.filter((signal) => signal && !signal.aborted)).toEqual([]);
    expect(element.shadowRoot?.querySelector("iframe")).toBeNull();
  });

  test("mount, unmount and mount again in one go makes one frame", async () => {
    const element = document.createElement("borga-checkout");
    Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" });
    const create = vi.spyOn(document, "createElement");
    document.body.append(element);
    element.remove();
    document.body.append(element);
    await settled();
    expect(create.mock.calls.filter(([name]) => name === "iframe")).toHaveLength(1);
  });

  test("the frame is told when the page comes back from the back-forward cache", async () => {
    const { frame } = await mountReady();
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    await vi.waitUntil(() => frame.calls("host.visibility").length > 0);
    expect(frame.calls("host.visibility").map((call) => call.params)).toEqual([{ hidden: false, persisted: true }]);
  });

  test("listeners do not change what the element does", async () => {
    const { element, frame } = await mountReady();
    element.addEventListener("borga-ready", () => {
      throw new Error("a listener's own mistake");
    });
    window.addEventListener("error", (event) => event.preventDefault(), { once: true });
    expect(await element.submit()).toEqual(SNAPSHOT);
    expect(frame.calls("payment.submit")).toHaveLength(1);
  });
});

describe("a session that is renewed in the frame", () => {
  test("a frame that was refused and has a session after all is ready, and takes calls", async () => {
    const { element, frame } = await mountReady({}, { pcs_1: "session_expired" });
    await next(element, "borga-error");
    await expect(element.submit()).rejects.toMatchObject({ code: "session_expired" });
    frame.tell("state.change", SNAPSHOT);
    await next(element, "borga-ready");
    expect(await element.submit()).toEqual(SNAPSHOT);
  });

  test.each(["submitting", "challenging", "processing", "unknown", "succeeded"])(
    "a session that is opened after all while it is %s is ready once",
    async (phase) => {
      const { element, frame } = await mountReady({}, { pcs_1: "network_error" });
      await next(element, "borga-error");
      const ready = vi.fn();
      element.addEventListener("borga-ready", ready);
      for (const still of ["broken", "expired", "loading"]) frame.tell("state.change", { ...SNAPSHOT, phase: still });
      const changed = next(element, "borga-change");
      frame.tell("state.change", { ...SNAPSHOT, phase });
      await changed;
      await vi.waitUntil(() => element.state.phase === phase);
      expect(ready).toHaveBeenCalledTimes(1);
      frame.tell("state.change", SNAPSHOT);
      await vi.waitUntil(() => element.state.phase === "ready");
      expect(ready).toHaveBeenCalledTimes(1);
    },
  );

  test("a frame that the network refused gets its secret again when the network is back", async () => {
    const { element, frame } = await mountReady({}, { pcs_1: "network_error" });
    await next(element, "borga-error");
    frame.secrets = {};
    window.dispatchEvent(new Event("online"));
    await next(element, "borga-ready");
    expect(frame.calls("session.attach")).toHaveLength(2);
  });

  test("the network is no reason for a new secret", async () => {
    const fetchClientSecret = vi.fn();
    const { element, frame } = await mountReady({ fetchClientSecret });
    await next(element, "borga-ready");
    const answer = await frame.ask("secret.request", { reason: "network_error" });
    expect(answer.result).toEqual({ client_secret: "pcs_1" });
    expect(fetchClientSecret).not.toHaveBeenCalled();
  });
});
