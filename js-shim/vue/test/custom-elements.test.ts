/** The element as Vue pages write it, without the component: what custom-elements-everywhere.com expects. */

import type { Appearance, BorgaEventMap, FetchClientSecret } from "@borga/checkout-element";
import { beforeEach, expect, test, vi } from "vitest";
import { h, ref } from "vue";
import manifest from "../../../checkout-element/custom-elements.json?raw";
import type { BorgaCheckoutElement } from "../src/index.js";
import { checkout, emit, frame, page } from "./scene.js";

const SESSION = { "session-id": "ps_1", "client-secret": "pcs_1" };
const ATTRIBUTES = {
  "session-id": ["sessionId", "ps_7"],
  "client-secret": ["clientSecret", "pcs_7"],
  locale: ["locale", "is"],
  theme: ["theme", "dark"],
  "three-ds": ["threeDs", "redirect"],
  "checkout-origin": ["checkoutOrigin", "https://checkout.example"],
} as const;
const EVENTS: Record<keyof BorgaEventMap, true> = {
  "borga-ready": true,
  "borga-change": true,
  "borga-resize": true,
  "borga-processing": true,
  "borga-challenge": true,
  "borga-complete": true,
  "borga-cancel": true,
  "borga-pending": true,
  "borga-error": true,
};
const attributes = Object.entries(ATTRIBUTES).map(([attribute, [property, value]]) => ({ attribute, property, value }));
const names = Object.keys(EVENTS) as (keyof BorgaEventMap)[];
const property = (name: string) => checkout()[name as keyof BorgaCheckoutElement];

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

test("it shows without children, with its shadow tree", async () => {
  await page(() => h("borga-checkout", SESSION));
  expect(checkout().childNodes).toHaveLength(0);
  expect(frame()).not.toBeNull();
});

test("it shows with children, and children that change", async () => {
  const { render } = await page(() => h("borga-checkout", SESSION, [h("p", "one")]));
  const first = frame();
  await render(() => h("borga-checkout", SESSION, [h("p", "two")]));
  expect(checkout().textContent).toBe("two");
  expect(frame()).toBe(first);
});

test("it can be hidden and shown", async () => {
  const { render } = await page(() => h("div", [h("borga-checkout", SESSION)]));
  await render(() => h("div"));
  expect(document.querySelector("borga-checkout")).toBeNull();
  await render(() => h("div", [h("borga-checkout", SESSION)]));
  expect(frame()).not.toBeNull();
});

test.each(attributes)("$attribute is set", async ({ attribute, property: name, value }) => {
  await page(() => h("borga-checkout", { ...SESSION, [attribute]: value }));
  expect(property(name)).toBe(value);
});

test.each(attributes)("$attribute changes", async ({ attribute, property: name, value }) => {
  const { render } = await page(() => h("borga-checkout", { ...SESSION, [attribute]: `${value}0` }));
  await render(() => h("borga-checkout", { ...SESSION, [attribute]: value }));
  expect(property(name)).toBe(value);
});

test("an attribute that goes away is gone", async () => {
  const { render } = await page(() => h("borga-checkout", { ...SESSION, locale: "is" }));
  await render(() => h("borga-checkout", SESSION));
  expect(checkout().hasAttribute("locale")).toBe(false);
});

test("a function is a property", async () => {
  const fetchClientSecret: FetchClientSecret = async () => "pcs_1";
  await page(() => h("borga-checkout", { "session-id": "ps_1", fetchClientSecret }));
  expect(checkout().fetchClientSecret).toBe(fetchClientSecret);
});

test("a camelCase name is the property, not an attribute beside it", async () => {
  await page(() => h("borga-checkout", { sessionId: "ps_3", clientSecret: "pcs_3" }));
  expect(frame()?.src).toContain("/embed/ps_3");
  expect(checkout().getAttributeNames()).toEqual(["session-id"]);
});

test.each(names)("%s is heard by a handler", async (name) => {
  const heard = vi.fn();
  await page(() => h("borga-checkout", { ...SESSION, [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`]: heard }));
  emit(name, { sessionId: "ps_1" });
  expect(heard.mock.calls.map(([event]) => event.detail)).toEqual([{ sessionId: "ps_1" }]);
});

test("events are heard by a reference", async () => {
  const element = ref<BorgaCheckoutElement>();
  const heard = vi.fn();
  await page(() => h("borga-checkout", { ...SESSION, ref: element }));
  for (const name of names) element.value?.addEventListener(name, heard);
  for (const name of names) emit(name);
  expect(heard.mock.calls.map(([event]) => event.type)).toEqual(names);
});

test("a handler that is new at every rendering is called once, the newest", async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const { render } = await page(() => h("borga-checkout", { ...SESSION, "onBorga-complete": first }));
  const before = frame();
  await render(() => h("borga-checkout", { ...SESSION, "onBorga-complete": second }));
  emit("borga-complete");
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  expect(frame()).toBe(before);
});

test("an object is a property", async () => {
  const appearance: Appearance = { radius: 12 };
  await page(() => h("borga-checkout", { ...SESSION, appearance }));
  expect(checkout().appearance).toEqual(appearance);
});

test("nothing that it takes is a boolean, a number or a list, of which is expected that they arrive as such", () => {
  const members: { kind: string; readonly?: boolean; type?: { text: string } }[] = JSON.parse(manifest).modules.flatMap(
    (module: { declarations?: { members?: object[] }[] }) => module.declarations?.flatMap(({ members }) => members ?? []),
  );
  const taken = members.filter(({ kind, readonly }) => kind === "field" && !readonly).map(({ type }) => type?.text);
  expect(taken).toContain("Appearance");
  expect(taken.filter((type) => /\b(boolean|number)\b|\[\]|Array/.test(type ?? ""))).toEqual([]);
});

// It emits none of these itself; a page may have them bubble through it.
test.each(["lowercaseevent", "kebab-event", "camelEvent", "CAPSevent", "PascalEvent"])("%s is heard", async (name) => {
  const heard = vi.fn();
  await page(() => h("borga-checkout", { ...SESSION, [`on:${name}`]: heard }));
  emit(name);
  expect(heard).toHaveBeenCalledOnce();
});
