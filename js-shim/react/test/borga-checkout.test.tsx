import type { Borga } from "@borga/js";
import { createRef, StrictMode, Suspense, useState } from "react";
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from "vitest";
import { BorgaCheckout, type BorgaCheckoutElement, type BorgaCheckoutProps } from "../src/index.js";
import { checkout, emit, frame, page } from "./scene.js";

const SESSION = { sessionId: "ps_1", clientSecret: "pcs_1" };

let complaints: MockInstance;

beforeEach(() => {
  complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  window.Borga = { version: "test" } as Borga;
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("no network"))));
});
afterEach(() => {
  expect(complaints.mock.calls).toEqual([]);
  vi.unstubAllGlobals();
});

test("it is one element with one frame, and the secret stands nowhere in the page", async () => {
  await page(<BorgaCheckout {...SESSION} locale="is" theme="dark" threeDs="redirect" />);
  expect(frame()?.src).toContain("https://checkout.borga.is/embed/ps_1?locale=is&theme=dark#");
  expect(checkout().clientSecret).toBe("pcs_1");
  expect(checkout().threeDs).toBe("redirect");
  expect(document.documentElement.outerHTML).not.toContain("pcs_1");
});

test("in StrictMode there is one frame, and it stays", async () => {
  const made = vi.spyOn(document, "createElement");
  const { render } = await page(<StrictMode><BorgaCheckout {...SESSION} /></StrictMode>);
  const first = frame();
  await render(<StrictMode><BorgaCheckout {...SESSION} onReady={() => {}} /></StrictMode>);
  expect(frame()).toBe(first);
  expect(made.mock.calls.filter(([name]) => name === "iframe")).toHaveLength(1);
});

test.each([
  ["onReady", "borga-ready"],
  ["onChange", "borga-change"],
  ["onResize", "borga-resize"],
  ["onProcessing", "borga-processing"],
  ["onChallenge", "borga-challenge"],
  ["onComplete", "borga-complete"],
  ["onCancel", "borga-cancel"],
  ["onPending", "borga-pending"],
  ["onError", "borga-error"],
] as const)("%s hears %s", async (prop, event) => {
  const callback = vi.fn();
  await page(<BorgaCheckout {...SESSION} {...{ [prop]: callback }} />);
  const detail = { paymentId: "pay_1" };
  emit(event, detail);
  expect(callback).toHaveBeenCalledExactlyOnceWith(detail);
});

test("there is no listener without a callback", async () => {
  const added = vi.spyOn(customElements.get("borga-checkout")?.prototype as HTMLElement, "addEventListener");
  const { render } = await page(<BorgaCheckout {...SESSION} onComplete={() => {}} />);
  const listened = () => added.mock.calls.map(([name]) => name).filter((name) => name.startsWith("borga-"));
  expect(listened()).toEqual(["borga-complete"]);
  await render(<BorgaCheckout {...SESSION} onComplete={() => {}} />);
  expect(listened()).toEqual(["borga-complete"]);
});

test("a callback that goes away hears nothing more, and one that comes later hears", async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const { render } = await page(<BorgaCheckout {...SESSION} onComplete={first} />);
  const element = checkout();
  await render(<BorgaCheckout {...SESSION} onCancel={second} />);
  emit("borga-complete");
  emit("borga-cancel");
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  expect(checkout()).toBe(element);
});

test("callbacks that are new at every rendering cost nothing, and the newest is called", async () => {
  const heard: number[] = [];
  const asked: number[] = [];
  const at = (turn: number) => (
    <BorgaCheckout
      sessionId="ps_1"
      fetchClientSecret={async () => (asked.push(turn), "pcs_1")}
      onComplete={() => heard.push(turn)}
    />
  );
  const { render } = await page(at(0));
  const [element, first, ask] = [checkout(), frame(), checkout().fetchClientSecret];
  for (const turn of [1, 2, 3]) await render(at(turn));
  emit("borga-complete");
  await checkout().fetchClientSecret?.();
  expect([heard, asked]).toEqual([[3], [3]]);
  expect([checkout(), frame(), checkout().fetchClientSecret]).toEqual([element, first, ask]);
});

test("options that change reach the same frame; another session gets another", async () => {
  const { render } = await page(<BorgaCheckout {...SESSION} locale="is" />);
  const first = frame();
  await render(<BorgaCheckout {...SESSION} clientSecret="pcs_2" locale="en" />);
  expect(checkout().locale).toBe("en");
  expect(checkout().clientSecret).toBe("pcs_2");
  expect(frame()).toBe(first);
  await render(<BorgaCheckout sessionId="ps_2" clientSecret="pcs_3" />);
  expect(checkout().hasAttribute("locale")).toBe(false);
  expect(frame()?.src).toContain("/embed/ps_2");
});

