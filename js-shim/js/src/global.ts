/**
 * The entry of borga.js: defines `<borga-checkout>` and sets `window.Borga`. A second copy on the page changes nothing.
 */

import "@borga/checkout-element/register";
import type { Borga } from "./borga.js";
import { open } from "./checkout.js";
import { doctor } from "./lazy-doctor.js";
import { create } from "./sessions.js";

declare const __VERSION__: string;

const borga: Borga = Object.freeze({
  checkout: Object.freeze({ open }),
  sessions: Object.freeze({ create }),
  doctor,
  version: __VERSION__,
});

window.Borga ??= borga;
