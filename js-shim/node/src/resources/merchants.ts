import type { RequestOptions } from "../options.js";
import { Resource } from "../resource.js";
import type { Merchant } from "../types.js";

/** Whose key this is. */
export class Merchants extends Resource {
  current(options?: RequestOptions): Promise<Merchant> {
    return this.send({ method: "GET", path: "/v1/merchants/current" }, options);
  }
}
