/**
 * The entry of borga.js: defines `<borga-checkout>` and sets `window.Borga`. A second copy on the page changes nothing.
 */

import { wayBack } from "@borga/checkout-element";
import "@borga/checkout-element/register";
import type { Borga } from "./borga.js";
import { lazily } from "./lazily.js";

declare const __VERSION__: string;
declare const __API_FILE__: string;

const api = lazily<typeof import("./api.js")>(__API_FILE__);

const borga: Borga = {
  checkout: { open: async (options) => (await api()).open(options) },
  sessions: { create: async (options) => (await api()).create(options) },
  resume: async (options) => {
    const back = wayBack();
    return back && (await api()).resume(back, options);
  },
  doctor: async (options) => (await api()).doctor(options),
  version: __VERSION__,
};

window.Borga ??= borga;
