/**
 * The entry of borga.js: defines `<borga-checkout>` and sets `window.Borga`. A second copy on the page changes nothing.
 */

import "@borga/checkout-element/register";
import type { Borga } from "./borga.js";
import { loadApi } from "./lazy-api.js";

declare const __VERSION__: string;

const borga: Borga = Object.freeze({
  checkout: Object.freeze({ open: async (options) => (await loadApi()).open(options) } satisfies Borga["checkout"]),
  sessions: Object.freeze({ create: async (options) => (await loadApi()).create(options) } satisfies Borga["sessions"]),
  version: __VERSION__,
});

window.Borga ??= borga;
