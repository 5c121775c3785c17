// Makes dist/borga.js (one classic-or-module script that sets window.Borga), what it loads when it is needed
// (dist/borga-api.js, dist/borga-doctor.js, dist/borga-overlay.js) and dist/index.js (the npm loader), and fails when a script is not what pages and the
// server rely on. How large they may be stands in size-budget.json.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { minify } from "terser";

const CHECKOUT_ORIGIN = "https://checkout.borga.is";

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const shared = {
  bundle: true,
  target: "es2022",
  conditions: ["borga-source"],
  charset: "utf8",
  define: { __CHECKOUT_ORIGIN__: JSON.stringify(CHECKOUT_ORIGIN), __VERSION__: JSON.stringify(version) },
};

/** What the element imports by call is a file of its own here too, beside the script that loads it. */
const apart = {
  name: "apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/overlay\.js$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./borga-overlay.js", external: true } : undefined,
    ),
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await script("src/global.ts", "borga.js", "iife");
await script("src/api.ts", "borga-api.js", "esm");
await script("../../checkout-element/src/overlay.ts", "borga-overlay.js", "esm");
await script("src/doctor/index.ts", "borga-doctor.js", "esm");
await build({ ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js", format: "esm" });

for (const name of ["borga.js", "borga-api.js", "borga-doctor.js"]) {
  const origins = (await readFile(`dist/${name}`, "utf8")).split(CHECKOUT_ORIGIN).length - 1;
  if (origins !== 1)
    throw new Error(`${name} names ${CHECKOUT_ORIGIN} ${origins} times; the server replaces exactly one`);
}
// An import by call runs in both kinds of script; the statements do not.
if (/\b(import|export)\b\s*[{*"']|\bimport\.meta\b/.test(await readFile("dist/borga.js", "utf8")))
  throw new Error("borga.js must run as a classic script too");

/** Bundles what a browser loads from us. Terser makes it a little smaller than esbuild does, and every page loads it. */
async function script(entry, name, format) {
  const { outputFiles } = await build({
    ...shared,
    plugins: [apart],
    entryPoints: [entry],
    format: "esm",
    minify: true,
    write: false,
  });
  // Not esbuild's own form of a classic script, which brings its stand-in for `require` along.
  const text = format === "iife" ? `"use strict";(()=>{${outputFiles[0].text}})()` : outputFiles[0].text;
  const { code } = await minify(text, {
    ecma: 2020,
    module: format === "esm",
    compress: { passes: 2 },
  });
  await writeFile(`dist/${name}`, code);
}
