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

export interface VerifyStandardWebhookOptions extends Freshness {
  body: RawBody;
  /** A request's headers: those of Fetch, or those of Node. */
  headers: Headers | Readonly<Record<string, HeaderValue>>;
  /** The endpoint's signing secret, `whsec_…`. */
  secret: string;
}

/**
 * The same proof by the headers of Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 *
 * Throws as `verifyWebhookSignature` does.
 */
export function verifyStandardWebhook(options: VerifyStandardWebhookOptions): WebhookEvent {
  const { body, secret, headers } = options;
  checkBody(body);
  checkSecret(secret);
  const header = (name: string) => single(valueOf(headers, name), name);
  const id = header("webhook-id");
  // A dot would let the signed text be cut in another place.
  if (id.includes(".")) throw refused("malformed_header", "webhook-id must not have a dot.");
  const timestamp = checkedTimestamp(header("webhook-timestamp"), "webhook-timestamp");
  const signatures = header("webhook-signature")
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .map((part) => part.slice("v1,".length));
  if (!matches(keyOf(secret), [`${id}.${timestamp}.`, body], "base64", signatures)) throw noMatch();
  checkTime(timestamp, options);
  return eventOf(body);
}

function valueOf(headers: VerifyStandardWebhookOptions["headers"], name: string): HeaderValue {
  // Frameworks bring their own class of this name.
  if (typeof headers.get === "function") return headers.get(name);
  const found = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  return found.length > 1 ? found.map(([, value]) => String(value)) : found[0]?.[1];
}

/** Unlike the hex forms, this one is keyed by the bytes that the secret encodes. */
function keyOf(secret: string): Uint8Array {
  const text = secret.replace(/^whsec_/, "");
  const key = Buffer.from(text, "base64");
  if (key.length === 0 || key.toString("base64").replace(/=+$/, "") !== text.replace(/=+$/, "")) {
    throw new TypeError("`secret` is not a signing secret: after `whsec_` it must be base64.");
  }
  return key;
}
