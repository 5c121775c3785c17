/**
 * The entry of borga-api.js: what borga.js loads when a page calls `window.Borga`.
 */

export { open } from "./checkout.js";
export { create } from "./sessions.js";
