import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { BorgaConnectionError, BorgaError, BorgaTimeoutError } from "../src/index.js";
import { client, NOW, rejection } from "./scene/client.js";
import { errorReply, type Reply, standIn } from "./scene/stand-in.js";

const ok: Reply = { status: 201, body: { id: "pay_1" } };
const busy = errorReply(409, "invalid_request_error", "idempotency_key_in_use");
const limited = (after?: string) =>
  errorReply(429, "rate_limit_error", "rate_limited", after === undefined ? {} : { "Retry-After": after });

const repeated: [string, Reply][] = [
  ["a connection that is cut", "hang up"],
  ["an answer that is cut", "half an answer"],
  ["409 idempotency_key_in_use", busy],
  ["429", limited()],
  ...[500, 502, 503, 504].map((status): [string, Reply] => [`${status}`, errorReply(status, "api_error", "internal_error")]),
  ["502 of a proxy", { status: 502, text: "<h1>Bad gateway</h1>" }],
];

test.each(repeated)("%s is tried again, with the same key and the same bytes", async (_, failure) => {
  const api = await standIn(failure, failure, ok);
  const { borga, pauses } = client(api.baseUrl);
  const body = { amount: 1990, metadata: { order: "1" } };

  const call = borga.payments.create(body);
  // What the caller does with its object meanwhile changes nothing.
  body.amount = 1;

  expect(await call).toEqual({ id: "pay_1" });
  expect(api.asked.map(({ headers }) => headers["idempotency-key"])).toEqual(["uuid-1", "uuid-1", "uuid-1"]);
  expect(new Set(api.asked.map((request) => request.body)).size).toBe(1);
  expect(pauses).toEqual([500, 1000]);
});

test.each([400, 401, 402, 403, 404, 409, 413, 415, 422, 501])("%i is not tried again", async (status) => {
  const api = await standIn(errorReply(status, "invalid_request_error", "idempotency_key_reused"));
  const { borga, pauses } = client(api.baseUrl);

  expect(await rejection(borga.payments.create({ amount: 1 }))).toMatchObject({ status });
  expect(api.asked).toHaveLength(1);
  expect(pauses).toEqual([]);
});

test("reads and deletions are tried again, too", async () => {
  const api = await standIn("hang up", { body: { id: "pay_1" } }, "hang up", { status: 204 });
  const { borga } = client(api.baseUrl);

  await borga.payments.retrieve("pay_1");
  await borga.apiKeys.revoke("key_1");
  expect(api.asked.map(({ method }) => method)).toEqual(["GET", "GET", "DELETE", "DELETE"]);
});

