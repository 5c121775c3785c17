import { expect, test } from "vitest";
import { isStartPage } from "../src/navigation.js";
import { exactOrigin } from "../src/origin.js";

test.each([
  "https://checkout.example",
  "https://checkout.example:8443",
  "http://localhost:4000",
  "http://checkout.localhost:4000",
  "http://127.0.0.1:4000",
  "http://[::1]:4000",
])("takes %s as a checkout origin", (origin) => {
  expect(exactOrigin(origin)).toBe(origin);
});

test.each([
  "http://checkout.example",
  "http://localhost.evil.example",
  "http://127.0.0.1.evil.example",
  "https://checkout.example/path",
  "https://checkout.example?x",
  "https://user@checkout.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "checkout.example",
  "null",
  "*",
  "",
])("refuses %s as a checkout origin", (origin) => {
  expect(exactOrigin(origin)).toBeNull();
});

test("goes to a start page of the checkout", () => {
  expect(isStartPage("https://checkout.example/3ds/ch_1?n=2", "https://checkout.example")).toBe(true);
});

test.each([
  "https://evil.example/3ds/ch_1",
  "https://checkout.example.evil.example/3ds/ch_1",
  "https://checkout.example:444/3ds/ch_1",
  "http://checkout.example/3ds/ch_1",
  "https://checkout.example/other",
  "https://checkout.example/3ds/../other",
  "https://checkout.example/3ds/%2e%2e/other",
  "https://user@checkout.example/3ds/ch_1",
  "javascript:alert(1)//https://checkout.example/3ds/",
  "blob:https://checkout.example/3ds/ch_1",
  "/3ds/ch_1",
  undefined,
  42,
])("does not go to %s", (url) => {
  expect(isStartPage(url, "https://checkout.example")).toBe(false);
});
