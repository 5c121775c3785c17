import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type {
  Payment,
  PaymentCreateParams,
  PaymentListParams,
  PaymentRetrieveParams,
  PaymentUpdateParams,
} from "../types.js";

const PATH = "/v1/payments";

/** Amounts to collect once. */
export class Payments extends Resource {
  /** With `payment_method`, charges that saved card at once. */
  create(body: PaymentCreateParams, options?: RequestOptions): Promise<Payment> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: PaymentListParams, options?: RequestOptions): List<Payment, PaymentListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, query?: PaymentRetrieveParams, options?: RequestOptions): Promise<Payment> {
    return this.send({ method: "GET", path: member(PATH, id), query }, options);
  }

  update(id: string, body: PaymentUpdateParams, options?: RequestOptions): Promise<Payment> {
    return this.send({ method: "PATCH", path: member(PATH, id), body }, options);
  }
}
