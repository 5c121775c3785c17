import { expect, test } from "vitest";
import { CALLS } from "./scene/calls.js";
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

  for (const [, call] of CALLS) await call(borga);

  expect(api.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(CALLS.map(([request]) => request));
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
