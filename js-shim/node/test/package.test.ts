import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { VERSION } from "../src/version.js";

const HOME = fileURLToPath(new URL("..", import.meta.url));
const described = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));

test("the version is the package's, and at run time it needs nobody", () => {
  expect(VERSION).toBe(described.version);
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"]) {
    expect(described).not.toHaveProperty(kind);
  }
});

test("what is published runs in plain Node", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "borga-node-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const node = (...words: string[]) => execFileSync(process.execPath, words, { cwd: HOME, encoding: "utf8" });

  node(tsc, "-p", "tsconfig.build.json", "--outDir", folder);
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  const program = `
    import * as all from ${JSON.stringify(pathToFileURL(join(folder, "index.js")).href)};
    const borga = new all.Borga({ apiKey: "sk_test_1" });
    console.log(JSON.stringify([Object.keys(all), Object.keys(borga)]));`;
  const [exported, resources] = JSON.parse(node("--input-type=module", "--eval", program));

  expect(exported).toEqual([
    "Borga",
    "BorgaApiError",
    "BorgaAuthenticationError",
    "BorgaCardError",
    "BorgaConnectionError",
    "BorgaError",
    "BorgaInvalidRequestError",
    "BorgaPermissionError",
    "BorgaRateLimitError",
    "BorgaTimeoutError",
    "BorgaWebhookSignatureError",
    "verifyStandardWebhook",
    "verifyWebhookSignature",
  ]);
  expect(resources).toEqual([
    "apiKeys",
    "customers",
    "events",
    "merchants",
    "paymentMethods",
    "paymentSessions",
    "payments",
    "refunds",
    "webhookEndpoints",
  ]);
});
