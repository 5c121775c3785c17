/** How one call is made. */
export interface RequestOptions {
  /** Made anew for each call when absent. Name one, such as the order's, to make the call safe to repeat later. */
  idempotencyKey?: string | undefined;
  /** Milliseconds that each try may take. */
  timeout?: number | undefined;
  /** How often a call that failed is sent again. */
  maxRetries?: number | undefined;
  /** Gives up when it is aborted: the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** How a client is made. */
export interface BorgaOptions {
  /** The secret key, `sk_test_…` or `sk_live_…`. */
  apiKey: string;
  /** `https://api.borga.is` when absent. */
  baseUrl?: string | undefined;
  /** Milliseconds that each try may take; 30,000 when absent. */
  timeout?: number | undefined;
  /** How often a call that failed is sent again; 2 when absent. */
  maxRetries?: number | undefined;
}

const DEFAULT_BASE_URL = "https://api.borga.is";
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_RETRIES = 2;
/** What a timer can hold. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Options of a client, checked and whole. */
export interface Settings {
  apiKey: string;
  baseUrl: string;
  timeout: number;
  maxRetries: number;
}

/** @throws TypeError that names the option, and never shows the key. */
export function settingsOf(options: BorgaOptions): Settings {
  refuseUnknown(options, ["apiKey", "baseUrl", "timeout", "maxRetries"]);
  const { apiKey, baseUrl = DEFAULT_BASE_URL, timeout = DEFAULT_TIMEOUT_MS, maxRetries = DEFAULT_MAX_RETRIES } = options;
  checkKey(apiKey);
  checkTimes(timeout, maxRetries);
  return { apiKey, baseUrl: checkedUrl(baseUrl, apiKey), timeout, maxRetries };
}

/** @throws TypeError that names the option. */
export function checkRequestOptions(options: RequestOptions): void {
  refuseUnknown(options, ["idempotencyKey", "timeout", "maxRetries", "signal"]);
  checkTimes(options.timeout, options.maxRetries);
  const key = options.idempotencyKey;
  if (key !== undefined && !(typeof key === "string" && /^[\x20-\x7e]{1,255}$/.test(key) && key.trim() === key)) {
    throw new TypeError("`idempotencyKey` must be 1 to 255 printable ASCII characters, such as a UUID.");
  }
}

/** A misspelt `idempotencyKey` would be money paid twice. */
function refuseUnknown(options: object, known: string[]): void {
  if (typeof options !== "object" || options === null) throw new TypeError("The options must be an object.");
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`There is no option \`${unknown}\`; there are ${known.map((name) => `\`${name}\``).join(", ")}.`);
  }
}

function checkKey(key: unknown): void {
  if (typeof key !== "string" || key === "") {
    throw new TypeError("`apiKey` is missing: pass your secret key, such as `process.env.BORGA_SECRET_KEY`.");
  }
  if (key.startsWith("pk_")) {
    throw new TypeError("`apiKey` is a publishable key; a server needs the secret key, `sk_…`.");
  }
  // Checked here, because `fetch` shows a header that it cannot send in its error.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError("`apiKey` has a space, a line break or another character that a key never has.");
  }
}

function checkTimes(timeout: number | undefined, maxRetries: number | undefined): void {
  if (timeout !== undefined && !(Number.isFinite(timeout) && timeout > 0 && timeout <= LONGEST_TIMEOUT_MS)) {
    throw new TypeError(`\`timeout\` must be milliseconds, more than 0 and at most ${LONGEST_TIMEOUT_MS}.`);
  }
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw new TypeError("`maxRetries` must be a whole number, 0 or more.");
  }
}

function checkedUrl(text: string, apiKey: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["https:", "http:"].includes(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new TypeError("`baseUrl` must be an address such as `https://api.borga.is`.");
  }
  if (url.protocol === "http:" && apiKey.startsWith("sk_live_") && !LOOPBACK.test(url.hostname)) {
    throw new TypeError("`baseUrl` must be `https:` with a live key, which anybody on the way could read.");
  }
  return url.href.replace(/\/+$/, "");
}
