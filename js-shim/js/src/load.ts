/**
 * Loads borga.js from the checkout's origin, once. It is never bundled: the page always runs what the server serves.
 */

import type { Borga } from "./borga.js";

declare const __CHECKOUT_ORIGIN__: string;

/** Where to load from. */
export interface LoadOptions {
  /** The checkout's origin when it is not the default one. Only the first successful call's counts. */
  checkoutOrigin?: string | undefined;
}

let loading: Promise<Borga | null> | undefined;
let failures = 0;

/** `window.Borga`, loaded at the first call; `null` on a server. A failed load is forgotten: the next call tries again. */
export function loadBorga(options: LoadOptions = {}): Promise<Borga | null> {
  if (typeof window === "undefined") return Promise.resolve(null);
  loading ??= load(options).catch((error: unknown) => {
    loading = undefined;
    failures += 1;
    throw error;
  });
  return loading;
}

async function load({ checkoutOrigin = __CHECKOUT_ORIGIN__ }: LoadOptions): Promise<Borga> {
  if (!window.Borga) {
    // Browsers remember an import that failed by its address, so another try needs another one.
    const address = `${checkoutOrigin}/v1/borga.js${failures ? `?retry=${failures}` : ""}`;
    await import(/* @vite-ignore */ /* webpackIgnore: true */ address);
  }
  if (!window.Borga) throw new Error(`${checkoutOrigin}/v1/borga.js did not set window.Borga`);
  return window.Borga;
}
