// Loaded beforehand: a file that is loaded while timers are false ones never comes.
import "../src/explained.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BorgaCheckoutElement } from "../src/index.js";
import "../src/register.js";
import { greet, iframeOf, mount, mountReady, next, record, settled } from "./fake-frame.js";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("no network"))));
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const slot = (element: BorgaCheckoutElement, name: string) =>
  element.shadowRoot?.querySelector(`slot[name=${name}]`) as HTMLSlotElement;

test("the loading text is there until the frame is, also when the frame comes late or anew", async () => {
  const element = await mount();
  expect(slot(element, "loading").hidden).toBe(false);
  greet(element);
  expect(slot(element, "loading").hidden).toBe(true);
  element.sessionId = "ps_2";
  await settled();
  expect(slot(element, "loading").hidden).toBe(false);
});

test("the error text is there only when the form cannot be, and then the loading text is not", async () => {
  vi.useFakeTimers();
  const element = await mount();
  expect(slot(element, "error").hidden).toBe(true);
  await vi.advanceTimersByTimeAsync(25_000);
  expect([slot(element, "error").hidden, slot(element, "loading").hidden]).toEqual([false, true]);
  expect(slot(element, "error").textContent).toContain("(frame_timeout)");
  element.remove();
  document.body.append(element);
  await settled();
  expect([slot(element, "error").hidden, slot(element, "loading").hidden]).toEqual([true, false]);
});

test("a page can style the frame, the loading text and the error", async () => {
  const element = await mount();
  const parts = [...(element.shadowRoot as ShadowRoot).querySelectorAll("*")].map((it) => String(it.part ?? ""));
  expect(parts.filter(Boolean)).toEqual(["error", "loading", "frame"]);
});

test("an element that stood in the page before its definition is taken over, with attributes and properties", async () => {
  document.body.innerHTML = '<borga-late session-id="ps_9" locale="is"></borga-late>';
  const element = document.querySelector("borga-late") as BorgaCheckoutElement;
  element.clientSecret = "pcs_9";
  customElements.define("borga-late", class extends BorgaCheckoutElement {});
  customElements.upgrade(document.body);
  await settled();
  const upgraded = document.querySelector("borga-late") as BorgaCheckoutElement;
  expect(iframeOf(upgraded)?.src).toContain("/embed/ps_9?locale=is");
  expect(upgraded.clientSecret).toBe("pcs_9");
  expect(upgraded.outerHTML).not.toContain("pcs_9");
});

test("while the page still loads, what is missing may still come", async () => {
  const state = vi.spyOn(document, "readyState", "get").mockReturnValue("interactive");
  vi.useFakeTimers();
  const element = await mount({ clientSecret: null });
  const errors = record(element, "borga-error");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(errors).toEqual([]);
  state.mockReturnValue("complete");
  window.dispatchEvent(new Event("load"));
  await vi.advanceTimersByTimeAsync(0);
  expect(errors.map(({ detail }) => detail.code)).toEqual(["missing_parameter"]);
});

test.each(["shadow root", "dialog", "form"])("it works in a %s", async (kind) => {
  const { element, frame } = await mountReady();
  element.remove();
  const host = document.body.appendChild(document.createElement(kind === "shadow root" ? "div" : kind));
  const place = kind === "shadow root" ? host.attachShadow({ mode: "open" }) : host;
  place.append(element);
  await settled();
  const again = greet(element);
  again.tell("frame.ready", { test_mode: true });
  await next(element, "borga-ready");
  expect(frame.port).not.toBe(again.port);
  const heard = next(document.body, "borga-complete");
  again.tell("payment.completed", { session_id: "ps_1", payment_id: "pay_1" });
  expect((await heard).detail.paymentId).toBe("pay_1");
  if (host instanceof HTMLFormElement) expect([...new FormData(host)]).toEqual([]);
});

test("many on one page are apart: each has its session, its frame and its events", async () => {
  const sessions = Array.from({ length: 20 }, (_, turn) => `ps_${turn}`);
  const all = await Promise.all(sessions.map((sessionId) => mountReady({ sessionId })));
  await Promise.all(all.map(({ element }) => next(element, "borga-ready")));
  const ends = all.map(({ element }) => record(element, "borga-complete"));
  const [, second] = all;
  const heard = next((second as (typeof all)[0]).element, "borga-complete");
  second?.frame.tell("payment.completed", { session_id: "ps_1", payment_id: "pay_1" });
  await heard;
  expect(ends.map(({ length }) => length)).toEqual(sessions.map((_, turn) => (turn === 1 ? 1 : 0)));
  expect(new Set(all.map(({ element }) => iframeOf(element)?.src)).size).toBe(20);
});
