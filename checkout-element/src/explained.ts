/**
 * What developers are told when there is no form: what the page has left out, or why the browser has refused the frame. A
 * file of its own, because pages that are right never need it.
 */

import { within } from "./deferred.js";
import type { ErrorCode, ErrorType } from "./generated/protocol.js";
import type { FrameFailure } from "./load-watch.js";
import { exactOrigin } from "./origin.js";
import { badOrigin, noticed, type BorgaErrorDetail } from "./problem.js";

/** How long the server's answer is worth waiting for. */
export const DIAGNOSIS_WITHIN_MS = 3_000;

/** What the server says of a session that a page may not show. */
export interface Diagnosis {
  /** What is wrong; `null` when the server sees nothing. */
  readonly code: ErrorCode | null;
  /** Who has to act. */
  readonly type: ErrorType;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What the page has given to its element. */
export interface Given {
  readonly checkoutOrigin: string;
  readonly sessionId: string | null;
}

/** What keeps the element from having a frame at all. */
export function missing({ checkoutOrigin, sessionId }: Given): BorgaErrorDetail {
  if (!exactOrigin(checkoutOrigin)) return badOrigin("checkout-origin");
  const what = sessionId
    ? "client-secret to the session's client_secret, or fetchClientSecret"
    : "session-id to the payment session's id";
  return noticed("missing_parameter", `Set ${what}.`);
}

/** Why the frame did not come, as far as the server can say; its failure to answer is no error. */
export async function absent(
  why: FrameFailure,
  checkoutOrigin: string,
  sessionId: string,
  signal: AbortSignal,
): Promise<BorgaErrorDetail> {
  const ask = async (): Promise<Diagnosis> => {
    const url = `${checkoutOrigin}/public/diagnose?session=${encodeURIComponent(sessionId)}`;
    const response = await fetch(url, { credentials: "omit", signal });
    return (await response.json()) as Diagnosis;
  };
  const found = await within(ask(), DIAGNOSIS_WITHIN_MS, Error).catch(() => null);
  const { code, message, type } = found?.code && found.message ? noticed(found.code, found.message, found.type) : noticed(why);
  const remedy = `The session's origin must be ${location.origin}, and this page's frame-src must allow ${checkoutOrigin}.`;
  return noticed(code, `${message} ${remedy}`, type);
}
