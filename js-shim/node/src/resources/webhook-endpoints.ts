import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type {
  WebhookDelivery,
  WebhookDeliveryAttempt,
  WebhookDeliveryListParams,
  WebhookEndpoint,
  WebhookEndpointCreateParams,
  WebhookEndpointListParams,
  WebhookEndpointUpdateParams,
  WebhookEndpointWithSecret,
} from "../webhook-types.js";

const PATH = "/v1/webhook_endpoints";

/** Where events are delivered. */
export class WebhookEndpoints extends Resource {
  /** Shows the signing secret, which nothing shows again. */
  create(body: WebhookEndpointCreateParams, options?: RequestOptions): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: WebhookEndpointListParams, options?: RequestOptions): List<WebhookEndpoint> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.send({ method: "GET", path: member(PATH, id) }, options);
  }

  update(id: string, body: WebhookEndpointUpdateParams, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.send({ method: "PATCH", path: member(PATH, id), body }, options);
  }

  delete(id: string, options?: RequestOptions): Promise<void> {
    return this.send({ method: "DELETE", path: member(PATH, id) }, options);
  }

  /** Gives it a new signing secret and shows it once. The old one goes on signing beside it for 24 hours. */
  rotateSecret(id: string, options?: RequestOptions): Promise<WebhookEndpointWithSecret> {
    return this.send({ method: "POST", path: `${member(PATH, id)}/rotate_secret` }, options);
  }

  /** Sends an event that means nothing, and says what came of it. */
  test(id: string, options?: RequestOptions): Promise<WebhookDeliveryAttempt> {
    return this.send({ method: "POST", path: `${member(PATH, id)}/test` }, options);
  }

  /** What was sent to it, and how it answered. */
  deliveries(id: string, params?: WebhookDeliveryListParams, options?: RequestOptions): List<WebhookDelivery> {
    return this.page(`${member(PATH, id)}/deliveries`, params, options);
  }

  /** Sends an event once more. */
  retryDelivery(id: string, delivery: string, options?: RequestOptions): Promise<WebhookDelivery> {
    const path = `${member(`${member(PATH, id)}/deliveries`, delivery)}/retry`;
    return this.send({ method: "POST", path }, options);
  }
}
