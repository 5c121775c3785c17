import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../src/register.js";
import { CHECKOUT, mountReady } from "./fake-frame.js";

const url = `${CHECKOUT}/3ds/chl_1?n=x`;

beforeEach(() => {
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("no network"))));
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const laid = (element: HTMLElement): HTMLElement | null =>
  (element.shadowRoot as ShadowRoot).querySelector("[part=challenge]");

test("without a size the bank looks at the browser in a frame that nobody sees, until it is dismissed", async () => {
  const { element, frame } = await mountReady();
  expect((await frame.ask("challenge.present", { url })).result).toEqual({ shown: true });
  const hidden = laid(element) as HTMLIFrameElement;
  expect([hidden.tagName, hidden.src, hidden.style.display]).toEqual(["IFRAME", url, "none"]);
  frame.tell("challenge.dismiss");
  await vi.waitUntil(() => laid(element) === null);
});

test("a challenge takes the place of the look", async () => {
  const { element, frame } = await mountReady();
  await frame.ask("challenge.present", { url });
  await frame.ask("challenge.present", { url, size: "02" });
  expect((element.shadowRoot as ShadowRoot).querySelectorAll("[part=challenge]").length).toBe(1);
  expect(laid(element)?.tagName).toBe("DIALOG");
});

test("the focus comes back from the bank's page, but not to take a payer away who closed it", async () => {
  for (const closes of [false, true]) {
    const { element, frame } = await mountReady();
    const button = document.body.appendChild(document.createElement("button"));
    const other = document.body.appendChild(document.createElement("button"));
    button.focus();
    await frame.ask("challenge.present", { url, size: "02" });
    other.focus();
    if (closes) (laid(element) as HTMLDialogElement).close();
    frame.tell("challenge.dismiss");
    await vi.waitUntil(() => laid(element) === null);
    await frame.ask("host.return_url");
    expect(document.activeElement).toBe(closes ? other : button);
    document.body.replaceChildren();
  }
});

test.each([undefined, "02"])("an isolated page shows nothing of a bank (size %s)", async (size) => {
  vi.stubGlobal("crossOriginIsolated", true);
  const { element, frame } = await mountReady();
  expect((await frame.ask("challenge.present", { url, size })).result).toEqual({ shown: false });
  expect(laid(element)).toBeNull();
});

test.each(["https://evil.example/3ds/x", `${CHECKOUT}/elsewhere`])("%s is not shown", async (elsewhere) => {
  const { element, frame } = await mountReady();
  expect((await frame.ask("challenge.present", { url: elsewhere })).result).toEqual({ shown: false });
  expect(laid(element)).toBeNull();
});

test("a page that stands in a frame goes nowhere", async () => {
  const { frame } = await mountReady();
  const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
  vi.stubGlobal("top", {});
  expect((await frame.ask("navigate.request", { url })).result).toEqual({ accepted: false });
  await frame.ask("host.return_url");
  expect(assign).not.toHaveBeenCalled();
});
