import type { WebhookEvent } from "../webhook-types.js";
import {
  checkBody,
  checkSecret,
  checkTime,
  checkedTimestamp,
  eventOf,
  type Freshness,
  type HeaderValue,
  matches,
  noMatch,
  type RawBody,
  refused,
  single,
} from "./proof.js";

export interface VerifyWebhookSignatureOptions extends Freshness {
  body: RawBody;
  /** The header `Borga-Signature`. */
  signature: HeaderValue;
  /** The endpoint's signing secret, `whsec_…`. */
  secret: string;
  /** The header `Borga-Timestamp`, for endpoints whose `signature_format` is `hex`. */
  timestamp?: HeaderValue | number;
}

const HEX = /^[0-9a-f]{64}$/;

/**
 * The event, once its `Borga-Signature` proves that Borga sent exactly these bytes, and lately.
 *
 * Throws a {@link BorgaWebhookSignatureError} for what is not proven, and a `TypeError` for a `body` or `secret` that
 * your own code got wrong.
 */
export function verifyWebhookSignature(options: VerifyWebhookSignatureOptions): WebhookEvent {
  const { body, secret } = options;
  checkBody(body);
  checkSecret(secret);
  const parts = single(options.signature, "Borga-Signature").split(",").map((part) => part.trim());
  const { timestamp, signatures } = parts.every((part) => HEX.test(part))
    ? { timestamp: separateTimestamp(options.timestamp), signatures: parts }
    : fromPairs(parts);
  // Keyed by the whole text of the secret, with its `whsec_`.
  if (!matches(secret, [`${timestamp}.`, body], "hex", signatures)) throw noMatch();
  checkTime(timestamp, options);
  return eventOf(body);
}

/** `t=1734567890,v1=…,v1=…`: one time, and a signature for each secret that is valid at the moment. */
function fromPairs(parts: string[]): { timestamp: string; signatures: string[] } {
  const valuesOf = (name: string) => parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
  const [times, signatures] = [valuesOf("t"), valuesOf("v1")];
  const [time] = times;
  if (time === undefined || times.length > 1 || signatures.length === 0) {
    throw refused("malformed_header", "Borga-Signature must be like `t=1734567890,v1=…`.");
  }
  return { timestamp: checkedTimestamp(time, "`t` in Borga-Signature"), signatures };
}

function separateTimestamp(value: HeaderValue | number): string {
  const text = single(typeof value === "number" ? String(value) : value, "`timestamp`, the header Borga-Timestamp,");
  return checkedTimestamp(text, "Borga-Timestamp");
}
