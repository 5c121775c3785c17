import {
  BorgaCheckoutElement,
  BorgaError,
  DEFAULT_CHECKOUT_ORIGIN,
  docUrl,
  exactOrigin,
  noticed,
  randomId,
  words
} from "./chunk-KV3CZVN2.js";
export {
  BorgaCheckoutElement,
  BorgaError,
  DEFAULT_CHECKOUT_ORIGIN,
  docUrl,
  exactOrigin,
  noticed,
  randomId,
  words
};
