// @vitest-environment node

import { expect, test } from "vitest";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { BorgaCheckout } from "../src/index.js";

test("a server renders what the element needs to start, and never the secret", async () => {
  const app = createSSRApp({
    render: () =>
      h(
        BorgaCheckout,
        { sessionId: "ps_1", clientSecret: "pcs_1", locale: "is", class: "pay", onComplete: () => {} },
        () => [h("p", { slot: "loading" }, "…")],
      ),
  });
  expect(await renderToString(app)).toBe(
    '<borga-checkout session-id="ps_1" locale="is" class="pay"><p slot="loading">…</p></borga-checkout>',
  );
});
