// Written by hand until docs/openapi.json describes /v1/webhook_endpoints and /v1/events. Then these become aliases of
// src/generated/api.ts, as in types.ts; only the union of events by their type stays here.

import type { Customer, Payment, PaymentMethod, PaymentSession, Refund } from "./types.js";

interface EventOf<Type extends string, Data> {
  /** `evt_…`; the same on every delivery of the event, so it tells repeats. */
  id: string;
  type: Type;
  /** ISO 8601 in UTC. */
  created_at: string;
  mode: "test" | "live";
  /** The thing as the API showed it when it happened. Read it again before you act on it. */
  data: Data;
}

/** What happened. `switch` on `type`, and let `default` accept those you do not know: more may be added. */
export type WebhookEvent =
  | EventOf<"payment.succeeded" | "payment.failed" | "payment.refunded" | "payment.reversed", Payment>
  | EventOf<"refund.failed", Refund>
  | EventOf<"payment_session.expired", PaymentSession>
  | EventOf<"payment_method.attached", PaymentMethod>
  | EventOf<"customer.created" | "customer.updated", Customer>;

export type WebhookEventType = WebhookEvent["type"];

/** How the `Borga-Signature` of an endpoint's deliveries is written. */
export type SignatureFormat = "v1" | "hex";

/** Where events are delivered. */
export interface WebhookEndpoint {
  /** `we_…` */
  id: string;
  url: string;
  enabled_events: string[];
  /** The same list, by its other documented name. */
  events: string[];
  description: string | null;
  signature_format: SignatureFormat;
  enabled: boolean;
  created_at: string;
}

/** The answer that shows the secret, this once. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  /** `whsec_…` */
  signing_secret: string;
  /** The same text, by its other documented name. */
  secret: string;
}

export interface WebhookEndpointUpdateParams {
  url?: string | undefined;
  /** Types of events, or `["*"]` for all. */
  enabled_events?: readonly (WebhookEventType | "*" | (string & {}))[] | undefined;
  /** Another name for `enabled_events`. */
  events?: readonly (WebhookEventType | "*" | (string & {}))[] | undefined;
  description?: string | null | undefined;
  signature_format?: SignatureFormat | undefined;
  enabled?: boolean | undefined;
}

export interface WebhookEndpointCreateParams extends WebhookEndpointUpdateParams {
  url: string;
}

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  id: string;
  status: "pending" | "succeeded" | "failed" | (string & {});
  created_at: string;
  readonly [field: string]: unknown;
}
