/**
 * Defines `<borga-checkout>`, once, however often a page loads it. The definition is its only effect.
 */

import { BorgaCheckoutElement } from "./borga-checkout.js";

if (typeof customElements !== "undefined" && !customElements.get("borga-checkout")) {
  customElements.define("borga-checkout", BorgaCheckoutElement);
}
