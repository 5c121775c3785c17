import { createHmac, timingSafeEqual } from "node:crypto";
import { isUint8Array } from "node:util/types";
import { BorgaWebhookSignatureError } from "../errors.js";
import type { WebhookEvent } from "../webhook-types.js";

/** The bytes that arrived, before anything parsed them. */
export type RawBody = string | Uint8Array;
/** A header as frameworks hand it over; one that came several times is refused. */
export type HeaderValue = string | readonly string[] | null | undefined;

const DEFAULT_TOLERANCE_S = 300;

/** What a delivery's time is compared with. */
export interface Freshness {
  /** How old, or how far ahead, a delivery's time may be; 300 when absent. */
  toleranceSeconds?: number | undefined;
  /** The time to compare with, for tests; now when absent. */
  now?: Date | undefined;
}

/** @throws TypeError for a body that is not raw any more. */
export function checkBody(body: unknown): asserts body is RawBody {
  if (typeof body !== "string" && !isUint8Array(body)) {
    throw new TypeError(
      "`body` must be the raw body as it arrived, a string or a Buffer. With Express, use `express.raw({ type: \"*/*\" })` on this route, before any JSON parser.",
    );
  }
}

/** @throws TypeError for a secret that is none: an empty one would accept anybody's signature. */
export function checkSecret(secret: unknown): asserts secret is string {
  if (typeof secret !== "string" || secret.replace(/^whsec_/, "") === "") {
    throw new TypeError("`secret` is missing: pass the endpoint's signing secret, `whsec_…`.");
  }
}

/** The header's text. */
export function single(value: HeaderValue, name: string): string {
  if (Array.isArray(value)) throw refused("repeated_header", `${name} came more than once.`);
  if (typeof value !== "string" || value === "") throw refused("missing_header", `${name} is missing.`);
  return value;
}

/** Whether one of the signatures is right. Each is compared whole, however early it differs. */
export function matches(
  key: string | Uint8Array,
  content: readonly RawBody[],
  encoding: "hex" | "base64",
  signatures: readonly string[],
): boolean {
  const hmac = createHmac("sha256", key);
  for (const part of content) hmac.update(part);
  const expected = Buffer.from(hmac.digest(encoding));
  return signatures.map((signature) => equal(Buffer.from(signature), expected)).includes(true);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

export function checkTime(timestamp: string, { toleranceSeconds = DEFAULT_TOLERANCE_S, now = new Date() }: Freshness): void {
  if (!(Number.isFinite(toleranceSeconds) && toleranceSeconds >= 0)) {
    throw new TypeError("`toleranceSeconds` must be a number of seconds, 0 or more.");
  }
  if (!(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds)) {
    const message = `The signature's time is more than ${toleranceSeconds} seconds from now: an old delivery, or this machine's clock is wrong.`;
    throw refused("timestamp_out_of_tolerance", message);
  }
}

/** Unix seconds, as they were signed. */
export function checkedTimestamp(text: string, name: string): string {
  if (!/^\d{1,12}$/.test(text)) throw refused("malformed_header", `${name} must be Unix seconds.`);
  return text;
}

/** What was signed. Only for a body that is proven. */
export function eventOf(body: RawBody): WebhookEvent {
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw refused("unreadable_body", "The body is signed, but is not JSON.");
  }
}

export function refused(code: string, message: string): BorgaWebhookSignatureError {
  return new BorgaWebhookSignatureError(code, message);
}

export function noMatch(): BorgaWebhookSignatureError {
  return refused(
    "signature_mismatch",
    "No signature matches. Is `secret` this endpoint's, and `body` exactly what arrived, not parsed and written again?",
  );
}
