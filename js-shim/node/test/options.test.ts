import { expect, test } from "vitest";
import { Borga, type BorgaOptions, type RequestOptions } from "../src/index.js";
import { client, KEY, rejection } from "./scene/client.js";
import { standIn } from "./scene/stand-in.js";

const refused: [string, object | undefined, RegExp][] = [
  ["no options", undefined, /options/],
  ["no key", {}, /`apiKey` is missing/],
  ["an unset variable", { apiKey: undefined }, /`apiKey` is missing/],
  ["an empty key", { apiKey: "" }, /`apiKey` is missing/],
  ["a publishable key", { apiKey: KEY.replace("sk_", "pk_") }, /secret key/],
  ["a key with its line's end", { apiKey: `${KEY}\n` }, /line break/],
  ["a key with a quote of a word processor", { apiKey: `“${KEY}”` }, /never has/],
  ["a misspelt option", { apiKey: KEY, baseURL: "https://api.borga.is" }, /`baseURL`.*`baseUrl`/],
  ["no URL", { apiKey: KEY, baseUrl: "api.borga.is" }, /`baseUrl`/],
  ["another protocol", { apiKey: KEY, baseUrl: "file:///etc" }, /`baseUrl`/],
  ["a URL with a query", { apiKey: KEY, baseUrl: "https://api.borga.is?x=1" }, /`baseUrl`/],
  ["a live key in the open", { apiKey: KEY.replace("test", "live"), baseUrl: "http://api.borga.is" }, /`https:`/],
  ["no time", { apiKey: KEY, timeout: 0 }, /`timeout`/],
  ["endless time", { apiKey: KEY, timeout: Infinity }, /`timeout`/],
  ["half a retry", { apiKey: KEY, maxRetries: 0.5 }, /`maxRetries`/],
];

test.each(refused)("a client is not made with %s", (_, options, message) => {
  const make = () => new Borga(options as BorgaOptions);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(message);
  try {
    make();
  } catch (error) {
    expect(String(error)).not.toContain(KEY.slice(8));
  }
});

test.each(["http://localhost:4101", "http://127.0.0.1:4101", "http://checkout.localhost:4101", "http://[::1]:4101"])(
  "a live key may go to this machine: %s",
  (baseUrl) => void new Borga({ apiKey: KEY.replace("test", "live"), baseUrl }),
);

test.each([
  ["a misspelt idempotencyKey", { idempotency_key: "order-1" }, /`idempotency_key`.*`idempotencyKey`/],
  ["an empty idempotencyKey", { idempotencyKey: "" }, /`idempotencyKey`/],
  ["one that no header can hold", { idempotencyKey: "pöntun" }, /`idempotencyKey`/],
  ["one that begins with a space", { idempotencyKey: " order" }, /`idempotencyKey`/],
  ["one that is too long", { idempotencyKey: "x".repeat(256) }, /255/],
  ["a negative time", { timeout: -1 }, /`timeout`/],
])("a call with %s sends nothing", async (_, options, message) => {
  const api = await standIn({ body: {} });
  const error = await rejection(client(api.baseUrl).borga.payments.create({ amount: 1 }, options as RequestOptions));
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toMatch(message);
  expect(api.asked).toHaveLength(0);
});
