import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

export default defineConfig({
  define: {
    __CHECKOUT_ORIGIN__: JSON.stringify("https://checkout.borga.is"),
    __VERSION__: JSON.stringify(version),
    __API_FILE__: JSON.stringify("borga-api.js"),
    __DOCTOR_FILE__: JSON.stringify("borga-doctor.js"),
  },
  resolve: { conditions: ["borga-source", "browser", "module", "import", "default"] },
  ssr: { resolve: { conditions: ["borga-source", "node", "module", "import", "default"] } },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://shop.example/cart#top" } },
    restoreMocks: true,
  },
});
