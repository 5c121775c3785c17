import type { List } from "../list.js";
import type { RequestOptions } from "../options.js";
import { member, Resource } from "../resource.js";
import type { ApiKey, ApiKeyCreateParams, ApiKeyListParams, ApiKeyUpdateParams, ApiKeyWithText } from "../types.js";

const PATH = "/v1/api_keys";

/** Keys of the merchant. */
export class ApiKeys extends Resource {
  /** Shows the key's text, which nothing shows again. */
  create(body: ApiKeyCreateParams, options?: RequestOptions): Promise<ApiKeyWithText> {
    return this.send({ method: "POST", path: PATH, body }, options);
  }

  list(params?: ApiKeyListParams, options?: RequestOptions): List<ApiKey, ApiKeyListParams> {
    return this.page(PATH, params, options);
  }

  retrieve(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.send({ method: "GET", path: member(PATH, id) }, options);
  }

  update(id: string, body: ApiKeyUpdateParams, options?: RequestOptions): Promise<ApiKey> {
    return this.send({ method: "PATCH", path: member(PATH, id), body }, options);
  }

  /** Gives it a new text and shows it once. The old text stops at this moment. */
  rotate(id: string, options?: RequestOptions): Promise<ApiKeyWithText> {
    return this.send({ method: "POST", path: `${member(PATH, id)}/rotate` }, options);
  }

  /** Stops it for good. */
  revoke(id: string, options?: RequestOptions): Promise<void> {
    return this.send({ method: "DELETE", path: member(PATH, id) }, options);
  }
}
