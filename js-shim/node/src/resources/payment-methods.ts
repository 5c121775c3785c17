import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type {
  DetachedPaymentMethod,
  PaymentMethod,
  PaymentMethodListParams,
  PaymentMethodRetrieveParams,
} from "../types.js";

const PATH = "/v1/payment_methods";

/** Saved cards. They are made by sessions with `save_payment_method`. */
export class PaymentMethods extends Resource {
  list(params?: PaymentMethodListParams, options?: RequestOptions): List<PaymentMethod, PaymentMethodListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, query?: PaymentMethodRetrieveParams, options?: RequestOptions): Promise<PaymentMethod> {
    return this.send({ method: "GET", path: member(PATH, id), query }, options);
  }

  /** Makes it the one that is charged when none is named. */
  setDefault(id: string, options?: RequestOptions): Promise<PaymentMethod> {
    return this.send({ method: "POST", path: `${member(PATH, id)}/set_default` }, options);
  }

  /** Takes it from its customer for good. */
  detach(id: string, options?: RequestOptions): Promise<DetachedPaymentMethod> {
    return this.send({ method: "DELETE", path: member(PATH, id) }, options);
  }
}
