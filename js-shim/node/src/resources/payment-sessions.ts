import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type {
  PaymentSession,
  PaymentSessionCreateParams,
  PaymentSessionListParams,
  PaymentSessionRetrieveParams,
} from "../types.js";

const PATH = "/v1/payment_sessions";

/** Checkouts: hosted on Borga's page, or embedded in yours. */
export class PaymentSessions extends Resource {
  create(body: PaymentSessionCreateParams, options?: RequestOptions): Promise<PaymentSession> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: PaymentSessionListParams, options?: RequestOptions): List<PaymentSession, PaymentSessionListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, query?: PaymentSessionRetrieveParams, options?: RequestOptions): Promise<PaymentSession> {
    return this.send({ method: "GET", path: member(PATH, id), query }, options);
  }
}
