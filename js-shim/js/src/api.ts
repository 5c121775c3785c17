/**
 * The entry of borga-api.js: what borga.js loads when a page calls `window.Borga`.
 */

import type { Borga } from "./borga.js";
import { lazily } from "./lazily.js";

declare const __DOCTOR_FILE__: string;

export { open } from "./checkout.js";
export { resume } from "./resume.js";
export { create } from "./sessions.js";

const practice = lazily<typeof import("./doctor/index.js")>(__DOCTOR_FILE__);

/** Loads the doctor too: few pages ask for it. */
export const doctor: Borga["doctor"] = async (options) => (await practice()).doctor(options);
