/**
 * What our frames may do in the page.
 */

/** The `allow` attribute: only what this browser knows, because each unknown name is a warning in its console. */
export function permissions(): string {
  const { featurePolicy } = document as { featurePolicy?: { features(): string[] } };
  return [
    "PaymentRequest" in window && "payment *",
    "PublicKeyCredential" in window && "publickey-credentials-get *",
    featurePolicy?.features().includes("autofill") && "autofill *",
  ]
    .filter(Boolean)
    .join("; ");
}
