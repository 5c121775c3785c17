import type { Borga } from "@borga/js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSSRApp, h, KeepAlive, nextTick, ref, shallowRef } from "vue";
import { renderToString } from "vue/server-renderer";
import { BorgaCheckout, type Appearance, type BorgaCheckoutInstance } from "../src/index.js";
import { checkout, emit, frame, newPlace, page } from "./scene.js";

const SESSION = { sessionId: "ps_1", clientSecret: "pcs_1" };
const EVENTS = ["ready", "change", "resize", "processing", "challenge", "complete", "cancel", "pending", "error"] as const;

beforeEach(() => {
  window.Borga = { version: "test" } as Borga;
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("no network"))));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("it is one element with one frame, and the secret stands nowhere in the page", async () => {
  const { complaints } = await page(() =>
    h(BorgaCheckout, { ...SESSION, locale: "is", theme: "dark", threeDs: "redirect" }),
  );
  expect(frame()?.src).toContain("https://checkout.borga.is/embed/ps_1?locale=is&theme=dark#");
  expect(checkout().clientSecret).toBe("pcs_1");
  expect(checkout().threeDs).toBe("redirect");
  expect(document.documentElement.outerHTML).not.toContain("pcs_1");
  expect(complaints).toEqual([]);
});

test.each(EVENTS)(
  "@%s hears the element's event",
  async (name) => {
    const callback = vi.fn();
    const prop = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const { complaints } = await page(() => h(BorgaCheckout, { ...SESSION, [prop]: callback }));
    const detail = { paymentId: "pay_1" };
    emit(`borga-${name}`, detail);
    expect(callback).toHaveBeenCalledExactlyOnceWith(detail);
    expect(complaints).toEqual([]);
  },
);

test("each event has one listener, however often the page renders", async () => {
  const added = vi.spyOn(customElements.get("borga-checkout")?.prototype as HTMLElement, "addEventListener");
  const at = () => h(BorgaCheckout, { ...SESSION, onComplete: () => {} });
  const { render } = await page(at);
  const listened = () => added.mock.calls.map(([name]) => name).sort();
  expect(listened()).toEqual([...EVENTS].map((name) => `borga-${name}`).sort());
  await render(() => at());
  expect(listened()).toHaveLength(EVENTS.length);
});

// `onCompleteOnce` is what templates make of `@complete.once`.
test("@complete.once hears the first one alone", async () => {
  const callback = vi.fn();
  const { complaints } = await page(() => h(BorgaCheckout, { ...SESSION, onCompleteOnce: callback }));
  emit("borga-complete", { paymentId: "pay_1" });
  emit("borga-complete", { paymentId: "pay_2" });
  expect(callback).toHaveBeenCalledExactlyOnceWith({ paymentId: "pay_1" });
  expect(complaints).toEqual([]);
});

test("a handler that comes later hears, and one that goes away hears nothing more", async () => {
  const handler = shallowRef<(() => void) | undefined>();
  // A prop that stays in its place, as templates compile it: Vue renders no component again for a handler alone.
  await page(() => h(BorgaCheckout, { ...SESSION, onComplete: handler.value as () => void }));
  const [first, second] = [vi.fn(), vi.fn()];
  for (const next of [first, second, undefined]) {
    handler.value = next;
    await nextTick();
    emit("borga-complete");
  }
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
});

test("handlers that are new at every rendering cost nothing, and the newest is called", async () => {
  const heard: number[] = [];
  const asked: number[] = [];
  const at = (turn: number) => () =>
    h(BorgaCheckout, {
      sessionId: "ps_1",
      fetchClientSecret: async () => (asked.push(turn), "pcs_1"),
      onComplete: () => heard.push(turn),
    });
  const { render } = await page(at(0));
  const [element, first, ask] = [checkout(), frame(), checkout().fetchClientSecret];
  for (const turn of [1, 2, 3]) await render(at(turn));
  emit("borga-complete");
  await checkout().fetchClientSecret?.();
  expect([heard, asked]).toEqual([[3], [3]]);
  expect([checkout(), frame(), checkout().fetchClientSecret]).toEqual([element, first, ask]);
});

test("options that change reach the same frame; another session gets another", async () => {
  const { render } = await page(() => h(BorgaCheckout, { ...SESSION, locale: "is" }));
  const first = frame();
  await render(() => h(BorgaCheckout, { ...SESSION, clientSecret: "pcs_2", locale: "en" }));
  expect(checkout().locale).toBe("en");
  expect(checkout().clientSecret).toBe("pcs_2");
  expect(frame()).toBe(first);
  await render(() => h(BorgaCheckout, { sessionId: "ps_2", clientSecret: "pcs_3" }));
  expect(checkout().hasAttribute("locale")).toBe(false);
  expect(frame()?.src).toContain("/embed/ps_2");
});

