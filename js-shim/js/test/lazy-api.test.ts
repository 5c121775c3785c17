import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  document.body.replaceChildren();
});

/** borga.js on a page of its own, without a network. */
async function page(html: string): Promise<void> {
  document.body.innerHTML = html;
  delete window.Borga;
  vi.resetModules();
  await import("../src/global.js");
}

test("a failed load is an error of the network and does not spoil the next call", async () => {
  await page("<borga-checkout></borga-checkout>");
  const calls = [1, 2].map(() => window.Borga?.checkout.open({ sessionId: "ps_1", clientSecret: "pcs_1" }));
  for (const call of calls) await expect(call).rejects.toMatchObject({ name: "BorgaError", code: "network_error" });
});

test("a page without an element loads it ahead, and a failure of that is nobody's error", async () => {
  await page("");
  // The one that nobody waits for has failed by then; the test runner would tell.
  await expect(window.Borga?.sessions.create({ publishableKey: "pk_1", amount: 1 })).rejects.toThrow();
});
