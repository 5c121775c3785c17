import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { create } from "../src/sessions.js";

const server = vi.fn<typeof fetch>();

beforeEach(() => {
  server.mockReset();
  vi.stubGlobal("fetch", server);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const answer = (body: unknown, init?: ResponseInit) =>
  server.mockResolvedValue(new Response(JSON.stringify(body), init));
const sent = () => server.mock.calls[0] as [string, RequestInit & { headers: Record<string, string>; body: string }];

test("the session is made as the API expects it and returned as it answers", async () => {
  const session = { id: "ps_1", client_secret: "pcs_1", status: "open", amount: 4900, currency: "isk" };
  answer(session, { status: 201 });
  const made = await create({
    publishableKey: "pk_test_1",
    amount: 4900,
    currency: "isk",
    externalReference: "order-1",
    returnUrl: "https://shop.example/done",
    customerEmail: "a@b.example",
    metadata: { a_b: "C" },
    locale: undefined,
  });
  expect(made).toEqual(session);
  const [url, init] = sent();
  expect(url).toBe("https://checkout.borga.is/v1/payment_sessions");
  expect(init.headers["Authorization"]).toBe("Bearer pk_test_1");
  expect(init.credentials).toBe("omit");
  expect(JSON.parse(init.body)).toEqual({
    mode: "embedded",
    amount: 4900,
    currency: "isk",
    external_reference: "order-1",
    return_url: "https://shop.example/done",
    customer_email: "a@b.example",
    metadata: { a_b: "C" },
  });
});

test("each call has an idempotency key of its own, unless the page gives one", async () => {
  server.mockImplementation(async () => new Response("{}"));
  const options = { publishableKey: "pk_test_1", amount: 1 };
  await create(options);
  await create(options);
  await create({ ...options, idempotencyKey: "mine" });
  const keys = server.mock.calls.map(([, init]) => (init?.headers as Record<string, string>)["Idempotency-Key"]);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe("mine");
});

test("a secret key is refused before anything is sent", async () => {
  const refused = create({ publishableKey: "sk_live_1", amount: 1 });
  await expect(refused).rejects.toMatchObject({
    name: "BorgaError",
    code: "secret_key_in_browser",
    param: "publishableKey",
  });
  await expect(refused).rejects.not.toThrow("sk_live_1");
  expect(server).not.toHaveBeenCalled();
});

test.each(["pcs_1", "", undefined])("%s is no publishable key", async (key) => {
  await expect(create({ publishableKey: key as string, amount: 1 })).rejects.toMatchObject({
    code: "invalid_parameter",
  });
  expect(server).not.toHaveBeenCalled();
});

test.each(["http://api.example", "https://api.example/v1", "javascript:alert(1)"])(
  "%s is no API origin",
  async (apiOrigin) => {
    const refused = create({ publishableKey: "pk_test_1", amount: 1, apiOrigin });
    await expect(refused).rejects.toMatchObject({ code: "invalid_parameter", param: "apiOrigin" });
    expect(server).not.toHaveBeenCalled();
  },
);

test("the API's error becomes a BorgaError with the request's id", async () => {
  const error = {
    type: "invalid_request_error",
    code: "invalid_amount",
    message: "m",
    param: "amount",
    doc_url: "https://docs.borga.is/errors/invalid_amount",
  };
  answer({ error }, { status: 400, headers: { "Request-Id": "req_1" } });
  await expect(create({ publishableKey: "pk_test_1", amount: -1 })).rejects.toMatchObject({
    name: "BorgaError",
    type: "invalid_request_error",
    code: "invalid_amount",
    message: "m",
    param: "amount",
    docUrl: "https://docs.borga.is/errors/invalid_amount",
    traceId: "req_1",
  });
});

test("an answer that is no JSON is an error of the API", async () => {
  server.mockResolvedValue(new Response("<html>", { status: 502 }));
  await expect(create({ publishableKey: "pk_test_1", amount: 1 })).rejects.toMatchObject({
    code: "internal_error",
    type: "api_error",
    message: "HTTP status 502",
  });
});

test("a server that cannot be reached is a network error", async () => {
  server.mockRejectedValue(new TypeError("failed to fetch"));
  await expect(create({ publishableKey: "pk_test_1", amount: 1 })).rejects.toMatchObject({ code: "network_error" });
});
