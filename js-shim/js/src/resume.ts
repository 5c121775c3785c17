/**
 * How a payment stands that the payer left the page for. It is for showing: what a shop delivers on, its server asks for.
 */

import { BorgaError, DEFAULT_CHECKOUT_ORIGIN, badOrigin, exactOrigin, noticed, randomId } from "@borga/checkout-element";
import type { ErrorCode, WayBack } from "@borga/checkout-element";

/** How to ask. */
export interface ResumeOptions {
  /** The API's origin when it is not the default one. */
  apiOrigin?: string | undefined;
  /** How long to wait for an outcome that is not known yet, in milliseconds; half a minute when absent. */
  waitMs?: number | undefined;
}

/** How it stands. */
export interface ResumeResult {
  /** `failed`: the payer may try again in the same session, unless `code` is `session_expired`. `pending`: not known yet. */
  readonly status: "complete" | "failed" | "canceled" | "pending";
  readonly sessionId: string;
  readonly paymentId: string;
  /** Why it failed or was cancelled. */
  readonly code: ErrorCode | null;
}

const WAIT_MS = 30_000;
const PAUSE_MS = 1_000;
/** How long one question waits for its answer. */
const ANSWER_WITHIN_MS = 10_000;
/** What asking again can mend. */
const PASSING: readonly string[] = ["network_error", "try_again", "rate_limited", "internal_error"];
/** This page, to the server: a token answers nobody else. */
const redeemer = randomId();

/** Asks until it is known, or the time is over. Rejects with a {@link BorgaError} when the token is of no use any more. */
export async function resume({ token }: WayBack, { apiOrigin, waitMs = WAIT_MS }: ResumeOptions = {}): Promise<ResumeResult> {
  const origin = exactOrigin(apiOrigin ?? DEFAULT_CHECKOUT_ORIGIN);
  if (!origin) throw new BorgaError(badOrigin("apiOrigin"), "apiOrigin");
  const until = Date.now() + waitMs;
  for (;;) {
    const result = await ask(origin, token).catch((error: unknown) => {
      // A network or a server that comes back within the time is no failure.
      if (error instanceof BorgaError && PASSING.includes(error.code) && Date.now() < until) return null;
      throw error;
    });
    if (result && (result.status !== "pending" || Date.now() >= until)) return result;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function ask(origin: string, token: string): Promise<ResumeResult> {
  const response = await fetch(`${origin}/public/resume`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, redeemer }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => {
    throw new BorgaError(noticed("network_error", `${origin} could not be reached. Allow it in this page's connect-src.`));
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok || !answer) {
    const { code = "internal_error", message, type = "api_error" } = answer?.error ?? {};
    throw new BorgaError(noticed(code, message ?? `HTTP status ${response.status}`, type));
  }
  const { status, session_id, payment_id, code } = answer;
  return { status, sessionId: session_id, paymentId: payment_id, code };
}
