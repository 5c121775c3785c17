import { expect, test } from "vitest";
import { client, KEY } from "./scene/client.js";
import { standIn } from "./scene/stand-in.js";

test("a call is the API's own request, and its answer the API's own", async () => {
  const payment = { id: "pay_1", amount: 1990, amount_refunded: 0 };
  const api = await standIn({ status: 201, body: payment });
  const { borga } = client(api.baseUrl);

  const made = await borga.payments.create({ amount: 1990, currency: "ISK", metadata: { order_id: "7782" } });

  expect(made).toEqual(payment);
  const [request] = api.asked;
  expect(request).toMatchObject({ method: "POST", path: "/v1/payments" });
  expect(JSON.parse(request!.body)).toEqual({ amount: 1990, currency: "ISK", metadata: { order_id: "7782" } });
  expect(request!.headers).toMatchObject({
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
    accept: "application/json",
    "idempotency-key": "uuid-1",
  });
  expect(request!.headers["user-agent"]).toMatch(/^borga-node\/\d+\.\d+\.\d+ node\/\d+/);
});

test("every method asks for its own URL", async () => {
  const api = await standIn({ body: { data: [], has_more: false } });
  const { borga } = client(api.baseUrl);

  await borga.paymentSessions.create({ amount: 1 });
  await borga.paymentSessions.list({ payment: "pay_1" });
  await borga.paymentSessions.retrieve("ps_1", { expand: ["payment"] });
  await borga.payments.list({ status: "succeeded", limit: 5 });
  await borga.payments.retrieve("pay_1", { expand: ["customer", "session"] });
  await borga.payments.update("pay_1", { description: "x" });
  await borga.refunds.create({ payment: "pay_1" });
  await borga.refunds.list();
  await borga.refunds.retrieve("ref_1");
  await borga.customers.create({ email: "anna@example.com" });
  await borga.customers.list({ email: "anna+shop@example.com" });
  await borga.customers.retrieve("cus_1");
  await borga.customers.update("cus_1", { name: "Anna" });
  await borga.paymentMethods.list({ customer: "cus_1" });
  await borga.paymentMethods.retrieve("pm_1");
  await borga.paymentMethods.setDefault("pm_1");
  await borga.paymentMethods.detach("pm_1");
  await borga.apiKeys.create({ type: "secret", mode: "test" });
  await borga.apiKeys.list();
  await borga.apiKeys.retrieve("key_1");
  await borga.apiKeys.update("key_1", { label: "x" });
  await borga.apiKeys.rotate("key_1");
  await borga.apiKeys.revoke("key_1");
  await borga.merchants.current();
  await borga.webhookEndpoints.create({ url: "https://shop.example/hook", enabled_events: ["*"] });
  await borga.webhookEndpoints.list();
  await borga.webhookEndpoints.retrieve("we_1");
  await borga.webhookEndpoints.update("we_1", { enabled: false });
  await borga.webhookEndpoints.delete("we_1");
  await borga.webhookEndpoints.rotateSecret("we_1");
  await borga.webhookEndpoints.test("we_1");
  await borga.webhookEndpoints.deliveries("we_1", { limit: 3 });
  await borga.webhookEndpoints.retryDelivery("we_1", "d_1");
  await borga.events.list({ starting_after: "evt_1" });
  await borga.events.retrieve("evt_1");

  expect(api.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /v1/payment_sessions",
    "GET /v1/payment_sessions?payment=pay_1",
    "GET /v1/payment_sessions/ps_1?expand%5B%5D=payment",
    "GET /v1/payments?status=succeeded&limit=5",
    "GET /v1/payments/pay_1?expand%5B%5D=customer&expand%5B%5D=session",
    "PATCH /v1/payments/pay_1",
    "POST /v1/refunds",
    "GET /v1/refunds",
    "GET /v1/refunds/ref_1",
    "POST /v1/customers",
    "GET /v1/customers?email=anna%2Bshop%40example.com",
    "GET /v1/customers/cus_1",
    "PATCH /v1/customers/cus_1",
    "GET /v1/payment_methods?customer=cus_1",
    "GET /v1/payment_methods/pm_1",
    "POST /v1/payment_methods/pm_1/set_default",
    "DELETE /v1/payment_methods/pm_1",
    "POST /v1/api_keys",
    "GET /v1/api_keys",
    "GET /v1/api_keys/key_1",
    "PATCH /v1/api_keys/key_1",
    "POST /v1/api_keys/key_1/rotate",
    "DELETE /v1/api_keys/key_1",
    "GET /v1/merchants/current",
    "POST /v1/webhook_endpoints",
    "GET /v1/webhook_endpoints",
    "GET /v1/webhook_endpoints/we_1",
    "PATCH /v1/webhook_endpoints/we_1",
    "DELETE /v1/webhook_endpoints/we_1",
    "POST /v1/webhook_endpoints/we_1/rotate_secret",
    "POST /v1/webhook_endpoints/we_1/test",
    "GET /v1/webhook_endpoints/we_1/deliveries?limit=3",
    "POST /v1/webhook_endpoints/we_1/deliveries/d_1/retry",
    "GET /v1/events?starting_after=evt_1",
    "GET /v1/events/evt_1",
  ]);
  const withKey = api.asked.filter(({ headers }) => headers["idempotency-key"] !== undefined);
  expect(new Set(withKey.map(({ method }) => method))).toEqual(new Set(["POST", "PATCH"]));
  expect(withKey).toHaveLength(api.asked.filter(({ method }) => ["POST", "PATCH"].includes(method)).length);
  expect(new Set(withKey.map(({ headers }) => headers["idempotency-key"])).size).toBe(withKey.length);
});

test("an id from outside leads nowhere else", async () => {
  const api = await standIn({ body: {} });
  const { borga } = client(api.baseUrl);

  await borga.payments.retrieve("pay_1/../../refunds?limit=1#");
  expect(api.asked[0]!.path).toBe("/v1/payments/pay_1%2F..%2F..%2Frefunds%3Flimit%3D1%23");
  for (const id of ["", ".", "..", undefined as unknown as string]) {
    expect(() => borga.payments.retrieve(id)).toThrow(TypeError);
    expect(() => borga.webhookEndpoints.delete(id)).toThrow(/an id/i);
  }
  expect(api.asked).toHaveLength(1);
});

test("what is undefined or null in a query is left out", async () => {
  const api = await standIn({ body: { data: [], has_more: false } });
  await client(api.baseUrl).borga.payments.list({ customer: undefined, limit: 2, expand: [] });
  expect(api.asked[0]!.path).toBe("/v1/payments?limit=2");
});

test("the base URL may have a path and slashes at its end", async () => {
  const api = await standIn({ body: {} });
  await client(`${api.baseUrl}/borga//`).borga.merchants.current();
  expect(api.asked[0]!.path).toBe("/borga/v1/merchants/current");
});

test("an empty answer is undefined", async () => {
  const api = await standIn({ status: 204 });
  expect(await client(api.baseUrl).borga.apiKeys.revoke("key_1")).toBeUndefined();
});
