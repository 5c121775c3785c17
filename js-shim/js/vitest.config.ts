import { defineConfig } from "vitest/config";

export default defineConfig({
  define: {
    __CHECKOUT_ORIGIN__: JSON.stringify("https://checkout.borga.is"),
    __VERSION__: JSON.stringify("0.1.0"),
  },
  resolve: { conditions: ["borga-source", "browser", "module", "import", "default"] },
  ssr: { resolve: { conditions: ["borga-source", "node", "module", "import", "default"] } },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://shop.example/cart#top" } },
    restoreMocks: true,
  },
});
