import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type { EventListParams, WebhookEvent } from "../webhook-types.js";

const PATH = "/v1/events";

/** What happened, whether it was delivered or not. */
export class Events extends Resource {
  list(params?: EventListParams, options?: RequestOptions): List<WebhookEvent> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, options?: RequestOptions): Promise<WebhookEvent> {
    return this.send({ method: "GET", path: member(PATH, id) }, options);
  }
}
