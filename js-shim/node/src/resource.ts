import { List, type ListParams, type Page } from "./list.js";
import type { RequestOptions } from "./options.js";
import type { ApiRequest, Requester } from "./requester.js";

/** What the resources have in common: where they are and how they are asked for. */
export abstract class Resource {
  readonly #requester: Requester;

  constructor(requester: Requester) {
    this.#requester = requester;
  }

  protected send<T>(request: ApiRequest, options: RequestOptions | undefined): Promise<T> {
    return this.#requester.send<T>(request, options);
  }

  protected page<T extends { id: string }, P extends ListParams>(
    path: string,
    params: P | undefined,
    options: RequestOptions | undefined,
  ): List<T, P> {
    return new List<T, P>(params ?? ({} as P), (query) =>
      this.send<Page<T>>({ method: "GET", path, query }, options),
    );
  }
}

/** `collection/id`, in which an id from outside cannot lead anywhere else. */
export function member(collection: string, id: string): string {
  if (typeof id !== "string" || ["", ".", ".."].includes(id)) {
    throw new TypeError(`An id is missing: ${collection}/… was asked for with ${id === "" ? "an empty one" : String(id)}.`);
  }
  return `${collection}/${encodeURIComponent(id)}`;
}
