/**
 * The entry of borga-api.js: what borga.js loads when a page calls `window.Borga`.
 */

import type { Borga } from "./borga.js";
import { lazily } from "./lazily.js";

export { open } from "./checkout.js";
export { resume } from "./resume.js";
export { create } from "./sessions.js";

const practice = lazily<typeof import("./doctor/index.js")>("borga-doctor.js");

/** Loads the doctor too: few pages ask for it. */
export const doctor: Borga["doctor"] = async (options) => (await practice()).doctor(options);
