import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type { Refund, RefundCreateParams, RefundListParams, RefundRetrieveParams } from "../types.js";

const PATH = "/v1/refunds";

/** Money given back of a payment. */
export class Refunds extends Resource {
  /** Of all that is left of the payment, when there is no `amount`. */
  create(body: RefundCreateParams, options?: RequestOptions): Promise<Refund> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: RefundListParams, options?: RequestOptions): List<Refund, RefundListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, query?: RefundRetrieveParams, options?: RequestOptions): Promise<Refund> {
    return this.send({ method: "GET", path: member(PATH, id), query }, options);
  }
}
