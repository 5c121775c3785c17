/**
 * Makes a payment session with a publishable key, from the browser. The amount was chosen in a browser, so the shop's
 * server must compare it before it delivers. A secret key never leaves this module: it is refused before any request.
 */

import {
  BorgaError,
  DEFAULT_CHECKOUT_ORIGIN,
  badOrigin,
  exactOrigin,
  noticed,
  randomId,
} from "@borga/checkout-element";
import type { ErrorType } from "@borga/checkout-element";

interface Problem {
  code: string;
  type: ErrorType;
  message: string;
  doc_url: string;
  param: string | null;
}

/** What a publishable key may say about a payment. */
export interface CreateSessionOptions {
  /** `pk_…`; its allowed origins must contain this page's. */
  publishableKey: string;
  /** In the currency's smallest unit: whole krónur, cents. */
  amount: number;
  /** ISO 4217; the merchant's own currency when absent. */
  currency?: string | undefined;
  /** The shop's own reference, such as an order number. */
  externalReference?: string | undefined;
  /** Where the payer is returned to after a redirect. */
  returnUrl?: string | undefined;
  /** Shown in the form and locked there. */
  customerEmail?: string | undefined;
  /** BCP 47. */
  locale?: string | undefined;
  /** The shop's own pairs. */
  metadata?: Record<string, string> | undefined;
  /** The API's origin when it is not the default one. */
  apiOrigin?: string | undefined;
  /** Makes a repeated call safe; made anew for each call when absent. */
  idempotencyKey?: string | undefined;
}

/** A payment session as the API shows it. */
export interface PaymentSession {
  readonly id: string;
  readonly client_secret: string;
  readonly status: "open" | "complete" | "expired";
  readonly amount: number;
  readonly currency: string;
  readonly [field: string]: unknown;
}

/** Creates an embedded payment session. Rejects with a {@link BorgaError}. */
export async function create(options: CreateSessionOptions): Promise<PaymentSession> {
  const { publishableKey, apiOrigin = DEFAULT_CHECKOUT_ORIGIN, idempotencyKey = randomId(), ...payment } = options;
  const origin = exactOrigin(apiOrigin);
  if (!origin) throw new BorgaError(badOrigin("apiOrigin"), "apiOrigin");
  refuseOtherKeys(publishableKey);
  const response = await fetch(`${origin}/v1/payment_sessions`, {
    method: "POST",
    credentials: "omit",
    headers: {
      Authorization: `Bearer ${publishableKey}`,
      "Content-Type": "application/json",
      "Idempotency-Key": idempotencyKey,
    },
    body: JSON.stringify({ mode: "embedded", ...snakeCase(payment) }),
  }).catch(() => {
    throw new BorgaError(
      noticed("network_error", `${origin} could not be reached. Allow it in this page's connect-src.`),
    );
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || !answer) throw refusal(response, answer);
  return answer as PaymentSession;
}

function refuseOtherKeys(key: string): void {
  if (/^pk_/.test(key)) return;
  const message = "publishableKey must begin with pk_. Nothing was sent. Revoke a secret key that was ever in a page.";
  throw new BorgaError(
    /^sk_/.test(key)
      ? noticed("secret_key_in_browser", message, "permission_error")
      : noticed("invalid_parameter", message),
    "publishableKey",
  );
}

/** The API's spelling of our names. Names that it does not know it refuses itself, so none is left out here. */
function snakeCase(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** The API's error; what is missing in its envelope is filled in. */
function refusal(response: Response, answer: unknown): BorgaError {
  const { param, doc_url, ...error } = (answer as { error?: Partial<Problem> } | null)?.error ?? {};
  const usual = noticed(error.code ?? "internal_error", `HTTP status ${response.status}`, "api_error");
  const traceId = response.headers.get("Request-Id");
  return new BorgaError({ ...usual, ...error, docUrl: doc_url ?? usual.docUrl, traceId }, param);
}