test.each([
  ["a look and a callback written in place", { appearance: { radius: 12 }, fetchClientSecret: async () => "pcs_2" }],
  ["another look", { appearance: { radius: 4 } }],
  ["no callback any more", { fetchClientSecret: undefined }],
])("a secret that the element has renewed stays: %s", async (_, changed) => {
  const props = { ...SESSION, appearance: { radius: 12 }, fetchClientSecret: async () => "pcs_2" };
  const { render } = await page(<BorgaCheckout {...props} />);
  checkout().clientSecret = "pcs_2";
  await render(<BorgaCheckout {...props} {...changed} />);
  expect(checkout().clientSecret).toBe("pcs_2");
});

test("a secret that the element has renewed stays when what suspends beside it is there", async () => {
  let arrive!: () => void;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  let suspend!: () => void;
  let hasArrived = false;
  function Neighbour() {
    const [isWaiting, wait] = useState(false);
    suspend = () => wait(true);
    if (isWaiting && !hasArrived) throw arrival;
    return null;
  }
  const { act } = await import("react");
  await page(
    <Suspense fallback="…">
      <BorgaCheckout {...SESSION} />
      <Neighbour />
    </Suspense>,
  );
  await act(async () => suspend());
  checkout().clientSecret = "pcs_2";
  await act(async () => {
    hasArrived = true;
    arrive();
  });
  expect(document.body.textContent).not.toContain("…");
  expect(checkout().clientSecret).toBe("pcs_2");
});

test("a look that is the same is not set again, another one is, and one that goes away is gone", async () => {
  const { render } = await page(<BorgaCheckout {...SESSION} appearance={{ radius: 12 }} />);
  const set = vi.spyOn(checkout(), "setAttribute");
  const looks = () => set.mock.calls.filter(([name]) => name === "appearance");
  await render(<BorgaCheckout {...SESSION} appearance={{ radius: 12 }} />);
  expect(looks()).toEqual([]);
  await render(<BorgaCheckout {...SESSION} appearance={{ radius: 4 }} />);
  expect(looks()).toEqual([["appearance", '{"radius":4}']]);
  await render(<BorgaCheckout {...SESSION} />);
  expect(checkout().hasAttribute("appearance")).toBe(false);
});

test("the reference is the element", async () => {
  const ref = createRef<BorgaCheckoutElement>();
  const { unmount } = await page(<BorgaCheckout {...SESSION} ref={ref} />);
  expect(ref.current).toBe(checkout());
  expect(ref.current?.state.phase).toBe("loading");
  await unmount();
  expect(ref.current).toBeNull();
});

test("class, id, style and children go to the element", async () => {
  await page(
    <BorgaCheckout {...SESSION} className="pay" id="pay" style={{ maxWidth: 400 }}>
      <p slot="loading">…</p>
    </BorgaCheckout>,
  );
  expect(checkout().className).toBe("pay");
  expect(checkout().id).toBe("pay");
  expect(checkout().style.maxWidth).toBe("400px");
  expect(checkout().querySelector("[slot=loading]")?.textContent).toBe("…");
});

test("what suspends beside it neither hides an ending nor makes another frame", async () => {
  const onComplete = vi.fn();
  const never = new Promise<never>(() => {});
  let suspend!: () => void;
  function Neighbour() {
    const [isWaiting, wait] = useState(false);
    suspend = () => wait(true);
    if (isWaiting) throw never;
    return null;
  }
  const { act } = await import("react");
  await page(
    <Suspense fallback="…">
      <BorgaCheckout {...SESSION} onComplete={onComplete} />
      <Neighbour />
    </Suspense>,
  );
  const first = frame();
  await act(async () => suspend());
  expect(document.body.textContent).toContain("…");
  expect(frame()).toBe(first);
  emit("borga-complete");
  expect(onComplete).toHaveBeenCalledTimes(1);
});

test("unmounting frees the frame, and mounting again shows one", async () => {
  const { place, render } = await page(<BorgaCheckout {...SESSION} />);
  const element = checkout();
  await render(null);
  expect(element.shadowRoot?.querySelector("iframe")).toBeNull();
  expect(place.childNodes).toHaveLength(0);
  await render(<BorgaCheckout {...SESSION} />);
  expect(frame()).not.toBeNull();
});

test("a script that cannot be loaded is an error that the page hears, unless it has moved on", async () => {
  delete window.Borga;
  vi.resetModules();
  const waiting: (() => void)[] = [];
  vi.stubGlobal("setTimeout", (run: () => void) => waiting.push(run));
  const { BorgaCheckout } = await import("../src/index.js");
  const [gone, onError] = [vi.fn(), vi.fn()];
  const props: BorgaCheckoutProps = { ...SESSION, checkoutOrigin: "data:text/javascript,throw 0//" };
  const first = await page(<BorgaCheckout {...props} onError={gone} />);
  await first.unmount();
  await page(<BorgaCheckout {...props} onError={onError} />);
  const unloadable = () => onError.mock.calls.filter(([error]) => error.code === "network_error");
  await vi.waitUntil(() => {
    for (const run of waiting.splice(0)) run();
    return unloadable().length > 0;
  });
  expect(unloadable()).toMatchObject([[{ fatal: true, message: expect.stringContaining("script-src") }]]);
  expect(gone).not.toHaveBeenCalled();
  // The element itself has refused the origin.
  complaints.mockClear();
});