test.each([
  ["a look and a callback written in place", { appearance: { radius: 12 }, fetchClientSecret: async () => "pcs_2" }],
  ["another look", { appearance: { radius: 4 } }],
  ["no callback any more", { fetchClientSecret: undefined }],
])("a secret that the element has renewed stays: %s", async (_, changed) => {
  const props = { ...SESSION, appearance: { radius: 12 }, fetchClientSecret: async () => "pcs_2" };
  const { render } = await page(() => h(BorgaCheckout, props));
  checkout().clientSecret = "pcs_2";
  await render(() => h(BorgaCheckout, { ...props, ...changed }));
  expect(checkout().clientSecret).toBe("pcs_2");
});

test("a look that is the same is not set again, another one is, and one that goes away is gone", async () => {
  const at = (appearance?: Appearance) => () => h(BorgaCheckout, { ...SESSION, appearance });
  const { render } = await page(at({ radius: 12 }));
  const set = vi.spyOn(checkout(), "setAttribute");
  const looks = () => set.mock.calls.filter(([name]) => name === "appearance");
  await render(at({ radius: 12 }));
  expect(looks()).toEqual([]);
  await render(at({ radius: 4 }));
  expect(looks()).toEqual([["appearance", '{"radius":4}']]);
  await render(at());
  expect(checkout().hasAttribute("appearance")).toBe(false);
});

test("the template reference has the element", async () => {
  const instance = ref<BorgaCheckoutInstance>();
  await page(() => h(BorgaCheckout, { ...SESSION, ref: instance }));
  expect(instance.value?.element).toBe(checkout());
});

test("class, id, style and the slot go to the element", async () => {
  await page(() =>
    h(BorgaCheckout, { ...SESSION, class: "pay", id: "pay", style: { maxWidth: "400px" } }, () => [
      h("p", { slot: "loading" }, "…"),
    ]),
  );
  expect(checkout().className).toBe("pay");
  expect(checkout().id).toBe("pay");
  expect(checkout().style.maxWidth).toBe("400px");
  expect(checkout().querySelector("[slot=loading]")?.textContent).toBe("…");
});

test("KeepAlive frees the frame while the page is away and shows one when it is back", async () => {
  const complete = vi.fn();
  const isHere = ref(true);
  await page(() =>
    h(KeepAlive, null, {
      default: () => (isHere.value ? h(BorgaCheckout, { ...SESSION, onComplete: complete }) : h("p")),
    }),
  );
  const element = checkout();
  isHere.value = false;
  await nextTick();
  expect(element.shadowRoot?.querySelector("iframe")).toBeNull();
  isHere.value = true;
  await nextTick();
  await nextTick();
  expect(checkout()).toBe(element);
  expect(frame()).not.toBeNull();
  expect(element.clientSecret).toBe("pcs_1");
  emit("borga-complete");
  expect(complete).toHaveBeenCalledTimes(1);
});

test("a frame that started from the server's HTML is the one that Vue takes over", async () => {
  const complaints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
  const app = createSSRApp({ render: () => h(BorgaCheckout, { ...SESSION, locale: "is", theme: "dark" }) });
  const place = newPlace();
  place.innerHTML = await renderToString(app);
  await Promise.resolve();
  const [element, early] = [checkout(), frame()];
  expect(early?.src).toContain("/embed/ps_1?locale=is&theme=dark#");
  app.mount(place);
  await nextTick();
  expect([checkout(), frame()]).toEqual([element, early]);
  expect(element.clientSecret).toBe("pcs_1");
  expect(complaints.flatMap((spy) => spy.mock.calls)).toEqual([]);
  app.unmount();
});

test("a script that cannot be loaded is an error that the page hears, unless it has moved on", async () => {
  delete window.Borga;
  vi.resetModules();
  vi.spyOn(console, "error").mockImplementation(() => {});
  const waiting: (() => void)[] = [];
  vi.stubGlobal("setTimeout", (run: () => void) => waiting.push(run));
  const { BorgaCheckout } = await import("../src/index.js");
  const [gone, onError] = [vi.fn(), vi.fn()];
  const props = { ...SESSION, checkoutOrigin: "data:text/javascript,throw 0//" };
  const first = await page(() => h(BorgaCheckout, { ...props, onError: gone }));
  first.unmount();
  await page(() => h(BorgaCheckout, { ...props, onError }));
  const unloadable = () => onError.mock.calls.filter(([error]) => error.code === "network_error");
  await vi.waitUntil(() => {
    for (const run of waiting.splice(0)) run();
    return unloadable().length > 0;
  });
  expect(unloadable()).toMatchObject([[{ fatal: true, message: expect.stringContaining("script-src") }]]);
  expect(gone).not.toHaveBeenCalled();
});
