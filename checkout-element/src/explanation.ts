/**
 * Loads what explains a missing form, when there is something to explain.
 */

import { within } from "./deferred.js";
import { noticed, type BorgaErrorDetail } from "./problem.js";

/** How long an explanation is worth waiting for: the file, and then its question to the server. */
export const EXPLAINED_WITHIN_MS = 8_000;

/** What `ask` finds out; the bare `code` when it cannot be asked, on a page whose network is the problem. */
export function explained(
  ask: (file: typeof import("./explained.js")) => BorgaErrorDetail | Promise<BorgaErrorDetail>,
  code: BorgaErrorDetail["code"],
): Promise<BorgaErrorDetail> {
  return within(import("./explained.js").then(ask), EXPLAINED_WITHIN_MS, Error).catch(() => noticed(code));
}
