import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Borga } from "../src/borga.js";

const borga = { version: "test" } as Borga;

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  delete window.Borga;
});

const script = (text: string) => `data:text/javascript,${encodeURIComponent(text)}#`;

test("a script that is there already is taken as it is", async () => {
  window.Borga = borga;
  const { loadBorga } = await import("../src/load.js");
  expect(await loadBorga()).toBe(borga);
});

test("two calls share one promise", async () => {
  window.Borga = borga;
  const { loadBorga } = await import("../src/load.js");
  expect(loadBorga()).toBe(loadBorga());
});

test("a script that sets nothing is an error, and the next call tries again", async () => {
  const { loadBorga } = await import("../src/load.js");
  await expect(loadBorga({ checkoutOrigin: script("") })).rejects.toThrow("did not set window.Borga");
  window.Borga = borga;
  expect(await loadBorga()).toBe(borga);
});
