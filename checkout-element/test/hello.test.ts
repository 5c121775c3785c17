import { expect, test, vi } from "vitest";
import { randomId, readHello } from "../src/hello.js";

const source = {} as Window;
const expected = { origin: "https://checkout.example", source, instance: "i1" };
const hello = { borga: "hello", instance: "i1", nonce: "n1", versions: [1, 2], build: "b" };
const event = { origin: expected.origin, source, data: hello };

test("a hello that matches exactly is read", () => {
  expect(readHello(event, expected)).toEqual(hello);
});

test.each([
  ["another origin", { ...event, origin: "https://evil.example" }],
  ["the origin with something before it", { ...event, origin: "https://evil.example?https://checkout.example" }],
  ["another window", { ...event, source: {} as Window }],
  ["no window", { ...event, source: null }],
  ["another instance", { ...event, data: { ...hello, instance: "i2" } }],
  ["another kind of message", { ...event, data: { ...hello, borga: "connect" } }],
  ["no nonce", { ...event, data: { ...hello, nonce: undefined } }],
  ["no version that we speak", { ...event, data: { ...hello, versions: [2] } }],
  ["versions that are no list", { ...event, data: { ...hello, versions: "1" } }],
  ["text", { ...event, data: "hello" }],
  ["nothing", { ...event, data: null }],
])("a hello with %s is ignored", (_, forged) => {
  expect(readHello(forged, expected)).toBeNull();
});

test("a frame that makes its own instance id is known by its window alone", () => {
  const own = { ...expected, instance: null };
  expect(readHello({ ...event, data: { ...hello, instance: "i2" } }, own)?.instance).toBe("i2");
  expect(readHello({ ...event, data: { ...hello, instance: undefined } }, own)).toBeNull();
  expect(readHello({ ...event, source: {} as Window }, own)).toBeNull();
});

test("a frame that is gone matches no message", () => {
  expect(readHello({ ...event, source: null }, { ...expected, source: null })).toBeNull();
});

test("an instance id is 128 random bits, fit for a fragment, and never the same", () => {
  const filled = vi.spyOn(crypto, "getRandomValues");
  expect(randomId()).toMatch(/^\d+$/);
  expect(filled.mock.calls[0]?.[0]?.byteLength).toBe(16);
  expect(randomId()).not.toBe(randomId());
});
