import {
  BorgaCheckoutElement
} from "./chunk-KV3CZVN2.js";

// src/register.ts
if (typeof customElements !== "undefined" && !customElements.get("borga-checkout")) {
  customElements.define("borga-checkout", BorgaCheckoutElement);
}
