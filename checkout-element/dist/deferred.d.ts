/**
 * A promise that is settled from outside, and a deadline for promises. A rejection nobody waits for stays silent.
 */
/** A promise with its two ends. */
export interface Deferred<T> {
    readonly promise: Promise<T>;
    readonly settled: boolean;
    resolve(value: T): void;
    reject(error: unknown): void;
}
/** A new one. */
export declare function deferred<T>(): Deferred<T>;
/** The same promise; when nobody listens to its rejection, the page's error tracker does not hear of it either. */
export declare function quiet<T>(promise: Promise<T>): Promise<T>;
/** `promise`, or a rejection with `late()` after `ms`. */
export declare function within<T>(promise: Promise<T>, ms: number, late: () => unknown): Promise<T>;
