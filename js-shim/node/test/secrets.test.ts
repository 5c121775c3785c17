import { inspect } from "node:util";
import { expect, test } from "vitest";
import { client, KEY, rejection } from "./scene/client.js";
import { type Reply, standIn } from "./scene/stand-in.js";

/** Everything that a log could make of a value. */
function printed(value: unknown): string {
  const deep = inspect(value, { showHidden: true, depth: Infinity, getters: true });
  const own = value instanceof Error ? `${value.stack} ${String(value)}` : "";
  return `${deep} ${own} ${JSON.stringify(value)} ${String(value)}`;
}

test("the key is in nothing that is printed of the client, its resources and its lists", async () => {
  const api = await standIn({ body: { data: [], has_more: false } });
  const { borga } = client(api.baseUrl);
  const list = borga.payments.list();
  await list;
  expect(api.asked[0]!.headers.authorization).toContain(KEY);
  for (const value of [borga, borga.payments, list, { nested: [borga] }]) {
    expect(printed(value)).not.toContain(KEY);
  }
});

const echo: [string, Reply][] = [
  ["an error that repeats it", { status: 401, body: { error: { code: "c", message: `Bad key ${KEY}.`, param: KEY } } }],
  ["a proxy's page", { status: 502, text: `Authorization: Bearer ${KEY}` }],
  ["a page for an answer", { status: 200, text: `Authorization: Bearer ${KEY}` }],
  ["a cut connection", "hang up"],
];

test.each(echo)("the key is in no error: %s", async (_, reply) => {
  const api = await standIn(reply);
  const error = await rejection(client(api.baseUrl, { maxRetries: 0 }).borga.merchants.current());
  expect(printed(error)).not.toContain(KEY);
});
