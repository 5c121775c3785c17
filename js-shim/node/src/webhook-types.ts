import type { components } from "./generated/api.js";
import type { Customer, Payment, PaymentMethod, PaymentSession, QueryOf, Refund } from "./types.js";

type Schemas = components["schemas"];

/** An event as the API describes it, with the one type and the data that belong together. */
interface EventOf<Type extends string, Data> extends Omit<Schemas["Event"], "data" | "previous_attributes" | "type"> {
  type: Type;
  /** The thing as the API showed it when it happened. Read it again before you act on it. */
  data: Data;
  /** The fields that changed, as they were before; `null` when the event made the thing. */
  previous_attributes: Partial<Data> | null;
}

/** What happened. `switch` on `type`, and let `default` accept those you do not know: more may be added. */
export type WebhookEvent =
  | EventOf<"payment.succeeded" | "payment.failed" | "payment.refunded" | "payment.reversed", Payment>
  | EventOf<"refund.failed", Refund>
  | EventOf<"payment_session.expired", PaymentSession>
  | EventOf<"payment_method.attached" | "payment_method.detached", PaymentMethod>
  | EventOf<"customer.created" | "customer.updated", Customer>;

export type WebhookEventType = WebhookEvent["type"];
export type EventListParams = QueryOf<"listEvents">;

/** How the `Borga-Signature` of an endpoint's deliveries is written. */
export type SignatureFormat = Schemas["SignatureFormat"];

export type WebhookEndpoint = Schemas["WebhookEndpoint"];
export type WebhookEndpointWithSecret = Schemas["WebhookEndpointWithSecret"];
export type WebhookEndpointCreateParams = Schemas["WebhookEndpointCreate"];
export type WebhookEndpointUpdateParams = Schemas["WebhookEndpointUpdate"];
export type WebhookEndpointListParams = QueryOf<"listWebhookEndpoints">;

export type WebhookDelivery = Schemas["WebhookDelivery"];
export type WebhookDeliveryListParams = QueryOf<"listWebhookDeliveries">;
/** What came of one try to deliver. */
export type WebhookDeliveryAttempt = Schemas["DeliveryAttempt"];
