import { expect, test } from "vitest";

test("a failed load is an error of the network and does not spoil the next call", async () => {
  // There is no network here, so no file can be had.
  await import("../src/global.js");
  const calls = [1, 2].map(() => window.Borga?.checkout.open({ sessionId: "ps_1", clientSecret: "pcs_1" }));
  for (const call of calls) await expect(call).rejects.toMatchObject({ name: "BorgaError", code: "network_error" });
});
