import {
  BorgaApiError,
  BorgaAuthenticationError,
  BorgaCardError,
  BorgaError,
  type BorgaErrorFacts,
  type BorgaErrorType,
  BorgaInvalidRequestError,
  BorgaPermissionError,
  BorgaRateLimitError,
} from "./errors.js";

/** What came back from the API, or from something on the way to it. */
export interface Answer {
  status: number;
  requestId: string | null;
  /** Seconds. */
  retryAfter: number | null;
  text: string;
}

/** What a successful answer says; `undefined` when it says nothing. Throws a {@link BorgaError} for every other. */
export function resultOf<T>(answer: Answer, idempotencyKey: string | null): T {
  if (answer.status < 200 || answer.status > 299) throw errorOf(answer, idempotencyKey);
  if (answer.text === "") return undefined as T;
  const result = parsed(answer.text);
  if (result === undefined) {
    throw new BorgaApiError({
      ...factsOf(answer, idempotencyKey),
      type: "api_error",
      code: "unreadable_answer",
      message: `The answer (${answer.status}) is not JSON. Is \`baseUrl\` the API's?`,
    });
  }
  return result as T;
}

const CLASSES: Record<string, new (facts: BorgaErrorFacts) => BorgaError> = {
  invalid_request_error: BorgaInvalidRequestError,
  authentication_error: BorgaAuthenticationError,
  permission_error: BorgaPermissionError,
  rate_limit_error: BorgaRateLimitError,
  api_error: BorgaApiError,
  card_error: BorgaCardError,
};

function errorOf(answer: Answer, idempotencyKey: string | null): BorgaError {
  const body = parsed(answer.text);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const type = typeof error.type === "string" && error.type in CLASSES ? error.type : typeOf(answer.status);
  const Class = CLASSES[type] ?? BorgaApiError;
  return new Class({
    ...factsOf(answer, idempotencyKey),
    type: type as BorgaErrorType,
    code: text(error.code) ?? "unreadable_answer",
    // What stands in a foreign body is not repeated: a proxy may show the request's headers in it.
    message: text(error.message) ?? `The API, or something on the way to it, answered ${answer.status}.`,
    param: text(error.param),
    docUrl: text(error.doc_url),
  });
}

function factsOf({ status, requestId, retryAfter }: Answer, idempotencyKey: string | null): Partial<BorgaErrorFacts> {
  return { status, requestId, retryAfter, idempotencyKey };
}

/** For answers that do not name a type we know. */
function typeOf(status: number): BorgaErrorType {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
