import {
  BorgaApiError,
  BorgaAuthenticationError,
  BorgaCardError,
  type BorgaError,
  type BorgaErrorFacts,
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

const CLASSES = {
  invalid_request_error: BorgaInvalidRequestError,
  authentication_error: BorgaAuthenticationError,
  permission_error: BorgaPermissionError,
  rate_limit_error: BorgaRateLimitError,
  api_error: BorgaApiError,
  card_error: BorgaCardError,
};
type AnswerType = keyof typeof CLASSES;

function errorOf(answer: Answer, idempotencyKey: string | null): BorgaError {
  const body = parsed(answer.text);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const type = isKnown(error.type) ? error.type : typeOf(answer.status);
  return new CLASSES[type]({
    ...factsOf(answer, idempotencyKey),
    type,
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

function isKnown(type: unknown): type is AnswerType {
  return typeof type === "string" && Object.hasOwn(CLASSES, type);
}

/** For answers that do not name a type we know. */
function typeOf(status: number): AnswerType {
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
