import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { __CHECKOUT_ORIGIN__: JSON.stringify("https://checkout.borga.is") },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://shop.example/cart#top" } },
    restoreMocks: true,
  },
});
