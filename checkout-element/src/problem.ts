/**
 * Errors as the page sees them. Nothing here may carry a client secret, a key or card data.
 */

import { PAGE_ERRORS, type ErrorCode, type ErrorType } from "./generated/protocol.js";

/** What `borga-error` tells. */
export interface BorgaErrorDetail {
  /** What happened, by its stable name. More names may come: treat an unknown one as opaque. */
  readonly code: ErrorCode | (string & {});
  /** Who has to act. */
  readonly type: ErrorType;
  /** What happened and what to do about it; for developers. */
  readonly message: string;
  /** Whether the checkout cannot go on without the page's help. A decline is not fatal. */
  readonly fatal: boolean;
  /** Where the error is documented. */
  readonly docUrl: string;
  /** The id of the request that failed, when one did. */
  readonly traceId: string | null;
}

/** What promises of this library reject with. */
export class BorgaError extends Error {
  /** The parameter that is wrong, when one is. */
  readonly param: string | null;

  constructor(detail: BorgaErrorDetail, param: string | null = null) {
    super(detail.message);
    this.name = "BorgaError";
    this.param = param;
    Object.assign(this, detail);
  }
}

// The constructor assigns every field of the detail.
export interface BorgaError extends Omit<BorgaErrorDetail, "message"> {}

/** An error that this side noticed; without a `message` it gets the catalogue's. */
export function noticed(code: BorgaErrorDetail["code"], message?: string, type?: ErrorType): BorgaErrorDetail {
  const [usualType, usualMessage] = PAGE_ERRORS[code as keyof typeof PAGE_ERRORS] ?? ["invalid_request_error", code];
  return {
    code,
    type: type ?? usualType,
    message: message ?? usualMessage,
    fatal: true,
    docUrl: `https://docs.borga.is/errors/${code}`,
    traceId: null,
  };
}

/** The error of an origin that no checkout may come from. */
export function badOrigin(name: string): BorgaErrorDetail {
  return noticed("invalid_parameter", `${name} must be an https origin, or http on localhost, and nothing more.`);
}

/** Tells the developer. */
export function complain({ code, message, docUrl }: BorgaErrorDetail): void {
  console.error(`<borga-checkout> ${code}: ${message} ${docUrl}`);
}

/** Tells the developer what was not taken as it was said. */
export function advise(warning: string): void {
  console.warn(`<borga-checkout> ${warning}`);
}

/** Why a call ends when the element leaves the page: nothing went wrong. */
export function removed(): DOMException {
  return new DOMException("<borga-checkout> is not in the page", "AbortError");
}
