import type { BorgaCheckoutElement } from "@borga/checkout-element";
import "@borga/checkout-element/register";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { open, type OpenOptions } from "../src/checkout.js";

const SESSION = { sessionId: "ps_1", clientSecret: "pcs_1" };

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new TypeError("no network"))),
  );
  document.body.innerHTML = "<button id=buy>Buy</button><div id=place>…</div>";
});
afterEach(() => {
  document.body.replaceChildren();
});

const element = () => document.querySelector("borga-checkout") as BorgaCheckoutElement;
const dialog = () => document.querySelector("dialog") as HTMLDialogElement;
const emit = (name: string, detail: object = {}) =>
  element().dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test("the checkout replaces the content of its container", () => {
  void open({ ...SESSION, container: "#place", locale: "is", threeDs: "redirect" });
  expect(document.querySelector("#place")?.childNodes).toHaveLength(1);
  expect(element().sessionId).toBe("ps_1");
  expect(element().clientSecret).toBe("pcs_1");
  expect(element().locale).toBe("is");
  expect(element().threeDs).toBe("redirect");
});

test.each(["complete", "pending"])("it settles as %s and the element stays in its container", async (status) => {
  const outcome = open({ ...SESSION, container: document.querySelector("#place") as Element });
  emit(`borga-${status}`, { status, sessionId: "ps_1", paymentId: "pay_1" });
  expect(await outcome).toEqual({ status, sessionId: "ps_1", paymentId: "pay_1" });
  expect(element()).not.toBeNull();
});

test("it settles as canceled and the element goes", async () => {
  const outcome = open({ ...SESSION, container: "#place" });
  emit("borga-cancel", { sessionId: "ps_1", status: "canceled" });
  expect(await outcome).toEqual({ status: "canceled", sessionId: "ps_1", paymentId: null });
  expect(element()).toBeNull();
});

test("a decline neither settles nor closes it", async () => {
  const outcome = open(SESSION);
  emit("borga-error", { code: "card_declined", type: "card_error", message: "m", fatal: false });
  await settled();
  expect(dialog().open).toBe(true);
  emit("borga-complete", { status: "complete", sessionId: "ps_1", paymentId: "pay_1" });
  expect((await outcome).status).toBe("complete");
});

test("a fatal error rejects it and takes the dialog away", async () => {
  const outcome = open(SESSION);
  emit("borga-error", { code: "frame_refused", type: "invalid_request_error", message: "m", fatal: true });
  await expect(outcome).rejects.toMatchObject({ name: "BorgaError", code: "frame_refused", message: "m" });
  expect(dialog()).toBeNull();
});

const expiry = { code: "session_expired", type: "invalid_request_error", message: "m", fatal: true };

test("a session whose time is over can be followed by another in the same dialog, if the page can give one", async () => {
  const outcome = open({ ...SESSION, fetchClientSecret: async () => "pcs_2" });
  emit("borga-error", expiry);
  await settled();
  expect(dialog().open).toBe(true);
  emit("borga-cancel", { sessionId: "ps_2", status: "canceled" });
  expect(await outcome).toEqual({ status: "canceled", sessionId: "ps_2", paymentId: null });
});

test.each([
  ["ready", "canceled"],
  ["processing", "pending"],
])("a payer who leaves a renewed session while it is %s leaves that one", async (phase, status) => {
  const outcome = open({ ...SESSION, clientSecret: "pcs_1_first_mac" });
  element().clientSecret = "pcs_1_second_mac";
  vi.spyOn(element(), "cancel").mockRejectedValue(new Error("no answer"));
  emit("borga-ready");
  emit("borga-change", { phase });
  dialog().querySelector("button")?.click();
  expect(await outcome).toEqual({ status, sessionId: "ps_second", paymentId: null });
});

test("a session whose time is over ends it where the page has no other", async () => {
  const outcome = open(SESSION);
  emit("borga-error", expiry);
  await expect(outcome).rejects.toMatchObject({ code: "session_expired" });
});

