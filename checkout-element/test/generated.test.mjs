// @vitest-environment node

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { FILES, manifest } from "../generate.mjs";
import { ATTRIBUTES } from "../src/attributes.ts";

const read = (path) => readFile(new URL(`../${path}`, import.meta.url), "utf8");

test.each(Object.keys(FILES))("%s is what the sources say; npm run generate -w checkout-element writes it", async (path) => {
  expect(await read(path)).toBe(await FILES[path]());
});

test("every attribute, property, method and event has its words, and no other has", async () => {
  const { attributes, events, members } = (await manifest()).modules[0].declarations[0];
  const names = (list) => list.map(({ name }) => name);
  const declared = [...(await read("src/events.ts")).matchAll(/^ {2}"(borga-\w+)"/gm)].map(([, name]) => name);
  expect(names(attributes)).toEqual([...ATTRIBUTES]);
  expect(names(events)).toEqual(declared);
  expect([...attributes, ...events, ...members].filter(({ description }) => !description)).toEqual([]);
  expect(names(members)).toEqual(expect.arrayContaining(attributes.map(({ fieldName }) => fieldName)));
});
