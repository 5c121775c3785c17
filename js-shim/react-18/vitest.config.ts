import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import react19 from "../react/vitest.config.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default mergeConfig(
  react19,
  defineConfig({
    root: here("../react"),
    resolve: {
      alias: [{ find: /^(react|react-dom)(\/.*)?$/, replacement: `${here("node_modules")}/$1$2` }],
    },
    test: { include: ["test/**/*.test.tsx", here("test/*.test.ts")], exclude: ["test/custom-elements.test.tsx", "test/activity.test.tsx"], name: "React 18" },
  }),
);
