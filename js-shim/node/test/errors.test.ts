import { expect, test } from "vitest";
import {
  BorgaApiError,
  BorgaAuthenticationError,
  BorgaCardError,
  BorgaError,
  BorgaInvalidRequestError,
  BorgaPermissionError,
  BorgaRateLimitError,
} from "../src/index.js";
import { client, rejection } from "./scene/client.js";
import { errorReply, type Reply, standIn } from "./scene/stand-in.js";

async function errorOf(reply: Reply): Promise<BorgaError> {
  const api = await standIn(reply);
  return (await rejection(client(api.baseUrl, { maxRetries: 0 }).borga.payments.create({ amount: 1 }))) as BorgaError;
}

test.each([
  ["invalid_request_error", 422, BorgaInvalidRequestError],
  ["authentication_error", 401, BorgaAuthenticationError],
  ["permission_error", 403, BorgaPermissionError],
  ["rate_limit_error", 429, BorgaRateLimitError],
  ["api_error", 500, BorgaApiError],
  ["card_error", 402, BorgaCardError],
])("%s is a class of its own, with everything the API says", async (type, status, Class) => {
  const error = await errorOf(errorReply(status, type, "some_code", { "Request-Id": "req_7", "Retry-After": "9" }));

  expect(error).toBeInstanceOf(Class);
  expect(error).toBeInstanceOf(BorgaError);
  expect(error.name).toBe(Class.name);
  expect(error).toMatchObject({
    type,
    status,
    code: "some_code",
    message: "About some_code.",
    param: "amount",
    docUrl: "https://docs.borga.is/errors/some_code",
    requestId: "req_7",
    retryAfter: 9,
    idempotencyKey: "uuid-1",
  });
});

test.each([
  [400, BorgaInvalidRequestError],
  [401, BorgaAuthenticationError],
  [403, BorgaPermissionError],
  [418, BorgaInvalidRequestError],
  [429, BorgaRateLimitError],
  [500, BorgaApiError],
  [302, BorgaApiError],
])("an answer of %i in another's words has the class of its status", async (status, Class) => {
  const page = "<h1>Authorization: Bearer sk_live_of_somebody</h1>";
  const error = await errorOf({ status, text: page, headers: { Location: "/elsewhere" } });
  expect(error).toBeInstanceOf(Class);
  expect(error).toMatchObject({ status, code: "unreadable_answer", param: null, docUrl: null });
  expect(error.message).not.toContain("sk_live");
});

test("a type of a newer API has the class of its status, and code and message as they came", async () => {
  const error = await errorOf({ status: 403, body: { error: { type: "new_error", code: "c", message: "m" } } });
  expect(error).toBeInstanceOf(BorgaPermissionError);
  expect(error).toMatchObject({ type: "permission_error", code: "c", message: "m", param: null });
  // Names that every object has are no types.
  expect(await errorOf({ status: 403, body: { error: { type: "toString", code: "c" } } })).toBeInstanceOf(BorgaPermissionError);
});

test("a redirect is not followed", async () => {
  const api = await standIn({ status: 307, headers: { Location: "/v1/refunds" } }, { body: {} });
  expect(await rejection(client(api.baseUrl).borga.payments.create({ amount: 1 }))).toMatchObject({ status: 307 });
  expect(api.asked).toHaveLength(1);
});

test("a success that is no JSON is an error, never a payment", async () => {
  const error = await errorOf({ status: 200, text: "<h1>Welcome to the hotel's network</h1>" });
  expect(error).toBeInstanceOf(BorgaApiError);
  expect(error).toMatchObject({ code: "unreadable_answer", status: 200 });
});
