/**
 * Loads borga-api.js, once, when a page calls `window.Borga`. A page that only has a `<borga-checkout>` never needs it.
 */

import { BorgaError, DEFAULT_CHECKOUT_ORIGIN, noticed } from "@borga/checkout-element";

/** What borga-api.js exports. */
export type Api = typeof import("./api.js");

let loading: Promise<Api> | undefined;
let failures = 0;

/** The API, loaded at the first call. A failed load is forgotten: the next call tries again. */
export function loadApi(): Promise<Api> {
  // Browsers remember an import that failed by its address, so another try needs another one.
  const address = `${DEFAULT_CHECKOUT_ORIGIN}/v1/borga-api.js${failures ? `?retry=${failures}` : ""}`;
  loading ??= import(/* @vite-ignore */ address).catch(() => {
    loading = undefined;
    failures += 1;
    throw new BorgaError(noticed("network_error"));
  });
  return loading as Promise<Api>;
}
