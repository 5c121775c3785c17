import { type Answer, resultOf } from "./answer.js";
import type { Environment } from "./environment.js";
import { BorgaConnectionError, BorgaError, type BorgaErrorFacts, BorgaTimeoutError } from "./errors.js";
import { checkRequestOptions, type RequestOptions, type Settings } from "./options.js";
import { queryString } from "./query.js";
import { isWorthRepeating, parseRetryAfter, pauseBefore } from "./retry.js";
import { VERSION } from "./version.js";

/** One request of the API. */
export interface ApiRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  query?: object | undefined;
  body?: object | undefined;
}

/** The same on its way: what all its tries have in common. */
interface Call {
  url: string;
  init: RequestInit;
  idempotencyKey: string | null;
  timeout: number;
  signal: AbortSignal | undefined;
}

/** Sends requests, and sends again those that failed and may be repeated. Nobody but this class has the key. */
export class Requester {
  readonly #settings: Settings;
  readonly #environment: Environment;

  constructor(settings: Settings, environment: Environment) {
    this.#settings = settings;
    this.#environment = environment;
  }

  /** Rejects with a {@link BorgaError}, or with the reason of the aborted signal. */
  async send<T>(request: ApiRequest, options: RequestOptions = {}): Promise<T> {
    checkRequestOptions(options);
    const maxRetries = options.maxRetries ?? this.#settings.maxRetries;
    const call = this.#callOf(request, options);
    for (let retry = 1; ; retry += 1) {
      call.signal?.throwIfAborted();
      try {
        return resultOf<T>(await this.#try(call), call.idempotencyKey);
      } catch (error) {
        if (!(error instanceof BorgaError) || retry > maxRetries || !isWorthRepeating(error)) throw error;
        const pause = pauseBefore(retry, error.retryAfter, this.#environment.random());
        if (pause === undefined) throw error;
        await this.#environment.sleep(pause, call.signal);
      }
    }
  }

  #callOf(request: ApiRequest, options: RequestOptions): Call {
    const { method, path, query, body } = request;
    const headers: Record<string, string> = {
      Accept: "application/json",
      Authorization: `Bearer ${this.#settings.apiKey}`,
      "User-Agent": `borga-node/${VERSION} node/${process.versions.node}`,
    };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    // One for the call, not one for each try: that is what makes a repeat harmless.
    const changes = method === "POST" || method === "PATCH";
    const idempotencyKey = changes ? (options.idempotencyKey ?? this.#environment.uuid()) : null;
    if (idempotencyKey !== null) headers["Idempotency-Key"] = idempotencyKey;
    return {
      url: this.#settings.baseUrl + path + queryString(query),
      // A redirect would carry the request to somewhere else, and a POST as a GET.
      init: { method, headers, redirect: "manual", body: body === undefined ? null : JSON.stringify(body) },
      idempotencyKey,
      timeout: options.timeout ?? this.#settings.timeout,
      signal: options.signal,
    };
  }

  async #try({ url, init, idempotencyKey, timeout, signal }: Call): Promise<Answer> {
    const giveUp = new AbortController();
    const abort = () => giveUp.abort();
    let late = false;
    const stopTimer = this.#environment.after(timeout, () => {
      late = true;
      abort();
    });
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const response = await this.#environment.fetch(url, { ...init, signal: giveUp.signal });
      return this.#answerOf(response, await response.text());
    } catch (cause) {
      signal?.throwIfAborted();
      throw noAnswer(late ? timeout : null, cause, idempotencyKey);
    } finally {
      stopTimer();
      signal?.removeEventListener("abort", abort);
    }
  }

  #answerOf({ status, ok, headers }: Response, text: string): Answer {
    return {
      status,
      requestId: headers.get("Request-Id"),
      retryAfter: parseRetryAfter(headers.get("Retry-After"), this.#environment.now()),
      // An error's text ends in logs.
      text: ok ? text : text.replaceAll(this.#settings.apiKey, "sk_…"),
    };
  }
}

function noAnswer(timeout: number | null, cause: unknown, idempotencyKey: string | null): BorgaConnectionError {
  const repeat = idempotencyKey === null ? "" : " Whether it took effect is unknown: repeat it with the same idempotency key.";
  const facts: Omit<BorgaErrorFacts, "code" | "message"> = { type: "connection_error", idempotencyKey };
  if (timeout !== null) {
    return new BorgaTimeoutError({ ...facts, code: "timeout", message: `No answer within ${timeout} ms.${repeat}` });
  }
  const reason = nameOf(cause) ?? "the connection failed";
  return new BorgaConnectionError({ ...facts, code: "no_answer", message: `No answer: ${reason}.${repeat}`, cause });
}

/** Such as `ECONNREFUSED`, which `fetch` hides one level down. */
function nameOf(error: unknown): string | undefined {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.message) : undefined;
}
