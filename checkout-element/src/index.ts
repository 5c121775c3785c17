/**
 * The element's class, its events and its types. Importing it defines nothing: that is `@borga/checkout-element/register`.
 */

export { BorgaCheckoutElement } from "./borga-checkout.js";
export type { Diagnosis } from "./explained.js";
export type { BorgaEventDetails, BorgaEventMap } from "./events.js";
export type {
  Appearance,
  Brand,
  ErrorCode,
  ErrorType,
  Field,
  FieldMistake,
  FieldProblem,
  Font,
  PhaseName,
  Snapshot,
  SurfaceKind,
  Theme,
} from "./generated/protocol.js";
export { randomId } from "./hello.js";
export { DEFAULT_CHECKOUT_ORIGIN, exactOrigin } from "./origin.js";
export { BorgaError, badOrigin, noticed, type BorgaErrorDetail } from "./problem.js";
export type { BorgaCheckoutAttributes, BorgaCheckoutListeners } from "./markup.js";
export type { FetchClientSecret } from "./secret-source.js";
export { CLOSE, language, words } from "./text.js";
export { wayBack, type WayBack } from "./way-back.js";
