/** The API's own kinds of errors, and what can go wrong on the way to it. More kinds may be added. */
export type BorgaErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "rate_limit_error"
  | "api_error"
  | "card_error"
  | "connection_error"
  | "webhook_signature_error";

/** What an error knows. */
export interface BorgaErrorFacts {
  type: BorgaErrorType;
  code: string;
  message: string;
  param?: string | null;
  docUrl?: string | null;
  requestId?: string | null;
  status?: number | null;
  idempotencyKey?: string | null;
  retryAfter?: number | null;
  cause?: unknown;
}

/** Everything that the API or the way to it refuses. Decide by `code`, or by the class for codes you do not know. */
export class BorgaError extends Error {
  readonly type: BorgaErrorType;
  /** Stable; listed at https://docs.borga.is/errors. */
  readonly code: string;
  /** The field, parameter or header it is about. */
  readonly param: string | null;
  readonly docUrl: string | null;
  /** Name it when you ask about a request. */
  readonly requestId: string | null;
  /** The HTTP status; `null` when there was no answer. */
  readonly status: number | null;
  /** With which the same call can be made again safely; `null` when none was sent. */
  readonly idempotencyKey: string | null;
  /** Seconds to wait before trying again, when the API says so. */
  readonly retryAfter: number | null;

  constructor(facts: BorgaErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.type = facts.type;
    this.code = facts.code;
    this.param = facts.param ?? null;
    this.docUrl = facts.docUrl ?? null;
    this.requestId = facts.requestId ?? null;
    this.status = facts.status ?? null;
    this.idempotencyKey = facts.idempotencyKey ?? null;
    this.retryAfter = facts.retryAfter ?? null;
  }
}

/** The request is wrong: mend it before sending it again. */
export class BorgaInvalidRequestError extends BorgaError {}
/** The key is missing or wrong. */
export class BorgaAuthenticationError extends BorgaError {}
/** The key is known and may not do this. */
export class BorgaPermissionError extends BorgaError {}
/** Too many requests, also after the retries: wait for `retryAfter`. */
export class BorgaRateLimitError extends BorgaError {}
/** Borga's side. Sending it again with the same `idempotencyKey` is safe. */
export class BorgaApiError extends BorgaError {}
/** The card was refused: the payer can act. */
export class BorgaCardError extends BorgaError {}
/** No answer came, so whether a request took effect is unknown. Send it again with the same `idempotencyKey`. */
export class BorgaConnectionError extends BorgaError {}
/** The answer did not come in time. */
export class BorgaTimeoutError extends BorgaConnectionError {}
/** What arrived is not proven to be a webhook of Borga's: answer 400 and do nothing. */
export class BorgaWebhookSignatureError extends BorgaError {
  constructor(code: string, message: string) {
    super({ type: "webhook_signature_error", code, message });
  }
}
