import { expect, test } from "vitest";
import { forbiddenBy, policiesIn } from "../../src/doctor/content-policy.js";

const CHECKOUT = "https://checkout.borga.is";

test.each([
  [[], null],
  [["default-src 'self'"], "default-src"],
  [["frame-src 'none'"], "frame-src"],
  [["default-src 'none'; frame-src https://checkout.borga.is"], null],
  [["default-src *; frame-src 'self'"], "frame-src"],
  [["default-src 'none'; child-src checkout.borga.is"], null],
  [["frame-src https://checkout.borga.is:443"], null],
  [["frame-src https://checkout.borga.is:8443"], "frame-src"],
  [["frame-src https://checkout.borga.is:*"], null],
  [["frame-src https://checkout.borga.is/embed/"], null],
  [["frame-src http://checkout.borga.is"], null],
  [["frame-src https://borga.is"], "frame-src"],
  [["frame-src *.borga.is"], null],
  [["frame-src *.checkout.borga.is"], "frame-src"],
  [["frame-src https://checkout.borga.is.evil.example"], "frame-src"],
  [["frame-src https:"], null],
  [["frame-src data:"], "frame-src"],
  [["FRAME-SRC HTTPS://CHECKOUT.BORGA.IS"], null],
  [["frame-src https:; frame-src 'none'"], null],
  [["frame-src https:", "default-src 'self'"], "default-src"],
  [["script-src 'self'"], null],
])("%j forbids the frame by %s", (policies, directive) => {
  expect(forbiddenBy(policies, "frame", CHECKOUT, "https://shop.example")).toBe(directive);
});

test("'self' is the page, and a host without a scheme takes the page's", () => {
  const local = "http://checkout.localhost:4101";
  expect(forbiddenBy(["connect-src 'self'"], "connect", local, local)).toBeNull();
  expect(forbiddenBy(["connect-src checkout.localhost:4101"], "connect", local, "http://shop.localhost")).toBeNull();
  expect(forbiddenBy(["connect-src checkout.localhost:4101"], "connect", local, "https://shop.example")).toBe("connect-src");
});

test("a header may hold several policies", () => {
  expect(policiesIn("frame-src https:, default-src 'self'")).toHaveLength(2);
  expect(policiesIn(null)).toEqual([]);
});
