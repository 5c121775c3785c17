import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { verifyStandardWebhook, verifyWebhookSignature } from "../src/index.js";

interface Delivery {
  secret: string;
  headers: Record<string, string>;
  body: string;
}

/** What the server sent to an endpoint: see embed-server/tests/sdk.rs. */
const path = process.env["BORGA_TEST_DELIVERY"];

describe.skipIf(path === undefined)("a delivery of the server", () => {
  const nothing: Delivery = { secret: "", headers: {}, body: "" };
  const { secret, headers, body } = path === undefined ? nothing : (JSON.parse(readFileSync(path, "utf8")) as Delivery);
  const header = (name: string) => headers[name] ?? "";
  const changed = body.replace("customer.created", "customer.createe");

  beforeEach(() => {
    expect(changed).not.toBe(body);
    // The server's clock in tests is not this one.
    vi.useFakeTimers({ now: Number(header("borga-timestamp")) * 1000, toFake: ["Date"] });
  });
  afterEach(() => vi.useRealTimers());

  test("verifies with the standard's own library", () => {
    const webhook = new StandardWebhook(secret);
    expect(webhook.verify(body, headers)).toMatchObject({ type: "customer.created" });
    expect(() => webhook.verify(changed, headers)).toThrow();
  });

  test("verifies with Svix's library", () => {
    const webhook = new SvixWebhook(secret);
    expect(webhook.verify(body, headers)).toMatchObject({ type: "customer.created" });
    expect(() => webhook.verify(changed, headers)).toThrow();
  });

  test("verifies with what the guide describes, by hand", () => {
    const proves = (text: string) => {
      const [time, given] = header("borga-signature").split(",").map((part) => part.slice(part.indexOf("=") + 1));
      const expected = createHmac("sha256", secret).update(`${time}.${text}`).digest("hex");
      return timingSafeEqual(Buffer.from(given ?? ""), Buffer.from(expected));
    };
    expect(proves(body)).toBe(true);
    expect(proves(changed)).toBe(false);
  });

  test("verifies with this package, in every form", () => {
    const timestamp = header("borga-timestamp");
    const event = { type: "customer.created" };
    expect(verifyWebhookSignature({ body, signature: header("borga-signature"), secret })).toMatchObject(event);
    expect(verifyWebhookSignature({ body, signature: header("borga-signature-hex"), timestamp, secret })).toMatchObject(event);
    expect(verifyStandardWebhook({ body, headers, secret })).toMatchObject(event);
    expect(() => verifyWebhookSignature({ body: changed, signature: header("borga-signature"), secret })).toThrow();
  });
});