test("a renewed session that the page cannot give at once keeps the dialog, and what the payer can still mend keeps the promise", async () => {
  const outcome = open({ ...SESSION, fetchClientSecret: async () => "pcs_2" });
  emit("borga-ready");
  for (const code of ["session_expired", "network_error", "invalid_client_secret"]) emit("borga-error", { ...expiry, code });
  await settled();
  expect(dialog().open).toBe(true);
  emit("borga-complete", { status: "complete", sessionId: "ps_2", paymentId: "pay_1" });
  expect((await outcome).status).toBe("complete");
});

test.each(["network_error", "invalid_client_secret"])(
  "a checkout that never began rejects with %s and leaves nothing to pay in its container",
  async (code) => {
    const outcome = open({ ...SESSION, fetchClientSecret: async () => "pcs_2", container: "#place" });
    emit("borga-error", { ...expiry, code });
    await expect(outcome).rejects.toMatchObject({ code });
    expect(element()).toBeNull();
  },
);

test("a dialog whose session is over closes, although there is nothing to cancel any more", async () => {
  const outcome = open({ ...SESSION, fetchClientSecret: async () => "pcs_2" });
  vi.spyOn(element(), "cancel").mockResolvedValue(false);
  emit("borga-ready");
  emit("borga-change", { phase: "expired" });
  emit("borga-error", expiry);
  dialog().querySelector("button")?.click();
  expect((await outcome).status).toBe("canceled");
  expect(dialog()).toBeNull();
});

test("Escape in what lies over the checkout closes that alone", async () => {
  void open(SESSION);
  const cancel = vi.spyOn(element(), "cancel");
  emit("borga-ready");
  const overlay = document.createElement("dialog");
  element().shadowRoot?.append(overlay);
  const escape = new KeyboardEvent("keydown", { key: "Escape", cancelable: true, bubbles: true, composed: true });
  overlay.dispatchEvent(escape);
  expect(escape.defaultPrevented).toBe(false);
  expect(cancel).not.toHaveBeenCalled();
});

test("a container that is not there is an error at once", async () => {
  await expect(open({ ...SESSION, container: "#nowhere" })).rejects.toMatchObject({ param: "container" });
  expect(element()).toBeNull();
});

test("a session that is missing rejects", async () => {
  await expect(open({} as OpenOptions)).rejects.toMatchObject({ code: "missing_parameter" });
});

test("without a container it is a named modal dialog with a close button", () => {
  void open({ ...SESSION, locale: "is" });
  expect(dialog().open).toBe(true);
  expect(dialog().getAttribute("aria-label")).toBe("Örugg kortagreiðsla");
  expect(dialog().querySelector("button")?.getAttribute("aria-label")).toBe("Loka");
});

test("closing before the form is there cancels", async () => {
  const outcome = open(SESSION);
  dialog().querySelector("button")?.click();
  expect((await outcome).status).toBe("canceled");
  expect(dialog()).toBeNull();
});

test("closing asks the frame, and stays when it is too late", async () => {
  const outcome = open(SESSION);
  const cancel = vi.spyOn(element(), "cancel").mockResolvedValueOnce(false).mockResolvedValueOnce(true);
  emit("borga-ready");
  emit("borga-change", { phase: "submitting" });
  dialog().querySelector("button")?.click();
  await settled();
  expect(dialog().open).toBe(true);
  const escape = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
  dialog().dispatchEvent(escape);
  expect(escape.defaultPrevented).toBe(true);
  expect((await outcome).status).toBe("canceled");
  expect(cancel).toHaveBeenCalledTimes(2);
  expect(dialog()).toBeNull();
});

test("a frame that died in the middle of a payment leaves the outcome pending", async () => {
  const outcome = open(SESSION);
  vi.spyOn(element(), "cancel").mockRejectedValue(new Error("no answer"));
  emit("borga-ready");
  emit("borga-change", { phase: "processing" });
  dialog().querySelector("button")?.click();
  expect((await outcome).status).toBe("pending");
});

test("a page that removes the element ends the promise", async () => {
  const outcome = open({ ...SESSION, container: "#place" });
  await settled();
  document.querySelector("#place")?.replaceChildren();
  expect((await outcome).status).toBe("canceled");
});

test("a page that moves the element does not end it", async () => {
  const outcome = open({ ...SESSION, container: "#place" });
  await settled();
  document.body.append(element());
  await settled();
  emit("borga-complete", { status: "complete", sessionId: "ps_1", paymentId: "pay_1" });
  expect((await outcome).status).toBe("complete");
});
