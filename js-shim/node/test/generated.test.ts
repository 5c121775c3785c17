import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
// @ts-expect-error: a script of this package, which has no types
import { generated } from "../generate.mjs";
import * as api from "../src/index.js";
import { CALLS } from "./scene/calls.js";

const DOCUMENT = JSON.parse(await readFile(new URL("../../../docs/openapi.json", import.meta.url), "utf8"));

test("the types are those of docs/openapi.json", { timeout: 60_000 }, async () => {
  const found = await readFile(new URL("../src/generated/api.ts", import.meta.url), "utf8");
  const wanted = (await generated()) as string;
  expect(found === wanted, "src/generated/api.ts is stale: run `npm run generate -w @borga/node`, look at it and commit it").toBe(true);
});

test("every type of errors in the API has a class", () => {
  const classes = Object.keys(api).filter((name) => /^Borga.+Error$/.test(name));
  for (const type of DOCUMENT.components.schemas.ErrorType.enum as string[]) {
    const name = `Borga${type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
    expect(classes).toContain(name);
  }
});

test("every operation of the API has a method", () => {
  const wanted = Object.entries(DOCUMENT.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods)
      // `update` sends PATCH; POST of the same URL does the same.
      .filter((method) => !(method === "post" && "patch" in methods) && path !== "/openapi.json")
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const made = CALLS.map(([request]) => request.replace(/\?.*/, "").replace("/whd_1/", "/{delivery}/").replaceAll(/[a-z]+_1(?=\/|$)/g, "{id}"));
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((operation) => !made.includes(operation))).toEqual([]);
});
