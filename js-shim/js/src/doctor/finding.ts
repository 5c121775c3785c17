/**
 * What the doctor says. Nothing here may carry a key, a client secret or card data.
 */

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, by a stable name; its heading in the troubleshooting page. */
  readonly check: string;
  /** `problem`: the checkout does not work like this. `warning`: it works worse. `unknown`: the page cannot see it. */
  readonly status: "ok" | "warning" | "problem" | "unknown";
  /** What was found and what to do. */
  readonly message: string;
  /** Where to read on. */
  readonly docUrl: string;
}

/** All that was found. */
export interface Report {
  /** Whether nothing stands in the way of a payment, as far as a page can see. */
  readonly healthy: boolean;
  /** The version of borga.js, when the page has it. */
  readonly version: string | null;
  readonly findings: readonly Finding[];
}

/** A finding about `check`. */
export function finding(check: string, status: Finding["status"], message: string): Finding {
  return { check, status, message, docUrl: `https://docs.borga.is/troubleshooting#${check}` };
}

/** A finding that an error of the API explains. */
export function explained(check: string, code: string, message: string): Finding {
  return { check, status: "problem", message: `${code}: ${message}`, docUrl: `https://docs.borga.is/errors/${code}` };
}
