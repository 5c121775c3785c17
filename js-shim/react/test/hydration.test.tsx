import type { Borga } from "@borga/js";
import { act } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { BorgaCheckout } from "../src/index.js";
import { checkout, frame, newPlace } from "./scene.js";

test("a frame that started from the server's HTML is the one that React takes over", async () => {
  window.Borga = { version: "test" } as Borga;
  const app = <BorgaCheckout sessionId="ps_1" clientSecret="pcs_1" locale="is" theme="dark" />;
  const place = newPlace();
  place.innerHTML = renderToString(app);
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  await Promise.resolve();
  const [element, early] = [checkout(), frame()];
  expect(early?.src).toContain("/embed/ps_1?locale=is&theme=dark#");

  const root = await act(async () => hydrateRoot(place, app));
  onTestFinished(() => act(async () => root.unmount()));
  expect([checkout(), frame()]).toEqual([element, early]);
  expect(element.clientSecret).toBe("pcs_1");
  expect(complaints.mock.calls).toEqual([]);
});
