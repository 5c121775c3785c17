// Makes dist/borga.js (one classic-or-module script that sets window.Borga) and dist/index.js (the npm loader), and
// fails when the script is not what pages and the server rely on.

import { readFile, rm } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const CHECKOUT_ORIGIN = "https://checkout.borga.is";
const BUDGET_BYTES = 5 * 1024;

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
await build({ ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js", format: "esm" });

const script = await readFile("dist/borga.js", "utf8");
const origins = script.split(CHECKOUT_ORIGIN).length - 1;
if (origins !== 1) throw new Error(`borga.js names ${CHECKOUT_ORIGIN} ${origins} times; the server replaces exactly one`);

const size = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(`borga.js: ${script.length} characters, ${size} bytes as brotli 11, at most ${BUDGET_BYTES}`);
if (size > BUDGET_BYTES) throw new Error("borga.js is over its budget");
