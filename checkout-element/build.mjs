// Bundles the element as two ES modules: the class alone, and the one that defines the tag. Writes nothing but `dist`.

import { rm } from "node:fs/promises";
import { build } from "esbuild";

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/index.ts", "src/register.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "[name]-[hash]",
  format: "esm",
  target: "es2020",
  define: { __CHECKOUT_ORIGIN__: JSON.stringify("https://checkout.borga.is") },
});
