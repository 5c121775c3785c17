import { expect, test, vi } from "vitest";

test("two copies on one page make one Borga and one element", async () => {
  await import("../src/global.js");
  const { Borga } = window;
  const element = customElements.get("borga-checkout");
  vi.resetModules();
  await import("../src/global.js");
  expect(window.Borga).toBe(Borga);
  expect(customElements.get("borga-checkout")).toBe(element);
  expect(Borga?.version).toMatch(/^\d+\.\d+\.\d+$/);
});
