import { expect, test } from "vitest";
import "../src/register.js";
import { frameUrl, readOptions } from "../src/attributes.js";

const read = (attributes: Record<string, string>) => {
  const element = document.createElement("borga-checkout");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return readOptions(element);
};

test("values that mean nothing become the defaults", () => {
  expect(read({ theme: "pink", "three-ds": "pigeon", locale: "" })).toEqual({
    theme: "auto",
    appearance: "",
    three_ds: "popup",
  });
});

test("values that mean something are kept", () => {
  expect(read({ theme: "dark", "three-ds": "redirect", locale: "is-IS" })).toEqual({
    theme: "dark",
    appearance: "",
    three_ds: "redirect",
    locale: "is-IS",
  });
});

test("the frame's address names only what was set", () => {
  expect(frameUrl("https://c.example", "ps_1", "abc", read({}))).toBe("https://c.example/embed/ps_1#abc");
  expect(frameUrl("https://c.example", "ps_1", "abc", read({ locale: "is", theme: "dark" }))).toBe(
    "https://c.example/embed/ps_1?locale=is&theme=dark#abc",
  );
  expect(frameUrl("https://c.example", "ps_1", "abc", read({ appearance: '{"accent":"#123"}' }))).toBe(
    "https://c.example/embed/ps_1?appearance=%7B%22accent%22%3A%22%23123%22%7D#abc",
  );
});

test("a session id cannot lead out of its path", () => {
  expect(frameUrl("https://c.example", "../x?y#z", "abc", read({}))).toBe("https://c.example/embed/..%2Fx%3Fy%23z#abc");
});
