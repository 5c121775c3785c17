import { expect, test } from "vitest";
import type { ListParams } from "../src/index.js";
import { client, rejection } from "./scene/client.js";
import { errorReply, standIn } from "./scene/stand-in.js";

const page = (has_more: boolean, ...ids: string[]) => ({ body: { data: ids.map((id) => ({ id })), has_more } });

async function walk(params: ListParams | undefined, ...replies: ReturnType<typeof page>[]) {
  const api = await standIn(...replies);
  const ids: string[] = [];
  for await (const payment of client(api.baseUrl).borga.payments.list(params)) ids.push(payment.id);
  return { ids, paths: api.asked.map(({ path }) => path) };
}

test("await gives one page", async () => {
  const api = await standIn(page(true, "pay_3", "pay_2"));
  const { data, has_more } = await client(api.baseUrl).borga.payments.list({ limit: 2 });
  expect(data.map(({ id }) => id)).toEqual(["pay_3", "pay_2"]);
  expect(has_more).toBe(true);
  expect(api.asked).toHaveLength(1);
});

test("for await gives every entry, and keeps the filters", async () => {
  const { ids, paths } = await walk(
    { limit: 2, customer: "cus_1" } as ListParams,
    page(true, "pay_5", "pay_4"),
    page(true, "pay_3", "pay_2"),
    page(false, "pay_1"),
  );
  expect(ids).toEqual(["pay_5", "pay_4", "pay_3", "pay_2", "pay_1"]);
  expect(paths).toEqual([
    "/v1/payments?limit=2&customer=cus_1",
    "/v1/payments?limit=2&customer=cus_1&starting_after=pay_4",
    "/v1/payments?limit=2&customer=cus_1&starting_after=pay_2",
  ]);
});

test("for await goes on from where it is told to", async () => {
  const { ids, paths } = await walk({ starting_after: "pay_5" }, page(true, "pay_4"), page(false, "pay_3"));
  expect(ids).toEqual(["pay_4", "pay_3"]);
  expect(paths).toEqual(["/v1/payments?starting_after=pay_5", "/v1/payments?starting_after=pay_4"]);
});

test("with ending_before it goes from older to newer", async () => {
  const { ids, paths } = await walk({ ending_before: "pay_1" }, page(true, "pay_3", "pay_2"), page(false, "pay_4"));
  expect(ids).toEqual(["pay_2", "pay_3", "pay_4"]);
  expect(paths).toEqual(["/v1/payments?ending_before=pay_1", "/v1/payments?ending_before=pay_3"]);
});

test("an empty list, and an empty page that promises more, end", async () => {
  expect((await walk(undefined, page(false))).ids).toEqual([]);
  expect(await walk(undefined, page(true))).toEqual({ ids: [], paths: ["/v1/payments"] });
});

test("a page is asked for when it is needed, and nothing before the first", async () => {
  const api = await standIn(page(true, "pay_2", "pay_1"), page(false, "pay_0"));
  const list = client(api.baseUrl).borga.payments.list();
  expect(api.asked).toHaveLength(0);
  for await (const { id } of list) if (id === "pay_1") break;
  expect(api.asked).toHaveLength(1);
});

test("the page that was awaited is not asked for again by the loop", async () => {
  const api = await standIn(page(false, "pay_1"));
  const list = client(api.baseUrl).borga.payments.list();
  await list;
  for await (const { id } of list) expect(id).toBe("pay_1");
  expect(api.asked).toHaveLength(1);
});

test("a list is as good as a promise", async () => {
  const api = await standIn(page(false, "pay_1"), errorReply(404, "invalid_request_error", "resource_not_found"));
  const { borga } = client(api.baseUrl);
  let settled = 0;
  const [first] = await Promise.all([borga.payments.list().finally(() => (settled += 1))]);
  expect(first.data).toHaveLength(1);
  expect(await borga.payments.list().catch((error: { code: string }) => error.code)).toBe("resource_not_found");
  expect(settled).toBe(1);
});

test("an error in a later page reaches the loop; failures on the way are tried again", async () => {
  const api = await standIn(
    page(true, "pay_2"),
    "hang up",
    page(true, "pay_1"),
    errorReply(400, "invalid_request_error", "invalid_parameter"),
  );
  const seen: string[] = [];
  const loop = async () => {
    for await (const { id } of client(api.baseUrl).borga.payments.list()) seen.push(id);
  };
  expect(await rejection(loop())).toMatchObject({ code: "invalid_parameter" });
  expect(seen).toEqual(["pay_2", "pay_1"]);
});

test("options hold for every page", async () => {
  const giveUp = new AbortController();
  const api = await standIn(page(true, "pay_2"), page(false, "pay_1"));
  const loop = async () => {
    for await (const _ of client(api.baseUrl).borga.payments.list({}, { signal: giveUp.signal })) giveUp.abort();
  };
  expect(await rejection(loop())).toMatchObject({ name: "AbortError" });
  expect(api.asked).toHaveLength(1);
});
