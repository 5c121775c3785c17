/**
 * What the checkout's server tells a page about a session or a publishable key. It makes nothing and pays nothing.
 */

import type { Diagnosis } from "@borga/checkout-element";
import { explained, finding, type Finding } from "./finding.js";

/** Whether this page may show the session. */
export async function examineSession(checkoutOrigin: string, sessionId: string): Promise<Finding[]> {
  const url = `${checkoutOrigin}/public/diagnose?session=${encodeURIComponent(sessionId)}`;
  let found: Diagnosis;
  try {
    const response = await fetch(url, { credentials: "omit", cache: "no-store" });
    found = (await response.json()) as Diagnosis;
  } catch {
    const remedy = "Check the network and this page's connect-src.";
    return [finding("server", "unknown", `${checkoutOrigin} could not be asked. ${remedy}`)];
  }
  const reached = finding("server", "ok", `${checkoutOrigin} answers.`);
  if (!found.code) return [reached, finding("session", "ok", `This page may show ${sessionId}.`)];
  const remedy =
    found.code === "origin_not_allowed"
      ? `${sessionId} was made for another origin. Make it with origin ${JSON.stringify(location.origin)}.`
      : found.message;
  return [reached, explained("session", found.code, remedy)];
}

/** Whether this page may make sessions with the key. Asks for a session without an amount, which is never made. */
export async function examineKey(checkoutOrigin: string, key: string): Promise<Finding> {
  const check = "publishable-key";
  if (/^sk_/.test(key)) return explained(check, "secret_key_in_browser", "Revoke this key now; a page gets a pk_ key.");
  if (!/^pk_(test|live)_/.test(key)) return finding(check, "problem", "A publishable key begins with pk_test_ or pk_live_.");
  let code: string | undefined;
  try {
    const response = await fetch(`${checkoutOrigin}/v1/payment_sessions`, {
      method: "POST",
      credentials: "omit",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: '{"mode":"embedded"}',
    });
    ({ code } = ((await response.json()) as { error?: { code?: string } }).error ?? {});
  } catch {
    // A refused origin may not read the refusal.
    const remedy = `Add ${location.origin} to the key's allowed_origins, and ${checkoutOrigin} to this page's connect-src.`;
    return explained(check, "origin_not_allowed", remedy);
  }
  return code === "missing_parameter" || code === "invalid_amount"
    ? finding(check, "ok", "This page may make sessions with the key.")
    : explained(check, code ?? "internal_error", "The server refuses the key.");
}
