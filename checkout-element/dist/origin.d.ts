/**
 * Origins the checkout may be loaded from. Decides by exact comparison only, never by prefix or suffix.
 */
/** The checkout's origin when the page names none. */
export declare const DEFAULT_CHECKOUT_ORIGIN: string;
/** The URL that `text` is, or `null`. */
export declare function parseUrl(text: string): URL | null;
/** Whether nobody on the network can read or change what `url` answers: https, or http to this very machine. */
export declare function isSecure(url: URL): boolean;
/** The origin that `text` names and nothing more (`https://host` or `https://host:port`), or `null`. */
export declare function exactOrigin(text: string): string | null;
