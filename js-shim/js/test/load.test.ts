import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Borga } from "../src/borga.js";

const borga = { version: "test" } as Borga;
const pauses: number[] = [];

beforeEach(() => {
  vi.resetModules();
  pauses.length = 0;
  vi.stubGlobal("setTimeout", (run: () => void, ms: number) => {
    pauses.push(ms);
    queueMicrotask(run);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  delete window.Borga;
});

const script = (text: string) => `data:text/javascript,${encodeURIComponent(text)}#`;
const broken = script("throw new Error('no')");

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

test("the script is loaded from the origin that the page names", async () => {
  const { loadBorga } = await import("../src/load.js");
  const origin = script("globalThis.window.Borga = { version: 'loaded' }");
  expect(await loadBorga({ checkoutOrigin: origin })).toEqual({ version: "loaded" });
});

test("a load that fails is tried again after each pause, then says where and what to do, and is forgotten", async () => {
  const { loadBorga, PAUSES_MS } = await import("../src/load.js");
  const failing = loadBorga({ checkoutOrigin: broken });
  expect(loadBorga({ checkoutOrigin: broken })).toBe(failing);
  await expect(failing).rejects.toMatchObject({
    name: "BorgaError",
    code: "network_error",
    fatal: true,
    message: expect.stringMatching(/v1\/borga\.js\?retry=2 could not be loaded\. .*script-src/),
  });
  expect(pauses).toEqual(PAUSES_MS);
  window.Borga = borga;
  expect(await loadBorga()).toBe(borga);
});

test("a load that comes through in the second try is a success", async () => {
  const { loadBorga } = await import("../src/load.js");
  vi.stubGlobal("setTimeout", (run: () => void) => {
    window.Borga = borga;
    queueMicrotask(run);
  });
  expect(await loadBorga({ checkoutOrigin: broken })).toBe(borga);
});

test("an origin with a slash behind is that origin", async () => {
  const { loadBorga } = await import("../src/load.js");
  await expect(loadBorga({ checkoutOrigin: "https://127.0.0.1:1/" })).rejects.toMatchObject({
    message: expect.stringContaining("https://127.0.0.1:1/v1/borga.js"),
  });
});

test("a script that sets nothing is an error", async () => {
  const { loadBorga } = await import("../src/load.js");
  await expect(loadBorga({ checkoutOrigin: script("") })).rejects.toMatchObject({
    code: "internal_error",
    message: expect.stringContaining("did not set window.Borga"),
  });
});
