/**
 * Where the client secret comes from: the page set it, or the page's callback is asked. It is never written anywhere.
 */
/** Asks the merchant's server for a client secret. */
export type FetchClientSecret = () => Promise<string>;
/** The secret of one element; it outlives the frames. */
export declare class SecretSource {
    /** The secret at hand. */
    current: string | null;
    /** The page's callback. */
    fetch: FetchClientSecret | null;
    private asking;
    /** Whether there is a secret or somebody to ask for one. */
    get isSet(): boolean;
    /** A new secret from the page; questions that overlap share one call. */
    renew(): Promise<string>;
    private ask;
}
