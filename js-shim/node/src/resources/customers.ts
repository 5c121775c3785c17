import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type {
  Customer,
  CustomerCreateParams,
  CustomerListParams,
  CustomerRetrieveParams,
  CustomerUpdateParams,
} from "../types.js";

const PATH = "/v1/customers";

/** Who pays, and owns saved cards. */
export class Customers extends Resource {
  create(body: CustomerCreateParams, options?: RequestOptions): Promise<Customer> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: CustomerListParams, options?: RequestOptions): List<Customer, CustomerListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, query?: CustomerRetrieveParams, options?: RequestOptions): Promise<Customer> {
    return this.send({ method: "GET", path: member(PATH, id), query }, options);
  }

  update(id: string, body: CustomerUpdateParams, options?: RequestOptions): Promise<Customer> {
    return this.send({ method: "PATCH", path: member(PATH, id), body }, options);
  }
}