test("pauses double up to eight seconds", async () => {
  const api = await standIn(busy);
  const { borga, pauses } = client(api.baseUrl, { maxRetries: 7 });
  await rejection(borga.payments.create({ amount: 1 }));
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("pauses are spread between half and all of it", async () => {
  const api = await standIn("hang up");
  const { borga, pauses } = client(api.baseUrl, {}, { random: () => 0 });
  await rejection(borga.payments.create({ amount: 1 }));
  expect(pauses).toEqual([250, 500]);
});

test.each([
  ["seconds", "7", 7500],
  ["a date", new Date(NOW + 9_000).toUTCString(), 9500],
  ["a date that is over", new Date(NOW - 9_000).toUTCString(), 500],
  ["nothing to wait for", "0", 500],
  ["what is neither", "soon", 500],
  ["a number that is none", "-5", 500],
])("Retry-After is honoured: %s", async (_, header, pause) => {
  const api = await standIn(limited(header), ok);
  const { borga, pauses } = client(api.baseUrl);
  await borga.payments.create({ amount: 1 });
  expect(pauses).toEqual([pause]);
});

test("Retry-After is honoured on 503 as on 429", async () => {
  const api = await standIn(errorReply(503, "api_error", "try_again", { "Retry-After": "3" }), ok);
  const { borga, pauses } = client(api.baseUrl);
  await borga.payments.create({ amount: 1 });
  expect(pauses).toEqual([3500]);
});

test("who is told to wait for more than a minute is told so", async () => {
  const api = await standIn(limited("61"));
  const { borga, pauses } = client(api.baseUrl);
  expect(await rejection(borga.payments.create({ amount: 1 }))).toMatchObject({ status: 429, retryAfter: 61 });
  expect(pauses).toEqual([]);
});

test("how often is the client's to say, and the call's", async () => {
  const api = await standIn("hang up");
  const { borga } = client(api.baseUrl, { maxRetries: 1 });

  await rejection(borga.merchants.current());
  expect(api.asked).toHaveLength(2);
  await rejection(borga.merchants.current({ maxRetries: 0 }));
  expect(api.asked).toHaveLength(3);
});

test("the last failure is the one that is told, with the key for another go", async () => {
  const api = await standIn(errorReply(500, "api_error", "internal_error"), "hang up", "hang up");
  const error = await rejection(client(api.baseUrl).borga.payments.create({ amount: 1 }, { idempotencyKey: "order-7" }));
  expect(error).toBeInstanceOf(BorgaConnectionError);
  expect(error).toMatchObject({ idempotencyKey: "order-7", status: null, code: "no_answer" });
  expect(api.asked.map(({ headers }) => headers["idempotency-key"])).toEqual(["order-7", "order-7", "order-7"]);
});

test("a server that is not there is a connection error that names the reason", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, "close");
  const { borga } = client(`http://127.0.0.1:${port}`);
  const error = (await rejection(borga.merchants.current())) as BorgaError;
  expect(error).toBeInstanceOf(BorgaConnectionError);
  expect(error.message).toContain("ECONNREFUSED");
  expect(error.idempotencyKey).toBeNull();
});

test("a silent server is a timeout; each try has its own time", async () => {
  const api = await standIn("silence");
  const { borga, timers, ring } = client(api.baseUrl, { timeout: 1234, maxRetries: 1 });

  const outcome = rejection(borga.payments.create({ amount: 1 }));
  await api.heard();
  expect([...timers.values()]).toEqual([1234]);
  ring();
  await api.heard();
  expect([...timers.values()]).toEqual([1234]);
  ring();

  const error = (await outcome) as BorgaError;
  expect(error).toBeInstanceOf(BorgaTimeoutError);
  expect(error).toBeInstanceOf(BorgaConnectionError);
  expect(error).toMatchObject({ code: "timeout", idempotencyKey: "uuid-1" });
  expect(error.message).toContain("1234 ms");
  expect(timers.size).toBe(0);
});

test("a call's own time-out wins", async () => {
  const api = await standIn("silence");
  const { borga, timers, ring } = client(api.baseUrl);
  const outcome = rejection(borga.merchants.current({ timeout: 5, maxRetries: 0 }));
  await api.heard();
  expect([...timers.values()]).toEqual([5]);
  ring();
  expect(await outcome).toBeInstanceOf(BorgaTimeoutError);
});

test("an aborted call rejects with the signal's reason: before, during, and in a pause", async () => {
  const reason = new Error("the payer left");
  const api = await standIn("silence", busy);
  const before = AbortSignal.abort(reason);
  expect(await rejection(client(api.baseUrl).borga.merchants.current({ signal: before }))).toBe(reason);
  expect(api.asked).toHaveLength(0);

  const during = new AbortController();
  const outcome = rejection(client(api.baseUrl).borga.merchants.current({ signal: during.signal, maxRetries: 0 }));
  await api.heard();
  during.abort(reason);
  expect(await outcome).toBe(reason);
  expect(api.asked).toHaveLength(1);

  const pausing = new AbortController();
  const { borga } = client(api.baseUrl, {}, { sleep: async () => pausing.abort(reason) });
  expect(await rejection(borga.payments.create({ amount: 1 }, { signal: pausing.signal }))).toBe(reason);
  expect(api.asked).toHaveLength(2);
});
