/**
 * Asks the server why the browser refused the frame. The answer is a bonus: no failure of the question is an error.
 */

import { within } from "./deferred.js";
import { PAGE_ERRORS } from "./generated/protocol.js";

/** How long an answer is worth waiting for. */
export const DIAGNOSIS_WITHIN_MS = 3_000;

/** The code of the reason, or `null` when the server does not know or cannot be asked. */
export async function diagnose(checkoutOrigin: string, sessionId: string, signal: AbortSignal): Promise<string | null> {
  const ask = async (): Promise<string | null> => {
    const url = `${checkoutOrigin}/public/diagnose?session=${encodeURIComponent(sessionId)}`;
    const response = await fetch(url, { credentials: "omit", signal });
    const { code } = (await response.json()) as { code: string | null };
    return code && code in PAGE_ERRORS ? code : null;
  };
  return within(ask(), DIAGNOSIS_WITHIN_MS, Error).catch(() => null);
}
