/**
 * Where the client secret comes from: the page set it, or the page's callback is asked. It is never written anywhere.
 */

import { quiet, within } from "./deferred.js";
import { BorgaError, noticed } from "./problem.js";

/** Asks the merchant's server for a client secret. */
export type FetchClientSecret = () => Promise<string>;

/** How long it may take: less than the frame waits for its answer. */
export const FETCH_WITHIN_MS = 25_000;

/** The secret of one element; it outlives the frames of one session. */
export interface SecretSource {
  /** The secret at hand. */
  current: string | null;
  /** The page's callback. */
  fetch: FetchClientSecret | null;
  /** Says which session it is for. What was fetched for another one is forgotten, also what is still on its way. */
  serve(sessionId: string): void;
  /** A new secret from the page; questions that overlap share one call. Rejects with a {@link BorgaError}. */
  renew(): Promise<string>;
}

/** An empty one. */
export function secretSource(): SecretSource {
  let asking: Promise<string> | undefined;
  let served: string | undefined;
  let fetched: string | undefined;
  const secrets: SecretSource = {
    current: null,
    fetch: null,
    serve(sessionId) {
      if (served === sessionId) return;
      served = sessionId;
      asking = undefined;
      if (secrets.current === fetched) secrets.current = null;
    },
    renew: () => (asking ??= quiet(ask(served).finally(() => (asking = undefined)))),
  };
  return secrets;

  async function ask(session: string | undefined): Promise<string> {
    let secret: unknown;
    try {
      secret = await within(Promise.resolve(secrets.fetch?.()), FETCH_WITHIN_MS, Error);
    } catch (error) {
      console.error("fetchClientSecret:", error);
      throw new BorgaError(noticed("network_error", "fetchClientSecret did not answer."));
    }
    if (typeof secret !== "string" || !secret) {
      const remedy = "fetchClientSecret gave no client secret.";
      throw new BorgaError(noticed("invalid_client_secret", remedy, "authentication_error"));
    }
    if (session === served) secrets.current = fetched = secret;
    return secret;
  }
}
