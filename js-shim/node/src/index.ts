/** `@borga/node`: Borga's API on a merchant's server. Importing it does nothing. */

export { Borga } from "./borga.js";
export type { Environment } from "./environment.js";
export {
  BorgaApiError,
  BorgaAuthenticationError,
  BorgaCardError,
  BorgaConnectionError,
  BorgaError,
  type BorgaErrorType,
  BorgaInvalidRequestError,
  BorgaPermissionError,
  BorgaRateLimitError,
  BorgaTimeoutError,
  BorgaWebhookSignatureError,
} from "./errors.js";
export type { List, ListParams, Page } from "./list.js";
export type { BorgaOptions, RequestOptions } from "./options.js";
export type * from "./types.js";
export type * from "./webhook-types.js";
export { verifyStandardWebhook, type VerifyStandardWebhookOptions } from "./webhooks/standard-webhook.js";
export { verifyWebhookSignature, type VerifyWebhookSignatureOptions } from "./webhooks/borga-signature.js";
export type { HeaderValue, RawBody } from "./webhooks/proof.js";
