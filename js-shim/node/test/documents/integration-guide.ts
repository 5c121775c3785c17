/** The Node examples of Borga's integration guide, as they are written there; only what stands around them is ours. */

import { Borga } from "@borga/node";

const borga = new Borga({ apiKey: process.env.BORGA_SECRET_KEY! });

export async function hostedCheckout(): Promise<Response> {
  const session = await borga.paymentSessions.create(
    {
      amount: 1_990,
      currency: "ISK",
      mode: "hosted",
      return_url: "https://mystore.is/order/success",
      cancel_url: "https://mystore.is/order/cancelled",
      customer_email: "anna@example.com",
      external_reference: "order_7782",
      metadata: { order_id: "7782" },
    },
    { idempotencyKey: `order-7782-checkout` },
  );

  return Response.redirect(session.url!, 303);
}

export async function embeddedCheckout(): Promise<Response> {
  const session = await borga.paymentSessions.create({
    amount: 1_990,
    currency: "ISK",
    mode: "embedded",
    origin: "https://mystore.is", // the page that will host the SDK
    customer_email: "anna@example.com",
    metadata: { order_id: "7782" },
  });

  // Return only what the frontend needs:
  return Response.json({
    payment_session_id: session.id,
    client_secret: session.client_secret,
  });
}

export async function cardOnFile() {
  // 1. Customer
  const customer = await borga.customers.create({
    email: "anna@example.com",
    name: "Anna Jónsdóttir",
    kennitala: "1212901899",
  });

  // 2. Collect a payment method by running a PaymentSession with
  //    save_payment_method: true. This requires the session's underlying
  //    Payment to be attached to a Customer.
  const setupSession = await borga.paymentSessions.create({
    amount: 100, // a small auth that's released; or use a real first charge
    currency: "ISK",
    mode: "hosted",
    return_url: "https://mystore.is/billing/success",
    cancel_url: "https://mystore.is/billing/cancelled",
    customer: customer.id,
    save_payment_method: true,
  });
  return { customer, setupSession };
}

export async function chargeOfSavedCard() {
  const payment = await borga.payments.create({
    amount: 1_990,
    currency: "ISK",
    customer: "cus_…",
    payment_method: "pm_…",
    description: "Reorder of pre-roll coffee",
    metadata: { order_id: "8123" },
  });
  return payment;
}

export async function refundOfPart() {
  const refund = await borga.refunds.create({
    payment: "pay_…",
    amount: 990, // optional — defaults to remaining unrefunded amount
    reason: "duplicate", // optional
    metadata: { ticket: "support-1729" },
  });
  return refund;
}

export async function webhookEndpoint() {
  const endpoint = await borga.webhookEndpoints.create({
    url: "https://mystore.is/borga/webhook",
    enabled_events: ["payment.succeeded", "payment.failed", "invoice.paid"],
  });
  // endpoint.signing_secret is shown ONCE — store it
  return endpoint;
}
