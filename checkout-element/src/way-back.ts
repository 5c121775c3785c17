/**
 * What a payer who comes back from the bank with the whole page brings along. The token leaves the address at once, so that
 * a reload or a bookmark has none; for this page's life it is kept here.
 */

/** A way back. */
export interface WayBack {
  readonly sessionId: string;
  /** Tells this page how the session stands, and nobody else. */
  readonly token: string;
  /** An element of this page has had it told how the payment ended. */
  isTold?: boolean;
}

let found: WayBack | null | undefined;

/** The way back that this page was opened by; `null` when it was opened otherwise. */
export function wayBack(): WayBack | null {
  if (found !== undefined) return found;
  // As the checkout writes them, one behind the other.
  const [, sessionId, text, token] = /session_id=(\w+)(&borga_resume=(\w+))/.exec(location.search) ?? [];
  found = sessionId && token ? { sessionId, token } : null;
  if (text) history.replaceState(history.state, "", location.href.replace(text, ""));
  return found;
}
