/** A page of a list, newest first. */
export interface Page<T> {
  data: T[];
  /** Whether there is more in the direction that was asked for. */
  has_more: boolean;
}

/** What every list takes. */
export interface ListParams {
  /** Entries on a page: 20 when absent, at most 100. */
  limit?: number | undefined;
  /** The last entry of the page before: what is older. */
  starting_after?: string | undefined;
  /** The first entry of the page after: what is newer, and loops go from older to newer. */
  ending_before?: string | undefined;
}

/**
 * A list that was asked for. `await` gives its first page; `for await` gives every entry, page after page, and asks for
 * a page when the one before is used up.
 */
export class List<T extends { id: string }, P extends ListParams = ListParams>
  implements PromiseLike<Page<T>>, AsyncIterable<T>
{
  readonly #params: P;
  readonly #read: (params: P) => Promise<Page<T>>;
  #first: Promise<Page<T>> | undefined;

  constructor(params: P, read: (params: P) => Promise<Page<T>>) {
    this.#params = params;
    this.#read = read;
  }

  #page(): Promise<Page<T>> {
    this.#first ??= this.#read(this.#params);
    return this.#first;
  }

  then<A = Page<T>, B = never>(
    fulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    rejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#page().then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<Page<T> | B> {
    return this.#page().catch(rejected);
  }

  finally(settled?: (() => void) | null): Promise<Page<T>> {
    return this.#page().finally(settled);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const backwards = this.#params.ending_before !== undefined;
    let page = await this.#page();
    for (;;) {
      yield* backwards ? [...page.data].reverse() : page.data;
      const last = backwards ? page.data[0] : page.data.at(-1);
      if (!page.has_more || !last) return;
      page = await this.#read({ ...this.#params, [backwards ? "ending_before" : "starting_after"]: last.id });
    }
  }
}
