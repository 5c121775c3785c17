// @vitest-environment node

import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { BorgaCheckout } from "../src/index.js";

test("a server renders what the element needs to start, and never the secret", () => {
  const complaints = vi.spyOn(console, "error");
  const html = renderToString(
    <BorgaCheckout sessionId="ps_1" clientSecret="pcs_1" locale="is" className="pay" onComplete={() => {}}>
      <p slot="loading">…</p>
    </BorgaCheckout>,
  );
  expect(html).toBe(
    '<borga-checkout session-id="ps_1" locale="is" class="pay"><p slot="loading">…</p></borga-checkout>',
  );
  expect(complaints).not.toHaveBeenCalled();
});
