/** The examples that merchants have work as they stand in the guide. */

import { beforeEach, expect, test, vi } from "vitest";
import { KEY } from "./scene/client.js";
import { BODY, EVENT, hex, SECRET } from "./scene/delivery.js";
import { listening, type Reply, standIn } from "./scene/stand-in.js";

vi.stubEnv("BORGA_SECRET_KEY", KEY);
const guide = await import("./documents/integration-guide.js");
const express = await import("./documents/express.js");
const next = await import("./documents/next.js");

/** Answers for `https://api.borga.is`, where the examples' client goes. */
async function api(reply: Reply) {
  const { baseUrl, asked } = await standIn(reply);
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    expect(url).toMatch(/^https:\/\/api\.borga\.is\//);
    return fetch(url.replace("https://api.borga.is", baseUrl), init);
  });
  return () => asked.map(({ method, path, headers, body }) => ({ line: `${method} ${path}`, headers, body: JSON.parse(body) }));
}

beforeEach(() => {
  vi.stubEnv("BORGA_SECRET_KEY", KEY);
  vi.stubEnv("BORGA_WEBHOOK_SECRET", SECRET);
  handledNothing();
});
function handledNothing(): void {
  express.handled.length = 0;
  next.handled.length = 0;
}

test("hosted checkout redirects the payer", async () => {
  const asked = await api({ status: 201, body: { id: "ps_1", url: "https://checkout.borga.is/ps_1" } });
  const response = await guide.hostedCheckout();
  expect([response.status, response.headers.get("Location")]).toEqual([303, "https://checkout.borga.is/ps_1"]);
  expect(asked()[0]).toMatchObject({
    line: "POST /v1/payment_sessions",
    headers: { "idempotency-key": "order-7782-checkout", authorization: `Bearer ${KEY}` },
    body: { amount: 1990, currency: "ISK", mode: "hosted", metadata: { order_id: "7782" } },
  });
});

test("embedded checkout hands the page what it needs", async () => {
  await api({ status: 201, body: { id: "ps_1", client_secret: "pcs_1", payment: "pay_1" } });
  expect(await (await guide.embeddedCheckout()).json()).toEqual({ payment_session_id: "ps_1", client_secret: "pcs_1" });
});

test("customers, saved cards, refunds and endpoints", async () => {
  const asked = await api({ status: 201, body: { id: "cus_1" } });
  await guide.cardOnFile();
  await guide.chargeOfSavedCard();
  await guide.refundOfPart();
  await guide.webhookEndpoint();
  expect(asked().map(({ line }) => line)).toEqual([
    "POST /v1/customers",
    "POST /v1/payment_sessions",
    "POST /v1/payments",
    "POST /v1/refunds",
    "POST /v1/webhook_endpoints",
  ]);
  expect(asked()[1]!.body).toMatchObject({ customer: "cus_1", save_payment_method: true });
});

const now = Math.floor(Date.now() / 1000);
const deliveries: [string, Record<string, string>, number][] = [
  ["a signed delivery", { "Borga-Signature": `t=${now},v1=${hex(SECRET, now)}` }, 200],
  ["a forged one", { "Borga-Signature": `t=${now},v1=${hex("whsec_other", now)}` }, 400],
  ["an old one", { "Borga-Signature": `t=${now - 301},v1=${hex(SECRET, now - 301)}` }, 400],
  ["one without a signature", {}, 400],
];

test.each(deliveries)("Express: %s", async (_, headers, status) => {
  const baseUrl = await listening(express.app.listen(0, "127.0.0.1"));
  const response = await fetch(`${baseUrl}/borga/webhook`, { method: "POST", body: BODY, headers });
  expect(response.status).toBe(status);
  expect(express.handled).toEqual(status === 200 ? [EVENT.data.id] : []);
});

test.each(deliveries)("Next.js: %s", async (_, headers, status) => {
  const response = await next.POST(new Request("https://mystore.is/borga/webhook", { method: "POST", body: BODY, headers }));
  expect(response.status).toBe(status);
  expect(next.handled).toEqual(status === 200 ? [EVENT.data.id] : []);
});

test("Express: a header that comes twice is refused", async () => {
  const baseUrl = await listening(express.app.listen(0, "127.0.0.1"));
  const [[, headers]] = deliveries as [(typeof deliveries)[0]];
  const twice = new Headers(headers);
  twice.append("Borga-Signature", headers["Borga-Signature"]!);
  expect((await fetch(`${baseUrl}/borga/webhook`, { method: "POST", body: BODY, headers: twice })).status).toBe(400);
});
