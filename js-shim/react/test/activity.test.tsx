// React 18 has no `<Activity>`.
import type { Borga } from "@borga/js";
import { Activity } from "react";
import { expect, test, vi } from "vitest";
import { BorgaCheckout } from "../src/index.js";
import { checkout, emit, page } from "./scene.js";

const SESSION = { sessionId: "ps_1", clientSecret: "pcs_1" };

test("what ends while React hides it is told, once", async () => {
  window.Borga = { version: "test" } as Borga;
  const onComplete = vi.fn();
  const at = (mode: "hidden" | "visible") => (
    <Activity mode={mode}>
      <BorgaCheckout {...SESSION} onComplete={onComplete} />
    </Activity>
  );
  const { render } = await page(at("visible"));
  const element = checkout();
  await render(at("hidden"));
  emit("borga-complete", { paymentId: "pay_1" });
  expect(onComplete).toHaveBeenCalledExactlyOnceWith({ paymentId: "pay_1" });
  await render(at("visible"));
  emit("borga-complete", { paymentId: "pay_2" });
  expect(onComplete).toHaveBeenCalledTimes(2);
  await render(<></>);
  element.dispatchEvent(new CustomEvent("borga-complete", { detail: {} }));
  expect(onComplete).toHaveBeenCalledTimes(2);
});
