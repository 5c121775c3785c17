/** The element as React 19 pages write it, without the component: what custom-elements-everywhere.com expects. */

import type {} from "@borga/checkout-element/react";
import type { Appearance, BorgaEventMap, FetchClientSecret } from "@borga/checkout-element";
import { createElement, createRef } from "react";
import { beforeEach, expect, test, vi } from "vitest";
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
  await page(<borga-checkout {...SESSION} />);
  expect(checkout().childNodes).toHaveLength(0);
  expect(frame()).not.toBeNull();
});

test("it shows with children, and children that change", async () => {
  const { render } = await page(<borga-checkout {...SESSION}><p>one</p></borga-checkout>);
  const first = frame();
  await render(<borga-checkout {...SESSION}><p>two</p></borga-checkout>);
  expect(checkout().textContent).toBe("two");
  expect(frame()).toBe(first);
});

test("it can be hidden and shown", async () => {
  const { render } = await page(<div><borga-checkout {...SESSION} /></div>);
  await render(<div />);
  expect(document.querySelector("borga-checkout")).toBeNull();
  await render(<div><borga-checkout {...SESSION} /></div>);
  expect(frame()).not.toBeNull();
});

test.each(attributes)("$attribute is set", async ({ attribute, property: name, value }) => {
  await page(createElement("borga-checkout", { ...SESSION, [attribute]: value }));
  expect(property(name)).toBe(value);
});

test.each(attributes)("$attribute changes", async ({ attribute, property: name, value }) => {
  const { render } = await page(createElement("borga-checkout", { ...SESSION, [attribute]: `${value}0` }));
  await render(createElement("borga-checkout", { ...SESSION, [attribute]: value }));
  expect(property(name)).toBe(value);
});

test("an attribute that goes away is gone", async () => {
  const { render } = await page(<borga-checkout {...SESSION} locale="is" />);
  await render(<borga-checkout {...SESSION} />);
  expect(checkout().hasAttribute("locale")).toBe(false);
});

test("a function is a property", async () => {
  const fetchClientSecret: FetchClientSecret = async () => "pcs_1";
  await page(createElement("borga-checkout", { "session-id": "ps_1", fetchClientSecret }));
  expect(checkout().fetchClientSecret).toBe(fetchClientSecret);
});

test("a camelCase name is the property, not an attribute beside it", async () => {
  await page(createElement("borga-checkout", { sessionId: "ps_3", clientSecret: "pcs_3" }));
  expect(frame()?.src).toContain("/embed/ps_3");
  expect(checkout().getAttributeNames()).toEqual(["session-id"]);
});

test.each(names)("%s is heard by a prop", async (name) => {
  const heard = vi.fn();
  await page(createElement("borga-checkout", { ...SESSION, [`on${name}`]: heard }));
  emit(name, { sessionId: "ps_1" });
  expect(heard.mock.calls.map(([event]) => event.detail)).toEqual([{ sessionId: "ps_1" }]);
});

test("events are heard by a reference", async () => {
  const ref = createRef<BorgaCheckoutElement>();
  const heard = vi.fn();
  await page(<borga-checkout {...SESSION} ref={ref} />);
  for (const name of names) ref.current?.addEventListener(name, heard);
  for (const name of names) emit(name);
  expect(heard.mock.calls.map(([event]) => event.type)).toEqual(names);
});

test("a prop that is new at every rendering is called once, the newest", async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const { render } = await page(<borga-checkout {...SESSION} onborga-complete={first} />);
  const before = frame();
  await render(<borga-checkout {...SESSION} onborga-complete={second} />);
  emit("borga-complete");
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  expect(frame()).toBe(before);
});

test("an object is a property", async () => {
  const appearance: Appearance = { radius: 12 };
  await page(createElement("borga-checkout", { ...SESSION, appearance }));
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
  await page(createElement("borga-checkout", { ...SESSION, [`on${name}`]: heard }));
  emit(name);
  expect(heard).toHaveBeenCalledOnce();
});
