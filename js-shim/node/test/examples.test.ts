/** What the README and docs/webhooks-node.md show runs, and is what stands there. */

import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { KEY } from "./scene/client.js";
import { EVENT, SECRET, v1 } from "./scene/delivery.js";
import { listening, standIn } from "./scene/stand-in.js";

vi.stubEnv("BORGA_SECRET_KEY", KEY);
const { app } = await import("../examples/express.js");
const { POST } = await import("../examples/next-route.js");
const { database } = await import("../examples/database.js");

const file = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

test.each([
  ["../README.md", ["first-payment"]],
  ["../../../docs/webhooks-node.md", ["express", "next-route", "orders"]],
])("%s shows the examples as they are", async (path, names) => {
  const document = await file(path);
  for (const name of names) {
    expect(document.includes(`\`\`\`ts\n${await file(`../examples/${name}.ts`)}\`\`\``), `examples/${name}.ts`).toBe(true);
  }
});

test("the README names every method", async () => {
  const readme = await file("../README.md");
  const { Borga } = await import("../src/index.js");
  for (const [name, resource] of Object.entries(new Borga({ apiKey: KEY }))) {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter((it) => it !== "constructor");
    expect(readme).toContain(`| \`${name}\` | ${methods.map((method) => `\`${method}\``).join(" ")} |`);
  }
});

test("the first payment's page has what its session needs", async () => {
  const api = await standIn({ status: 201, body: { id: "ps_1", client_secret: "pcs_1" } });
  vi.stubEnv("BORGA_API", api.baseUrl);
  vi.stubEnv("BORGA_SECRET_KEY", KEY);
  vi.stubEnv("PORT", "0");
  const { shop } = await import("../examples/first-payment.js");

  const page = await fetch(await listening(shop));
  expect(await page.text()).toContain('<borga-checkout session-id="ps_1" client-secret="pcs_1">');
  expect(JSON.parse(api.asked[0]!.body)).toEqual({
    mode: "embedded",
    amount: 1990,
    currency: "ISK",
    origin: "http://localhost:3000",
  });
});

interface Delivery {
  body: string;
  headers: Record<string, string>;
}
const frameworks: [string, (delivery: Delivery) => Promise<number>][] = [
  [
    "Express",
    async (delivery) => {
      const url = `${await listening(app.listen(0, "127.0.0.1"))}/borga/webhook`;
      const headers = { "Content-Type": "application/json", ...delivery.headers };
      return (await original(url, { method: "POST", body: delivery.body, headers })).status;
    },
  ],
  [
    "Next.js",
    async (delivery) => {
      const request = new Request("https://mystore.is/borga/webhook", { method: "POST", ...delivery });
      return POST(request).then(
        (response) => response.status,
        // As the framework answers.
        () => 500,
      );
    },
  ],
];
const original = globalThis.fetch;

describe.each(frameworks)("%s", (_, deliver) => {
  const paid = { id: EVENT.data.id, status: "succeeded", amount: 1990, currency: "ISK", external_reference: "7782" };
  const now = Math.floor(Date.now() / 1000);
  const signed = (event: object = EVENT) => {
    const body = JSON.stringify(event, null, 2);
    return { body, headers: { "Borga-Signature": v1(SECRET, now, body) } };
  };
  const deliveries = () => database.orders.get("7782")!.deliveries;

  beforeEach(() => {
    vi.stubEnv("BORGA_WEBHOOK_SECRET", SECRET);
    database.orders.set("7782", { id: "7782", amount: 1990, currency: "ISK", deliveries: 0 });
  });

  /** The API that the example asks, which says this of the payment. */
  async function api(payment: object, status = 200) {
    const { baseUrl, asked } = await standIn({ status, body: payment });
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => original(url.replace("https://api.borga.is", baseUrl), init));
    return asked;
  }

  test("delivers once, however often the event comes", async () => {
    const asked = await api(paid);
    expect([await deliver(signed()), await deliver(signed())]).toEqual([200, 200]);
    expect(asked.map(({ path }) => path)).toEqual(Array(2).fill(`/v1/payments/${EVENT.data.id}`));
    expect(deliveries()).toBe(1);
  });

  test.each([
    ["another amount", { amount: 1 }],
    ["another currency", { currency: "JPY" }],
    ["another status by now", { status: "refunded" }],
    ["an order of somebody else", { external_reference: null }],
  ])("does not deliver for %s", async (_case, difference) => {
    await api({ ...paid, ...difference });
    expect(await deliver(signed())).toBe(200);
    expect(deliveries()).toBe(0);
  });

  test("asks nobody about what is not proven", async () => {
    const asked = await api(paid);
    const { body, headers } = signed();
    expect(await deliver({ body: `${body} `, headers })).toBe(400);
    expect(await deliver({ body, headers: {} })).toBe(400);
    vi.stubEnv("BORGA_WEBHOOK_SECRET", "");
    expect(await deliver({ body, headers: { "Borga-Signature": v1("", now, body) } })).toBe(400);
    expect(asked).toHaveLength(0);
    expect(deliveries()).toBe(0);
  });

  test("wants the event again when it could not be handled", async () => {
    await api({ error: { type: "authentication_error", code: "invalid_api_key", message: "" } }, 401);
    expect(await deliver(signed())).toBeGreaterThanOrEqual(400);
    expect(deliveries()).toBe(0);
  });

  test("accepts events that it does not know", async () => {
    const asked = await api(paid);
    expect(await deliver(signed({ ...EVENT, type: "invoice.paid" }))).toBe(200);
    expect(asked).toHaveLength(0);
  });
});
