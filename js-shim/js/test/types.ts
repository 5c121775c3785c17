/**
 * What must and must not compile for pages in TypeScript. It is checked, never run.
 */

import { loadBorga, type Appearance, type Borga } from "../src/index.js";

export async function uses(borga: Borga): Promise<void> {
  (await loadBorga())?.checkout;
  const result = await borga.checkout.open({ sessionId: "ps_", clientSecret: "pcs_" });
  const status: "complete" | "canceled" | "pending" = result.status;
  void status;
  await borga.checkout.open({ sessionId: "ps_", fetchClientSecret: async () => "pcs_", container: document.body });
  const appearance: Appearance = { radius: 12 };
  await borga.checkout.open({ sessionId: "ps_", clientSecret: "pcs_", appearance });
  const session = await borga.sessions.create({ publishableKey: "pk_", amount: 100 });
  session.client_secret.length;
  const { healthy, findings } = await borga.doctor({ publishableKey: "pk_", silent: true });
  if (!healthy) findings.map(({ check, message, docUrl }) => [check, message, docUrl]);
  // @ts-expect-error: the doctor is shown no secret
  borga.doctor({ clientSecret: "pcs_" });
  document.createElement("borga-checkout").addEventListener("borga-ready", ({ detail }) => detail.testMode);

  // @ts-expect-error: neither a secret nor somebody to ask for one
  borga.checkout.open({ sessionId: "ps_" });
  // @ts-expect-error: no session
  borga.checkout.open({ clientSecret: "pcs_" });
  // @ts-expect-error: there is no such theme
  borga.checkout.open({ sessionId: "ps_", clientSecret: "pcs_", theme: "pink" });
  // @ts-expect-error: an amount is a number of the smallest unit
  borga.sessions.create({ publishableKey: "pk_", amount: "100" });
  // @ts-expect-error: a browser cannot choose the customer
  borga.sessions.create({ publishableKey: "pk_", amount: 100, customer: "cus_" });
  // @ts-expect-error: on a server there is no Borga
  (await loadBorga()).version;
  // @ts-expect-error: the script sets it, pages do not change it
  borga.version = "2";
}
