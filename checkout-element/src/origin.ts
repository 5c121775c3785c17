/**
 * Origins the checkout may be loaded from. Decides by exact comparison only, never by prefix or suffix.
 */

declare const __CHECKOUT_ORIGIN__: string;

/** The checkout's origin when the page names none. */
export const DEFAULT_CHECKOUT_ORIGIN: string = __CHECKOUT_ORIGIN__;

/** The URL that `text` is, or `null`. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether nobody on the network can read or change what `url` answers: https, or http to this very machine. */
export function isSecure(url: URL): boolean {
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && /^(([^.]+\.)*localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname))
  );
}

/** The origin that `text` names and nothing more (`https://host` or `https://host:port`), or `null`. */
export function exactOrigin(text: string): string | null {
  const url = parseUrl(text);
  return url && isSecure(url) && url.href === `${url.origin}/` ? url.origin : null;
}
