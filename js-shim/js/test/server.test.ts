// @vitest-environment node

import { expect, test } from "vitest";

test("importing on a server does nothing and loading resolves with null", async () => {
  const before = Object.keys(globalThis);
  const { loadBorga } = await import("../src/index.js");
  expect(await loadBorga()).toBeNull();
  expect(Object.keys(globalThis)).toEqual(before);
});

test("the element can be imported and registered on a server", async () => {
  await import("@borga/checkout-element/register");
  const { BorgaCheckoutElement } = await import("@borga/checkout-element");
  expect(BorgaCheckoutElement).toBeTypeOf("function");
});
