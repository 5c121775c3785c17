/**
 * The client against a real server: `cargo test -p embed-server --test sdk` starts one and names it here. By hand, name
 * a server and a test key in `BORGA_TEST_API` and `BORGA_TEST_SECRET_KEY`, and run `npx vitest run integration`.
 */

import { describe, expect, test, vi } from "vitest";
import {
  Borga,
  BorgaAuthenticationError,
  BorgaInvalidRequestError,
  type Environment,
  type Payment,
} from "../src/index.js";
import { rejection } from "./scene/client.js";
import { listening } from "./scene/stand-in.js";

const {
  BORGA_TEST_API: baseUrl = "",
  BORGA_TEST_SECRET_KEY: apiKey = "",
  BORGA_TEST_MERCHANT: merchant,
  BORGA_TEST_CUSTOMER: customer = "",
  BORGA_TEST_CARD: card = "",
  BORGA_TEST_CARD_TO_DETACH: cardToDetach = "",
} = process.env;
const isNamed = baseUrl !== "" && apiKey !== "";

const ORIGIN = "http://localhost:3000";
/** What no other run of this test has made. */
const mark = crypto.randomUUID();

describe.runIf(isNamed)("a real server", () => {
  const client = (key = apiKey, environment: Partial<Environment> = {}) => new Borga({ apiKey: key, baseUrl }, environment);
  const borga = isNamed ? client() : (undefined as never);

  test("merchants: the key's own", async () => {
    const current = await borga.merchants.current();
    expect(current.id).toMatch(/^mer_/);
    if (merchant) expect(current.id).toBe(merchant);
  });

  test("a wrong key is an authentication error that can be asked about", async () => {
    const error = await rejection(client("sk_test_wrong").merchants.current());
    expect(error).toBeInstanceOf(BorgaAuthenticationError);
    expect(error).toMatchObject({ code: "invalid_api_key", status: 401, type: "authentication_error" });
    expect((error as BorgaAuthenticationError).requestId).toMatch(/^req_/);
    expect((error as BorgaAuthenticationError).docUrl).toContain("/errors/invalid_api_key");
  });

  test("payment sessions: create, retrieve, list", async () => {
    const made = await borga.paymentSessions.create({
      mode: "embedded",
      amount: 1990,
      currency: "ISK",
      origin: ORIGIN,
      external_reference: mark,
      metadata: { order_id: "7782" },
    });
    expect(made).toMatchObject({ status: "open", mode: "embedded", amount: 1990, metadata: { order_id: "7782" } });
    expect(made.client_secret).toMatch(/^pcs_/);

    expect((await borga.paymentSessions.retrieve(made.id)).payment).toBe(made.payment);
    const { payment } = await borga.paymentSessions.retrieve(made.id, { expand: ["payment"] });
    expect(payment).toMatchObject({ id: made.payment, status: "created", external_reference: mark });
    const list = await borga.paymentSessions.list({ payment: made.payment as string });
    expect(list).toMatchObject({ data: [{ id: made.id }], has_more: false });
  });

  test("the README's first payment has a session of its own", async () => {
    vi.stubEnv("BORGA_API", baseUrl);
    vi.stubEnv("BORGA_SECRET_KEY", apiKey);
    vi.stubEnv("PORT", "0");
    const { shop } = await import("../examples/first-payment.js");
    const page = await (await fetch(await listening(shop))).text();
    const [, id, secret] = /session-id="(ps_\w+)" client-secret="(pcs_[^"]+)"/.exec(page) ?? [];
    expect(await borga.paymentSessions.retrieve(id!)).toMatchObject({ client_secret: secret, origin: ORIGIN });
  });

  test("what is wrong in a request is said, with its field", async () => {
    const error = await rejection(borga.paymentSessions.create({ amount: 1.5, mode: "embedded", origin: ORIGIN }));
    expect(error).toBeInstanceOf(BorgaInvalidRequestError);
    expect(error).toMatchObject({ code: "invalid_amount", param: "amount", status: 400 });
    const misplaced = { timeout: 5 } as object;
    expect(await rejection(borga.payments.list(misplaced))).toMatchObject({ code: "unknown_parameter", param: "timeout" });
    for (const id of ["pay_00000000000000000000000000", "pay_1", "../merchants/current"]) {
      expect(await rejection(borga.payments.retrieve(id))).toMatchObject({ code: "resource_not_found", status: 404 });
    }
  });

  test("payments: create, retrieve, update, list in both directions, page after page", async () => {
    const external_reference = `${mark}-list`;
    const made: Payment[] = [];
    for (let amount = 1; amount <= 5; amount += 1) {
      made.push(await borga.payments.create({ amount, currency: "ISK", external_reference }));
    }
    const first = made[0]!;
    expect(await borga.payments.retrieve(first.id)).toEqual(first);
    const changed = await borga.payments.update(first.id, { description: "Kaffi", metadata: { a: "b" } });
    expect(changed).toEqual({ ...first, description: "Kaffi", metadata: { a: "b" } });

    const amounts = async (params: object) => {
      const found: number[] = [];
      for await (const payment of borga.payments.list({ external_reference, limit: 2, ...params })) found.push(payment.amount);
      return found;
    };
    expect(await amounts({})).toEqual([5, 4, 3, 2, 1]);
    expect(await amounts({ starting_after: made[3]!.id })).toEqual([3, 2, 1]);
    expect(await amounts({ ending_before: first.id })).toEqual([2, 3, 4, 5]);
    expect(await borga.payments.list({ external_reference, limit: 2 })).toMatchObject({
      data: [{ amount: 5 }, { amount: 4 }],
      has_more: true,
    });
  });

  test("one key is one payment, also of calls at the same time", async () => {
    const impatient = client(apiKey, { sleep: () => new Promise((resolve) => setImmediate(resolve)) });
    const options = { idempotencyKey: `${mark}-once`, maxRetries: 1000 };
    const calls = Array.from({ length: 10 }, () => impatient.payments.create({ amount: 77, external_reference: `${mark}-once` }, options));

    expect(new Set((await Promise.all(calls)).map(({ id }) => id)).size).toBe(1);
    expect((await borga.payments.list({ external_reference: `${mark}-once` })).data).toHaveLength(1);
    expect(await rejection(borga.refunds.create({ payment: "pay_1" }, options))).toMatchObject({
      code: "idempotency_key_reused",
      idempotencyKey: options.idempotencyKey,
    });
    // Each call by itself has a key of its own.
    const [one, other] = await Promise.all([borga.payments.create({ amount: 1 }), borga.payments.create({ amount: 1 })]);
    expect(one.id).not.toBe(other.id);
  });

  test("customers: create, retrieve, update, list", async () => {
    const email = `${mark}@example.com`;
    const made = await borga.customers.create({ email, name: "Anna Jónsdóttir", kennitala: "1212901899" });
    expect(await borga.customers.retrieve(made.id)).toEqual(made);
    expect(await borga.customers.update(made.id, { name: "Anna" })).toEqual({ ...made, name: "Anna" });
    expect((await borga.customers.list({ email })).data.map(({ id }) => id)).toEqual([made.id]);
  });

  test("API keys: create, retrieve, list, update, rotate, revoke", async () => {
    const made = await borga.apiKeys.create({ type: "secret", mode: "test", label: "till 1" });
    expect((await client(made.key).merchants.current()).id).toMatch(/^mer_/);
    const { key: _, ...shown } = made;
    expect(await borga.apiKeys.retrieve(made.id)).toEqual(shown);
    const listed = [];
    for await (const it of borga.apiKeys.list({ limit: 1 })) listed.push(it);
    expect(listed).toContainEqual(shown);
    expect(await borga.apiKeys.update(made.id, { label: "till 2" })).toEqual({ ...shown, label: "till 2" });

    const rotated = await borga.apiKeys.rotate(made.id);
    expect(rotated.id).toBe(made.id);
    expect(rotated.key).not.toBe(made.key);
    expect(await rejection(client(made.key).merchants.current())).toBeInstanceOf(BorgaAuthenticationError);
    await client(rotated.key).merchants.current();

    expect(await borga.apiKeys.revoke(made.id)).toBeUndefined();
    expect(await rejection(client(rotated.key).merchants.current())).toBeInstanceOf(BorgaAuthenticationError);
  });

  describe.runIf(card !== "")("a saved card", () => {
    test("payment methods: list, retrieve, default, detach", async () => {
      const ids = [];
      for await (const method of borga.paymentMethods.list({ customer, limit: 1 })) ids.push(method.id);
      expect(ids).toEqual(expect.arrayContaining([card, cardToDetach]));
      const { customer: owner } = await borga.paymentMethods.retrieve(card, { expand: ["customer"] });
      expect(owner).toMatchObject({ id: customer });
      expect((await borga.paymentMethods.setDefault(card)).id).toBe(card);
      expect((await borga.customers.retrieve(customer)).default_payment_method).toBe(card);

      expect(await borga.paymentMethods.detach(cardToDetach)).toEqual({ id: cardToDetach, detached: true, deleted: true });
      expect(await rejection(borga.paymentMethods.detach(cardToDetach))).toMatchObject({ code: "resource_not_found" });
    });

    test("refunds: create, retrieve, list, and never more than there is", async () => {
      const payment = await borga.payments.create({ amount: 1990, currency: "ISK", customer, payment_method: card });
      expect(payment).toMatchObject({ status: "succeeded", payment_method: card, customer });

      const refund = await borga.refunds.create({ payment: payment.id, amount: 990, reason: "duplicate" });
      expect(refund).toMatchObject({ payment: payment.id, amount: 990, currency: "ISK", reason: "duplicate" });
      expect((await borga.refunds.retrieve(refund.id, { expand: ["payment"] })).payment).toMatchObject({ id: payment.id });
      expect((await borga.refunds.list({ payment: payment.id })).data.map(({ id }) => id)).toEqual([refund.id]);
      expect(await rejection(borga.refunds.create({ payment: payment.id, amount: 1001 }))).toMatchObject({
        code: "refund_exceeds_capture",
        status: 422,
      });
      expect((await borga.refunds.create({ payment: payment.id })).amount).toBe(1000);
    });
  });

  test("webhook endpoints and events", async () => {
    const made = await borga.webhookEndpoints.create({ url: "https://shop.example/borga/webhook", enabled_events: ["payment.succeeded"] });
    expect(made.signing_secret).toMatch(/^whsec_/);
    expect((await borga.webhookEndpoints.retrieve(made.id)).url).toBe(made.url);
    expect((await borga.webhookEndpoints.update(made.id, { enabled: false })).enabled).toBe(false);
    expect((await borga.webhookEndpoints.rotateSecret(made.id)).signing_secret).not.toBe(made.signing_secret);
    expect((await borga.webhookEndpoints.list()).data.map(({ id }) => id)).toContain(made.id);
    expect((await borga.webhookEndpoints.deliveries(made.id)).has_more).toBe(false);
    await borga.webhookEndpoints.delete(made.id);
    expect(await rejection(borga.webhookEndpoints.retrieve(made.id))).toMatchObject({ code: "resource_not_found" });

    const { id: buyer } = await borga.customers.create({ email: `${mark}-event@example.com` });
    const [event] = (await borga.events.list({ limit: 1 })).data;
    expect(event).toMatchObject({ type: "customer.created", mode: "test", data: { id: buyer } });
    expect(await borga.events.retrieve(event!.id)).toEqual(event);
  });
});
