// Builds and packs what merchants install, and looks at the packages as they do: publint and arethetypeswrong find nothing,
// every entry imports where there is no window, sizes stay within size-budget.json. `npm run packages`; `cargo xtask test`
// runs it. Needs no network.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build as buildPackage, BUILT_ALONE, install, lend, PACKAGES, ROOT } from "./pack.mjs";

/** What must run without a page: name of the entry, and a name that it exports. */
const ENTRIES = {
  "@borga/checkout-element": "BorgaCheckoutElement",
  "@borga/checkout-element/register": undefined,
  "@borga/js": "loadBorga",
  "@borga/js/doctor": "doctor",
  "@borga/react": "BorgaCheckout",
  "@borga/vue": "BorgaCheckout",
};
/**
 * Modules, for bundlers and for Node since 20.19: `require` of them is not what old Node has, and a package without files
 * for `node10` resolution says so by having no main.
 */
const ACCEPTED_KINDS = ["CJSResolvesToESM", "NoResolution"];

const work = mkdtempSync(join(tmpdir(), "borga-packages-"));
const problems = [];
try {
  BUILT_ALONE.forEach(buildPackage);
  for (const folder of PACKAGES) await examine(folder);
  importEverywhere();
  keepsClientBoundary();
  await weigh();
} finally {
  rmSync(work, { recursive: true });
}
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`packages: ${PACKAGES.length} packed, nothing to say`);

/** Packs one, and puts it where the imports find it. */
async function examine(folder) {
  const { tarball } = install(folder, work);
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  for (const message of messages) problems.push(`${pkg.name}: ${formatMessage(message, pkg)}`);

  const types = await checkPackage(createPackageFromTarballData(tarball));
  for (const { kind, ...where } of types.problems ?? []) {
    const isOld = kind === "NoResolution" && where.resolutionKind !== "node10";
    if (!ACCEPTED_KINDS.includes(kind) || isOld) problems.push(`${pkg.name}: ${kind} ${JSON.stringify(where)}`);
  }
}

/** Imports every entry as a merchant's server, an edge runtime and a worker do. */
function importEverywhere() {
  lend(["react", "vue", "@vue"], work);
  // They may do with the global object as they please.
  const frameworks = 'await import("react"); await import("vue");';
  const checks = Object.entries(ENTRIES).map(
    ([entry, name]) => `{
      const before = Object.keys(globalThis).join();
      const all = await import("${entry}");
      if (${!!name} && !all.${name}) throw new Error("${entry} does not export ${name}");
      if (Object.keys(globalThis).join() !== before) throw new Error("${entry} changes the global object");
    }`,
  );
  writeFileSync(join(work, "imports.mjs"), [frameworks, ...checks].join("\n"));
  const surroundings = {
    "in Node": 'await import("./imports.mjs")',
    "without Node's globals": `${frameworks} delete globalThis.process; delete globalThis.Buffer; await import("./imports.mjs")`,
    "in a worker": 'new (await import("node:worker_threads")).Worker("./imports.mjs", { execArgv: [] })',
  };
  for (const [where, program] of Object.entries(surroundings)) {
    try {
      execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: work, stdio: "pipe" });
    } catch (error) {
      problems.push(`${where}: ${error.stderr}`);
    }
  }
}

/** Without the directive as its first statement, React's server components refuse the component. */
function keepsClientBoundary() {
  const text = readFileSync(join(work, "node_modules/@borga/react/dist/index.js"), "utf8");
  if (!text.startsWith('"use client";')) problems.push('@borga/react: dist/index.js does not begin with "use client"');
}

/** Compares bytes of brotli 11 with what they may be: minified, without the framework and, in wrappers, without @borga/js. */
async function weigh() {
  const budgets = JSON.parse(readFileSync(join(ROOT, "js-shim/wrapper-size-budget.json"), "utf8"));
  for (const [entry, { bytes }] of Object.entries(budgets)) {
    const { outputFiles } = await build({
      stdin: { contents: `export * from ${JSON.stringify(entry)}`, resolveDir: work },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      external: ["react", "vue", "@borga/js"].filter((name) => name !== entry),
    });
    const { length } = brotliCompressSync(outputFiles[0].contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    });
    console.log(`${entry}: ${length} bytes as brotli 11 (budget ${bytes})`);
    if (length > bytes) problems.push(`${entry} weighs ${length} bytes, its budget is ${bytes}`);
  }
}
