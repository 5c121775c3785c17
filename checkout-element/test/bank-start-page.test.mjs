// The script of the page that leads to the bank, which the server puts into it.
import { beforeEach, expect, it, vi } from "vitest";
import script from "../../embed-server/src/http/challenge_start.js?raw";

const start = () => new Function("here", script)("/3ds/chl_1");
const shown = () => [...document.querySelectorAll("#page > :not([hidden])")].map(({ id }) => id);

beforeEach(() => {
  document.body.innerHTML =
    '<main id="page"><p id="going"></p><p id="moved" hidden></p><p id="failed" hidden></p><button id="again" hidden></button></main>';
});

it("goes back once the payment went on without the look", async () => {
  const way = { kind: "fingerprint", method: "POST", url: "https://bank.example/look", fields: [], limit_ms: 0 };
  vi.spyOn(HTMLFormElement.prototype, "submit").mockReturnValue(undefined);
  const replaced = vi.spyOn(location, "replace").mockReturnValue(undefined);
  const hung = () => Promise.reject(new Error("hung"));
  const answers = [() => Response.json(way), hung, () => new Response(null, { status: 409 })];
  vi.stubGlobal("fetch", vi.fn(async () => answers.shift()()));

  start();
  await vi.waitFor(() => expect(shown()).toContain("again"));
  expect(replaced).not.toHaveBeenCalled();
  document.getElementById("again").click();

  await vi.waitFor(() => expect(replaced).toHaveBeenCalledWith("/3ds/chl_1/return"));
});

it("gives up a connection that hangs, and the payer tries again", async () => {
  const patience = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
  const asked = vi.fn(
    (_path, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  vi.stubGlobal("fetch", asked);

  start();
  expect(timeout).toHaveBeenCalledWith(30_000);
  expect(shown()).toEqual(["going"]);
  patience.abort();

  await vi.waitFor(() => expect(shown()).toEqual(["failed", "again"]));
  document.getElementById("again").click();
  expect(asked).toHaveBeenCalledTimes(2);
  expect(asked.mock.calls[1][0]).toBe("/3ds/chl_1/claim");
});
