/**
 * A promise that is settled from outside, and a deadline for promises. A rejection nobody waits for stays silent.
 */

/** A promise with its two ends. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T | Promise<T>): void;
  reject(error: unknown): void;
}

/** A new one. */
export function deferred<T>(): Deferred<T> {
  let resolve!: Deferred<T>["resolve"];
  let reject!: Deferred<T>["reject"];
  const promise = quiet(new Promise<T>((...ends) => ([resolve, reject] = ends)));
  return { promise, resolve, reject };
}

/** The same promise; when nobody listens to its rejection, the page's error tracker does not hear of it either. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** `promise`, or a rejection with `late()` after `ms`. */
export function within<T>(promise: Promise<T>, ms: number, late: () => unknown): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
