/**
 * What our frames may do in the page.
 */

/** The `allow` attribute: only what this browser knows, because each unknown name is a warning in its console. */
export function permissions(): string {
  return [
    "PaymentRequest" in window && "payment *",
    "PublicKeyCredential" in window && "publickey-credentials-get *",
  ]
    .filter(Boolean)
    .join("; ");
}
