// Bundles the shop's pages of packages as a merchant would: with vite, from the packages as they are published.
// `node demo-site/pages/build.mjs DIR` writes one file for each there.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import { build as buildPackage, install, lend } from "../../js-shim/pack.mjs";

const outDir = resolve(process.argv[2] ?? "dist/pages");
const shop = mkdtempSync(join(tmpdir(), "borga-pages-"));
try {
  for (const folder of ["js-shim/js", "js-shim/react", "js-shim/vue"]) buildPackage(folder);
  for (const folder of ["checkout-element", "js-shim/js", "js-shim/react", "js-shim/vue"]) install(folder, shop);
  lend(["react", "react-dom", "vue", "@vue"], shop);
  cpSync(fileURLToPath(new URL(".", import.meta.url)), join(shop, "src"), { recursive: true });
  const pages = [["react", "react.tsx"], ["routed", "routed.tsx"], ["modal", "modal.ts"], ["vue", "vue.ts"]];
  for (const [name, entry] of pages) await bundle(name, join(shop, "src", entry), "production");
  // Served by no shop: strict mode does twice what it does only while a page is developed.
  await bundle("react-development", join(shop, "src", "react.tsx"), "development");
} finally {
  rmSync(shop, { recursive: true });
}

/** One page, one file: the shop serves nothing that is not on its list. */
async function bundle(name, input, mode) {
  process.env["NODE_ENV"] = mode;
  await build({
    root: shop,
    mode,
    configFile: false,
    logLevel: "error",
    plugins: [vue()],
    build: {
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      minify: mode === "production",
      rollupOptions: { input, output: { entryFileNames: `${name}.js` } },
    },
  });
}
