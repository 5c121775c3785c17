/**
 * `@borga/js`: loads Borga's checkout into a page. Importing it does nothing, on a server too.
 */

export { loadBorga, type LoadOptions } from "./load.js";
export type { Borga } from "./borga.js";
export type { CheckoutResult, OpenOptions } from "./checkout.js";
export type { DoctorOptions, Finding, Report } from "./doctor/index.js";
export type { ResumeOptions, ResumeResult } from "./resume.js";
export type { CreateSessionOptions, PaymentSession } from "./sessions.js";
export type {
  Appearance,
  BorgaCheckoutElement,
  BorgaError,
  BorgaErrorDetail,
  BorgaEventDetails,
  BorgaEventMap,
  ErrorCode,
  ErrorType,
  FetchClientSecret,
  PhaseName,
  Snapshot,
  SurfaceKind,
  Theme,
} from "@borga/checkout-element";
