import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../src/register.js";
import type { BorgaCheckoutElement } from "../src/index.js";
import { LOAD_WITHIN_MS } from "../src/load-watch.js";
import { CHECKOUT, SNAPSHOT, next, record, sayHello, settled } from "./fake-frame.js";

beforeEach(() => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("no network")));
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

interface Scene {
  element: BorgaCheckoutElement;
  /** The frame in the page's HTML. */
  early: HTMLIFrameElement;
  /** What the page posted to it. */
  post: ReturnType<typeof vi.fn>;
}

/** An element with a frame in it before it is defined for the page, as HTML has it. */
async function scene(address: string, { hasLoaded = true } = {}): Promise<Scene> {
  const element = document.createElement("borga-checkout");
  const early = document.createElement("iframe");
  early.setAttribute("src", address);
  const post = vi.fn();
  Object.defineProperty(early, "contentWindow", { value: { postMessage: post } });
  Object.defineProperty(early, "contentDocument", { value: hasLoaded ? null : document });
  element.append(early);
  Object.assign(element, { sessionId: "ps_1", clientSecret: "pcs_1" });
  document.body.append(element);
  await settled();
  return { element, early, post };
}

const own = (element: BorgaCheckoutElement) => element.shadowRoot?.querySelector("iframe");

test("a frame in the HTML is taken over where it stands and asked to say hello again", async () => {
  const { element, early, post } = await scene(`${CHECKOUT}/embed/ps_1?locale=is`);

  expect(own(element)).toBeNull();
  expect(early.parentElement).toBe(element);
  expect(element.shadowRoot?.querySelector<HTMLSlotElement>("slot[name=frame]")?.name).toBe(early.slot);
  expect(post.mock.calls).toEqual([[{ borga: "discover" }, CHECKOUT]]);
  sayHello(early, { data: { instance: "its own", nonce: "n" } });
  expect(post.mock.calls[1]?.slice(0, 2)).toEqual([
    { borga: "connect", instance: "its own", nonce: "n", version: 1 },
    CHECKOUT,
  ]);
});

test("a frame that has not loaded yet says hello by itself", async () => {
  const { early, post } = await scene(`${CHECKOUT}/embed/ps_1`, { hasLoaded: false });

  expect(post).not.toHaveBeenCalled();
  sayHello(early, { data: { instance: "its own" } });
  expect(post).toHaveBeenCalledTimes(1);
});

test("a hello of another window or origin opens no channel to an early frame", async () => {
  const { early, post } = await scene(`${CHECKOUT}/embed/ps_1`, { hasLoaded: false });

  sayHello(early, { source: window, data: { instance: "its own" } });
  sayHello(early, { origin: "https://evil.example", data: { instance: "its own" } });

  expect(post).not.toHaveBeenCalled();
});

test("it is told the options, because the page wrote its address", async () => {
  const { element, early, post } = await scene(`${CHECKOUT}/embed/ps_1`);
  element.locale = "is";
  sayHello(early, { data: { instance: "its own" } });
  const port = post.mock.calls[1]?.[2][0] as MessagePort;
  const told = new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      if (data.method === "options.update") resolve(data.params);
      port.postMessage({ jsonrpc: "2.0", id: data.id, result: { state: SNAPSHOT } });
    };
  });
  port.postMessage({ jsonrpc: "2.0", method: "frame.ready", params: { test_mode: true } });

  await next(element, "borga-ready");
  expect(await told).toMatchObject({ locale: "is", theme: "auto" });
});

test.each([
  ["of another session", `${CHECKOUT}/embed/ps_12`],
  ["of another origin", "https://evil.example/embed/ps_1"],
  ["without an address", ""],
])("a frame %s is left alone and not shown", async (_, address) => {
  const { element, early, post } = await scene(address);

  expect(own(element)).not.toBeNull();
  expect(early.slot).toBe("");
  expect(element.shadowRoot?.querySelector<HTMLSlotElement>("slot[name=frame]")).toBeNull();
  expect(post).not.toHaveBeenCalled();
});

test("one that never says hello is replaced by a frame of the element's own", async () => {
  vi.useFakeTimers();
  const { element, early } = await scene(`${CHECKOUT}/embed/ps_1`);
  const errors = record(element, "borga-error");

  await vi.advanceTimersByTimeAsync(LOAD_WITHIN_MS);

  expect(early.isConnected).toBe(false);
  expect(own(element)).not.toBeNull();
  expect(errors).toEqual([]);
});

test("it goes with the element", async () => {
  const { element, early, post } = await scene(`${CHECKOUT}/embed/ps_1`);

  element.remove();
  sayHello(early, { data: { instance: "its own" } });

  expect(early.parentElement).toBeNull();
  expect(post).toHaveBeenCalledTimes(1);
});
