import { afterEach, expect, test, vi } from "vitest";
import "../src/register.js";
import { iframeOf, mount, record } from "./fake-frame.js";

const EXPLAINED = "../src/explained.js";

afterEach(() => {
  vi.useRealTimers();
  vi.doUnmock(EXPLAINED);
  vi.resetModules();
  document.body.replaceChildren();
});

test.each([
  ["cannot be loaded", () => Promise.reject(new TypeError())],
  ["does not come", () => new Promise<never>(() => {})],
])("a frame that was refused is told in short where the explanation %s", async (_, file) => {
  vi.doMock(EXPLAINED, file);
  vi.spyOn(console, "error").mockReturnValue();
  const asked = vi.spyOn(globalThis, "fetch");
  const element = await mount();
  const errors = record(element, "borga-error");
  vi.useFakeTimers();
  for (let round = 0; round < 2; round += 1) {
    iframeOf(element)?.dispatchEvent(new Event("load"));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(errors.map((event) => event.detail)).toMatchObject([{ code: "frame_refused", fatal: true }]);
  expect(element.shadowRoot?.querySelector("[role=alert]")?.textContent).toContain("(frame_refused)");
  expect(asked).not.toHaveBeenCalled();
});

test("a call on an element that was given what it lacked meanwhile goes on, and one that left is aborted", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  const lacking = await mount({ sessionId: null, clientSecret: null });
  const submitted = lacking.submit();
  lacking.remove();
  await expect(submitted).rejects.toMatchObject({ name: "AbortError" });

  document.body.append(lacking);
  const again = lacking.submit();
  Object.assign(lacking, { sessionId: "ps_1", clientSecret: "pcs_1" });
  await vi.waitUntil(() => iframeOf(lacking));
  lacking.remove();
  await expect(again).rejects.toMatchObject({ name: "AbortError" });
});
