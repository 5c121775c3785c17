#!/usr/bin/env node
// Measures how fast payment forms become usable in a browser, all in one run and interleaved, and writes every visit
// down. Which figure is good enough stands elsewhere.
//
//   node measure.mjs --ready '{"checkout": …, "secret_key": …}' --work DIR [--rounds N] [--only a,b]
//
// `--ready` is what the demo prints. The visits go to DIR/visits.json.

import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { certificate } from "./certificate.mjs";
import { launch } from "./chromium.mjs";
import { hosts } from "./hosts.mjs";
import { pages } from "./pages.mjs";
import { bundlePeers } from "./peers.mjs";
import { slowLink } from "./slow-link.mjs";
import { visit } from "./visit.mjs";

const PORT = 18_443;
const SLOW_PORT = PORT + 1;

/** A phone of the lower middle on 4G; the same for a payer who comes back; and this machine as it is, for what it costs. */
const CONDITIONS = [
  { name: "phone", isSlow: true, slowdown: 4 },
  { name: "phone-again", isSlow: true, slowdown: 4, isReturning: true },
  { name: "desk", isSlow: false, slowdown: 1 },
];

const { values } = parseArgs({
  options: {
    ready: { type: "string" },
    work: { type: "string" },
    rounds: { type: "string", default: "7" },
    only: { type: "string" },
    conditions: { type: "string" },
  },
});
if (!values.ready || !values.work) throw new Error("--ready and --work are needed; `cargo xtask bench page` gives both");
const chosen = (name, wanted) => !wanted || wanted.split(",").includes(name);

mkdirSync(values.work, { recursive: true });
const trust = certificate(join(values.work, "certificate"));
const served = await hosts(PORT, trust);
const link = await slowLink(SLOW_PORT, PORT);
const peers = await bundlePeers(join(values.work, "peers"));
const compared = (await pages(JSON.parse(values.ready), peers)).filter(({ name }) => chosen(name, values.only));
const conditions = CONDITIONS.filter(({ name }) => chosen(name, values.conditions));
const [fast, slow] = [launch(PORT, trust.pin), launch(SLOW_PORT, trust.pin)];
const visits = [];
try {
  // Fills the server's store of compressed files and starts the browsers' processes.
  for (const page of compared) for (const browser of [fast, slow]) await visit(browser, served, page, CONDITIONS.at(-1));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const condition of conditions) {
      for (const page of round % 2 ? compared.toReversed() : compared) {
        link.clear();
        const measured = await visit(condition.isSlow ? slow : fast, served, page, condition);
        const load = Math.round(loadavg()[0] * 1_000);
        visits.push({ page: page.name, condition: condition.name, round, load_thousandths: load, ...measured });
        const shown = [measured.usable_us, measured.interactive_us ?? 0].map((us) => `${Math.round(us / 1_000)} ms`);
        console.error(`${round + 1} ${condition.name} ${page.name}: ${shown.join(", ")}`);
      }
    }
  }
} finally {
  await Promise.all([fast.close(), slow.close()]);
  served.close();
  link.close();
}
const file = join(values.work, "visits.json");
writeFileSync(file, JSON.stringify({ pages: compared.map(({ name, about }) => ({ name, about })), visits }, null, 1));
console.error(`written: ${file}`);
process.exit();
