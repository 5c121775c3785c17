import type { Borga } from "../../src/index.js";

/** Every method, and the request it makes. */
export const CALLS: [string, (borga: Borga) => PromiseLike<unknown>][] = [
  ["POST /v1/payment_sessions", (borga) => borga.paymentSessions.create({ amount: 1 })],
  ["GET /v1/payment_sessions?payment=pay_1", (borga) => borga.paymentSessions.list({ payment: "pay_1" })],
  [
    "GET /v1/payment_sessions/ps_1?expand%5B%5D=payment",
    (borga) => borga.paymentSessions.retrieve("ps_1", { expand: ["payment"] }),
  ],
  ["POST /v1/payments", (borga) => borga.payments.create({ amount: 1990 })],
  ["GET /v1/payments?status=succeeded&limit=5", (borga) => borga.payments.list({ status: "succeeded", limit: 5 })],
  [
    "GET /v1/payments/pay_1?expand%5B%5D=customer&expand%5B%5D=session",
    (borga) => borga.payments.retrieve("pay_1", { expand: ["customer", "session"] }),
  ],
  ["PATCH /v1/payments/pay_1", (borga) => borga.payments.update("pay_1", { description: "x" })],
  ["POST /v1/refunds", (borga) => borga.refunds.create({ payment: "pay_1" })],
  ["GET /v1/refunds", (borga) => borga.refunds.list()],
  ["GET /v1/refunds/ref_1", (borga) => borga.refunds.retrieve("ref_1")],
  ["POST /v1/customers", (borga) => borga.customers.create({ email: "anna@example.com" })],
  [
    "GET /v1/customers?email=anna%2Bshop%40example.com",
    (borga) => borga.customers.list({ email: "anna+shop@example.com" }),
  ],
  ["GET /v1/customers/cus_1", (borga) => borga.customers.retrieve("cus_1")],
  ["PATCH /v1/customers/cus_1", (borga) => borga.customers.update("cus_1", { name: "Anna" })],
  ["GET /v1/payment_methods?customer=cus_1", (borga) => borga.paymentMethods.list({ customer: "cus_1" })],
  ["GET /v1/payment_methods/pm_1", (borga) => borga.paymentMethods.retrieve("pm_1")],
  ["POST /v1/payment_methods/pm_1/set_default", (borga) => borga.paymentMethods.setDefault("pm_1")],
  ["DELETE /v1/payment_methods/pm_1", (borga) => borga.paymentMethods.detach("pm_1")],
  ["POST /v1/api_keys", (borga) => borga.apiKeys.create({ type: "secret", mode: "test" })],
  ["GET /v1/api_keys", (borga) => borga.apiKeys.list()],
  ["GET /v1/api_keys/key_1", (borga) => borga.apiKeys.retrieve("key_1")],
  ["PATCH /v1/api_keys/key_1", (borga) => borga.apiKeys.update("key_1", { label: "x" })],
  ["POST /v1/api_keys/key_1/rotate", (borga) => borga.apiKeys.rotate("key_1")],
  ["DELETE /v1/api_keys/key_1", (borga) => borga.apiKeys.revoke("key_1")],
  ["GET /v1/merchants/current", (borga) => borga.merchants.current()],
  [
    "POST /v1/webhook_endpoints",
    (borga) => borga.webhookEndpoints.create({ url: "https://shop.example/hook", enabled_events: ["*"] }),
  ],
  ["GET /v1/webhook_endpoints", (borga) => borga.webhookEndpoints.list()],
  ["GET /v1/webhook_endpoints/we_1", (borga) => borga.webhookEndpoints.retrieve("we_1")],
  ["PATCH /v1/webhook_endpoints/we_1", (borga) => borga.webhookEndpoints.update("we_1", { enabled: false })],
  ["DELETE /v1/webhook_endpoints/we_1", (borga) => borga.webhookEndpoints.delete("we_1")],
  ["POST /v1/webhook_endpoints/we_1/rotate_secret", (borga) => borga.webhookEndpoints.rotateSecret("we_1")],
  ["POST /v1/webhook_endpoints/we_1/test", (borga) => borga.webhookEndpoints.test("we_1")],
  [
    "GET /v1/webhook_endpoints/we_1/deliveries?limit=3",
    (borga) => borga.webhookEndpoints.deliveries("we_1", { limit: 3 }),
  ],
  [
    "POST /v1/webhook_endpoints/we_1/deliveries/whd_1/retry",
    (borga) => borga.webhookEndpoints.retryDelivery("we_1", "whd_1"),
  ],
  ["GET /v1/events?starting_after=evt_1", (borga) => borga.events.list({ starting_after: "evt_1" })],
  ["GET /v1/events/evt_1", (borga) => borga.events.retrieve("evt_1")],
];
