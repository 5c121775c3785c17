/**
 * Loads another file of ours when a page first calls what is in it. A page that only has a `<borga-checkout>` never needs
 * one.
 */

import { BorgaError, noticed } from "@borga/checkout-element";

declare const __CHECKOUT_ORIGIN__: string;
declare const __VERSION__: string;

/**
 * What loads `file` at the first call, once. A failed load is forgotten: the next call tries again. The file is the one that
 * was built with this script: its name has its hash, and stays when a newer version is served.
 */
export function lazily<Exports>(file: string): () => Promise<Exports> {
  let loading: Promise<Exports> | undefined;
  let suffix = "";
  return () => {
    // Browsers remember an import that failed by its address, so another try needs another one.
    const address = `${__CHECKOUT_ORIGIN__}/v${__VERSION__}/${file}${suffix}`;
    loading ??= import(/* @vite-ignore */ address).catch(() => {
      loading = undefined;
      suffix += "?retry";
      throw new BorgaError(noticed("network_error"));
    });
    return loading as Promise<Exports>;
  };
}
