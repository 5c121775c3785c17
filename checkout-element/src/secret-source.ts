/**
 * Where the client secret comes from: the page set it, or the page's callback is asked. It is never written anywhere.
 */

import { quiet } from "./deferred.js";
import { BorgaError, noticed } from "./problem.js";

/** Asks the merchant's server for a client secret. */
export type FetchClientSecret = () => Promise<string>;

/** The secret of one element; it outlives the frames. */
export interface SecretSource {
  /** The secret at hand. */
  current: string | null;
  /** The page's callback. */
  fetch: FetchClientSecret | null;
  /** A new secret from the page; questions that overlap share one call. Rejects with a {@link BorgaError}. */
  renew(): Promise<string>;
}

/** An empty one. */
export function secretSource(): SecretSource {
  let asking: Promise<string> | undefined;
  const secrets: SecretSource = {
    current: null,
    fetch: null,
    renew: () => (asking ??= quiet(ask().finally(() => (asking = undefined)))),
  };
  return secrets;

  async function ask(): Promise<string> {
    let secret: unknown;
    try {
      secret = await secrets.fetch?.();
    } catch (error) {
      console.error("fetchClientSecret:", error);
      throw new BorgaError(noticed("network_error", "fetchClientSecret failed."));
    }
    if (typeof secret !== "string" || !secret) {
      const remedy = "fetchClientSecret must resolve to a client secret.";
      throw new BorgaError(noticed("invalid_client_secret", remedy, "authentication_error"));
    }
    return (secrets.current = secret);
  }
}
