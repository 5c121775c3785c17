/** What must and must not compile for merchants. It is checked, never run. */

import { Borga, BorgaError, BorgaRateLimitError, type Payment, verifyWebhookSignature } from "@borga/node";

export async function uses(borga: Borga, headers: NodeJS.Dict<string | string[]>): Promise<void> {
  const payment = await borga.payments.create({ amount: 1990, currency: "ISK" }, { idempotencyKey: "order-1", timeout: 1 });
  const card: string | null | undefined = payment.card?.last4;
  void card;
  for await (const it of borga.payments.list({ status: "succeeded", expand: ["customer"] })) it satisfies Payment;
  const { data, has_more } = await borga.customers.list();
  data[0]?.email.length;
  has_more satisfies boolean;
  const customer: string | { id: string } | null = payment.customer;
  void customer;
  (await borga.paymentMethods.detach("pm_")).detached;
  (await borga.apiKeys.rotate("key_")).key.length;

  const event = verifyWebhookSignature({ body: "", signature: headers["borga-signature"], secret: "" });
  switch (event.type) {
    case "payment.succeeded":
      event.data.amount_refunded;
      break;
    case "refund.failed":
      event.data.failure_reason;
      break;
    case "customer.created":
      event.data.email;
      break;
    default:
      event.id;
  }
  try {
    await borga.merchants.current();
  } catch (error) {
    if (error instanceof BorgaRateLimitError) error.retryAfter;
    if (error instanceof BorgaError && error.code === "a_code_of_tomorrow") error.requestId;
  }

  // @ts-expect-error: no key
  new Borga({});
  // @ts-expect-error: an amount is a number of the smallest unit
  borga.payments.create({ amount: "1990" });
  // @ts-expect-error: the API's names are in snake_case
  borga.payments.create({ amount: 1990, externalReference: "7782" });
  // @ts-expect-error: an option of that name does not exist
  borga.payments.create({ amount: 1990 }, { idempotency_key: "order-1" });
  // @ts-expect-error: there is no such status
  borga.payments.list({ status: "paid" });
  // @ts-expect-error: a refund is of a payment
  borga.refunds.create({ amount: 1 });
  // @ts-expect-error: what was expanded may be an id or the whole thing
  payment.customer?.email;
  // @ts-expect-error: a saved card is made by a session
  borga.paymentMethods.create({});
  // @ts-expect-error: a parsed body cannot be verified
  verifyWebhookSignature({ body: {}, signature: "", secret: "" });
  // @ts-expect-error: a secret that may be unset
  verifyWebhookSignature({ body: "", signature: "", secret: process.env.UNSET });
  // @ts-expect-error: a list of refunds has no payments
  for await (const refund of borga.refunds.list()) refund.external_reference;
}
