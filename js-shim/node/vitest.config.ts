import { defineConfig } from "vitest/config";

export default defineConfig({
  // Node is told these, too: with `import` among them, `require` would be given modules.
  ssr: { resolve: { conditions: ["borga-source", "node", "default"] } },
  test: { environment: "node", restoreMocks: true, unstubEnvs: true, unstubGlobals: true },
});
