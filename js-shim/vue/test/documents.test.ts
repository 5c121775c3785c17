// @vitest-environment node

import { expect, test } from "vitest";
import example from "../examples/Checkout.vue?raw";
import quickStart from "../../../docs/quick-start.md?raw";
import readme from "../README.md?raw";

test.each([
  ["docs/quick-start.md", quickStart],
  ["README.md", readme],
])("%s shows the example as it is", (_, document) => {
  expect(document).toContain(`\`\`\`vue\n${example}\`\`\``);
});
