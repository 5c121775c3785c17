import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["borga-source", "module", "import", "default"] },
  ssr: { resolve: { conditions: ["borga-source", "node", "module", "import", "default"] } },
  test: { environment: "node", restoreMocks: true, unstubGlobals: true },
});
