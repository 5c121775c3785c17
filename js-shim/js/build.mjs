// Makes dist/borga.js (one classic-or-module script that sets window.Borga), what it loads when it is needed
// (dist/borga-api.js, …-doctor.js, …-overlay.js, …-explained.js) and dist/index.js (the npm loader), and fails when a script
// is not what pages and the server rely on. How large they may be stands in size-budget.json.
//
// What is loaded later is asked for by version and content: dist/scripts.json tells the server those names. So a borga.js
// never runs together with a part of another build, however long ago a page pinned it.

import { createHash } from "node:crypto";
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
  // A field is shorter than a constructor that sets it.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
};
/** Under which name each of them is served, by the name of its file. */
const lazy = {};

/** What the element imports by call is a file of its own here too, beside the script that loads it. */
const apart = {
  name: "apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/(overlay|explained)\.js$/ }, ({ kind, path }) =>
      kind === "dynamic-import"
        ? // Whole, because the address of a classic script is no base for what it imports.
          { path: `${CHECKOUT_ORIGIN}/v${version}/${lazy[path.replace("./", "borga-")]}`, external: true }
        : undefined,
    ),
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
// Each after those that it names.
await loadedLater("../../checkout-element/src/overlay.ts", "borga-overlay.js");
await loadedLater("../../checkout-element/src/explained.ts", "borga-explained.js");
await loadedLater("src/doctor/index.ts", "borga-doctor.js");
await loadedLater("src/api.ts", "borga-api.js");
await script("src/global.ts", "borga.js", "iife");
await writeFile("dist/scripts.json", JSON.stringify({ version, lazy }, undefined, 2));
await build({
  ...shared,
  define: define(),
  plugins: [apart],
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  format: "esm",
});

for (const name of ["borga.js", "borga-api.js", "borga-doctor.js"]) {
  const text = await readFile(`dist/${name}`, "utf8");
  if (!text.includes(CHECKOUT_ORIGIN)) throw new Error(`${name} does not name ${CHECKOUT_ORIGIN}, which the server replaces`);
}
for (const [name, ...names] of [
  ["borga.js", lazy["borga-api.js"], lazy["borga-overlay.js"], lazy["borga-explained.js"]],
  ["borga-api.js", lazy["borga-doctor.js"]],
]) {
  const text = await readFile(`dist/${name}`, "utf8");
  const missing = names.filter((it) => !text.includes(it));
  if (missing.length) throw new Error(`${name} does not name ${missing}, which it loads`);
}
// An import by call runs in both kinds of script; the statements do not.
if (/\b(import|export)\b\s*[{*"']|\bimport\.meta\b/.test(await readFile("dist/borga.js", "utf8")))
  throw new Error("borga.js must run as a classic script too");

/** The words that the sources leave open. */
function define() {
  const words = {
    __CHECKOUT_ORIGIN__: CHECKOUT_ORIGIN,
    __VERSION__: version,
    __API_FILE__: lazy["borga-api.js"],
    __DOCTOR_FILE__: lazy["borga-doctor.js"],
  };
  const known = Object.entries(words).filter(([, word]) => word);
  return Object.fromEntries(known.map(([name, word]) => [name, JSON.stringify(word)]));
}

/** 32 bits of SHA-256 in the name, enough to tell builds of one version apart: every page loads the script that names them. */
async function loadedLater(entry, name) {
  const code = await script(entry, name, "esm");
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 8);
  lazy[name] = name.replace(/js$/, `${hash}.js`);
}

/** Bundles what a browser loads from us. Terser makes it a little smaller than esbuild does, and every page loads it. */
async function script(entry, name, format) {
  const { outputFiles } = await build({
    ...shared,
    define: define(),
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
    // No function of ours is called with `new`, and statements pack better than sequences.
    compress: { passes: 2, sequences: false, unsafe_arrows: true },
  });
  await writeFile(`dist/${name}`, code);
  return code;
}
