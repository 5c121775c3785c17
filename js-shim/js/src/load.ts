/**
 * Loads borga.js from the checkout's origin, once. It is never bundled: the page always runs what the server serves.
 */

import { BorgaError, DEFAULT_CHECKOUT_ORIGIN, noticed } from "@borga/checkout-element";
import type { Borga } from "./borga.js";

/** Where to load from. */
export interface LoadOptions {
  /** The checkout's origin when it is not the default one. Only the first successful call's counts. */
  checkoutOrigin?: string | undefined;
}

/** How long a try that failed is followed by nothing, in milliseconds; there is one try more than pauses. */
export const PAUSES_MS: readonly number[] = [1_000, 4_000];

let loading: Promise<Borga | null> | undefined;
let failures = 0;

/**
 * `window.Borga`, loaded at the first call; `null` on a server and in a worker. A load that fails is tried again by
 * itself, then rejects with a {@link BorgaError} and is forgotten: the next call starts anew.
 */
export function loadBorga({ checkoutOrigin = DEFAULT_CHECKOUT_ORIGIN }: LoadOptions = {}): Promise<Borga | null> {
  if (typeof window === "undefined") return Promise.resolve(null);
  loading ??= load(checkoutOrigin).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(wanted: string): Promise<Borga> {
  // As the element takes it: with a slash behind, too.
  const checkoutOrigin = wanted.replace(/\/$/, "");
  for (const pause of PAUSES_MS) {
    const borga = await tryOnce(checkoutOrigin).catch(() => undefined);
    if (borga) return borga;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return tryOnce(checkoutOrigin);
}

async function tryOnce(checkoutOrigin: string): Promise<Borga> {
  // Browsers remember an import that failed by its address, so another try needs another one.
  const address = `${checkoutOrigin}/v1/borga.js${failures ? `?retry=${failures}` : ""}`;
  try {
    if (!window.Borga) await import(/* @vite-ignore */ /* webpackIgnore: true */ address);
  } catch {
    failures += 1;
    const remedy = "Check the network, content blockers and the script-src of this page.";
    throw new BorgaError(noticed("network_error", `${address} could not be loaded. ${remedy}`));
  }
  if (window.Borga) return window.Borga;
  failures += 1;
  throw new BorgaError(noticed("internal_error", `${address} did not set window.Borga.`, "api_error"));
}
