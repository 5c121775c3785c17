import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resume } from "../src/resume.js";

const BACK = { sessionId: "ps_1", token: "rsm_1" };
const told = (status: string, code: string | null = null): Response =>
  Response.json({ session_id: "ps_1", payment_id: "pay_1", status, code });
const refused = (): Response =>
  Response.json({ error: { code: "invalid_resume_token", message: "Used.", type: "invalid_request_error" } }, { status: 410 });

describe("how a payment stands after a redirect", () => {
  const fetch = vi.fn<typeof globalThis.fetch>();

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", fetch);
    fetch.mockReset();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is told at once when it is known", async () => {
    fetch.mockResolvedValue(told("failed", "authentication_failed"));

    await expect(resume(BACK)).resolves.toEqual({
      status: "failed",
      sessionId: "ps_1",
      paymentId: "pay_1",
      code: "authentication_failed",
    });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("https://checkout.borga.is/public/resume");
    expect(init?.credentials).toBe("omit");
    expect(JSON.parse(String(init?.body))).toEqual({ token: "rsm_1", redeemer: expect.stringMatching(/^.{20,64}$/) });
  });

  it("is asked again as the same page until it is known, also without a network", async () => {
    fetch
      .mockResolvedValueOnce(told("pending"))
      .mockRejectedValueOnce(new TypeError("no network"))
      .mockResolvedValueOnce(told("complete"));

    const result = resume(BACK);
    await vi.runAllTimersAsync();

    await expect(result).resolves.toMatchObject({ status: "complete" });
    const redeemers = fetch.mock.calls.map(([, init]) => JSON.parse(String(init?.body)).redeemer);
    expect(new Set(redeemers).size).toBe(1);
  });

  it.each([
    ["try_again", 503],
    ["rate_limited", 429],
    ["internal_error", 500],
  ])("is asked again after %s, and told the error when the time is over", async (code, status) => {
    const error = { code, message: "Later.", type: "api_error" };
    fetch.mockImplementation(async () => Response.json({ error }, { status }));
    const late = resume(BACK, { waitMs: 5_000 });
    await Promise.all([expect(late).rejects.toMatchObject({ code }), vi.runAllTimersAsync()]);
    expect(fetch.mock.calls.length).toBeGreaterThan(3);

    fetch.mockImplementationOnce(async () => Response.json({ error }, { status })).mockResolvedValue(told("complete"));
    const result = resume(BACK);
    await vi.runAllTimersAsync();
    await expect(result).resolves.toMatchObject({ status: "complete" });
  });

  it("does not wait for ever for one answer", async () => {
    fetch.mockResolvedValue(told("complete"));
    await resume(BACK);
    expect(fetch.mock.calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal);
  });

  it("stays pending when the time is over", async () => {
    fetch.mockImplementation(async () => told("pending"));

    const result = resume(BACK, { waitMs: 5_000 });
    await vi.runAllTimersAsync();

    await expect(result).resolves.toMatchObject({ status: "pending" });
    expect(fetch.mock.calls.length).toBeGreaterThan(3);
  });

  it("is an error with the server's code when the token is of no use any more", async () => {
    fetch.mockResolvedValue(refused());

    await expect(resume(BACK)).rejects.toMatchObject({ name: "BorgaError", code: "invalid_resume_token", message: "Used." });
    await expect(resume(BACK, { apiOrigin: "http://elsewhere.example" })).rejects.toMatchObject({ param: "apiOrigin" });
  });
});
