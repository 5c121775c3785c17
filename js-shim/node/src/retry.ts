import { BorgaConnectionError, type BorgaError } from "./errors.js";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
/** Who is told to wait for longer gets the error, and decides. */
export const LONGEST_RETRY_AFTER_S = 60;

const STATUSES = [429, 500, 502, 503, 504];

/** Whether the same request may succeed when it is sent again, and can do nothing twice. */
export function isWorthRepeating(error: BorgaError): boolean {
  return (
    error instanceof BorgaConnectionError ||
    error.code === "idempotency_key_in_use" ||
    (error.status !== null && STATUSES.includes(error.status))
  );
}

/**
 * Milliseconds before the next try: doubled each time, spread so that many clients do not come back together, and
 * never less than the API asks for. `undefined` when it asks for more than anybody would wait in a request.
 */
export function pauseBefore(retry: number, retryAfter: number | null, random: number): number | undefined {
  if (retryAfter !== null && retryAfter > LONGEST_RETRY_AFTER_S) return undefined;
  const backOff = Math.min(FIRST_DELAY_MS * 2 ** (retry - 1), LONGEST_DELAY_MS);
  const asked = (retryAfter ?? 0) * 1000;
  return asked + Math.round((asked > 0 ? FIRST_DELAY_MS : backOff) * (0.5 + random / 2));
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds that a `Retry-After` header asks for, which has them as a number or as a date; `null` when it has neither. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  if (!HTTP_DATE.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1000));
}
