// Makes dist/borga.js (one classic-or-module script that sets window.Borga), dist/borga-doctor.js (what it loads when a page
// asks for the doctor) and dist/index.js (the npm loader), and fails when a script is not what pages and the server rely on.

import { readFile, rm } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const CHECKOUT_ORIGIN = "https://checkout.borga.is";
/** What the script should weigh, and what it may never weigh, in bytes of brotli 11. */
const SOFT_BUDGET = 5 * 1024;
const HARD_BUDGET = 6 * 1024;

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const shared = {
  bundle: true,
  target: "es2020",
  conditions: ["borga-source"],
  charset: "utf8",
  define: { __CHECKOUT_ORIGIN__: JSON.stringify(CHECKOUT_ORIGIN), __VERSION__: JSON.stringify(version) },
};

await rm("dist", { recursive: true, force: true });
await build({ ...shared, entryPoints: ["src/global.ts"], outfile: "dist/borga.js", format: "iife", minify: true });
await build({
  ...shared,
  entryPoints: ["src/doctor/index.ts"],
  outfile: "dist/borga-doctor.js",
  format: "esm",
  minify: true,
});
await build({ ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js", format: "esm" });

const script = await readFile("dist/borga.js", "utf8");
// An import by call runs in both kinds of script; the statements do not.
if (/\b(import|export)\b\s*[{*"']|import\.meta/.test(script))
  throw new Error("borga.js must run as a classic script too");
for (const name of ["borga.js", "borga-doctor.js"]) {
  const origins = (await readFile(`dist/${name}`, "utf8")).split(CHECKOUT_ORIGIN).length - 1;
  if (origins !== 1)
    throw new Error(`${name} names ${CHECKOUT_ORIGIN} ${origins} times; the server replaces exactly one`);
}

const size = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(
  `borga.js: ${script.length} characters, ${size} bytes as brotli 11 (soft budget ${SOFT_BUDGET}, hard ${HARD_BUDGET})`,
);
if (size > SOFT_BUDGET) console.warn(`borga.js is ${size - SOFT_BUDGET} bytes over its soft budget`);
if (size > HARD_BUDGET) throw new Error("borga.js is over its hard budget");
