#!/usr/bin/env node
// Says what a page's processor time and heap go into: a trace of the main threads of the page and its frames, and what stands
// in their heaps, for each page in turn. For finding out why; figures that are compared come from measure.mjs.
//
//   node profile.mjs --ready '{"checkout": …, "secret_key": …}' --work DIR [--rounds N] [--only a,b]

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { certificate } from "./certificate.mjs";
import { launch } from "./chromium.mjs";
import { hosts } from "./hosts.mjs";
import { pages } from "./pages.mjs";
import { bundlePeers } from "./peers.mjs";
import { attach } from "./visit.mjs";

const PORT = 18_447;
/** What the browser tells of its work; more would slow it further. */
const CATEGORIES = [
  "toplevel",
  "devtools.timeline",
  "v8",
  "v8.wasm",
  ...["compile", "gc", "wasm.detailed"].map((name) => `disabled-by-default-v8.${name}`),
];
/** Less than this of a page is not listed by name. */
const LEAST_MS = 1;

const { values } = parseArgs({
  options: {
    ready: { type: "string" },
    work: { type: "string" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
if (!values.ready || !values.work) throw new Error("--ready and --work are needed; `cargo xtask bench page --profile` gives both");
const isChosen = (name) => !values.only || values.only.split(",").includes(name);

mkdirSync(values.work, { recursive: true });
const trust = certificate(join(values.work, "certificate"));
const served = await hosts(PORT, trust);
const peers = await bundlePeers(join(values.work, "peers"));
const chosen = (await pages(JSON.parse(values.ready), peers)).filter(({ name }) => isChosen(name));
const browser = launch(PORT, trust.pin);
const found = {};
try {
  // Fills the server's store of compressed files and starts the browser's processes.
  for (const page of chosen) await open(page, (session) => session.open(page.url));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const page of chosen) {
      const { threads, heaps } = await open(page, traced);
      found[page.name] ??= { rounds: [], heaps };
      found[page.name].rounds.push(threads);
    }
  }
} finally {
  await browser.close();
  served.close();
}
const report = Object.entries(found).map(([name, { rounds, heaps }]) => shown(name, rounds, heaps)).join("\n");
writeFileSync(join(values.work, "profile.md"), report);
console.log(report);
process.exit();

/** One visit in a browser context without a past; `watch` gets the session and opens the page. */
async function open(page, watch) {
  served.show(page.routes);
  const { browserContextId } = await browser.send("Target.createBrowserContext", { disposeOnDetach: true });
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", browserContextId });
  const session = await attach(browser, targetId, page, 1);
  try {
    return await watch(session, page);
  } finally {
    session.end();
    await browser.send("Target.disposeBrowserContext", { browserContextId });
  }
}

async function traced(session, page) {
  const events = [];
  let complete = () => {};
  const stop = browser.listen(({ method, params }) => {
    if (method === "Tracing.dataCollected") events.push(...params.value);
    else if (method === "Tracing.tracingComplete") complete();
  });
  const done = new Promise((resolve) => (complete = resolve));
  await browser.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ["*"] },
  });
  await session.open(page.url);
  await session.settle();
  await browser.send("Tracing.end");
  await done;
  stop();
  return { threads: ownTimes(events), heaps: await heaps(session) };
}

/** Processor time of the pages' main threads by what they did, without what was done inside of that. */
function ownTimes(events) {
  // The browser keeps spare renderers warm, which load nothing.
  const loading = new Set(
    events.filter(({ args }) => args?.data?.url?.startsWith("https:")).map(({ pid }) => pid),
  );
  const main = new Set(
    events
      .filter(({ ph, name, args }) => ph === "M" && name === "thread_name" && args.name === "CrRendererMain")
      .filter(({ pid }) => loading.has(pid))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const own = new Map();
  const byThread = new Map([...main].map((thread) => [thread, []]));
  for (const event of events) {
    if (event.ph === "X" && event.tdur !== undefined) byThread.get(`${event.pid} ${event.tid}`)?.push(event);
  }
  for (const thread of byThread.values()) {
    thread.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
    const around = [];
    for (const event of thread) {
      while (around.length && around.at(-1).ts + around.at(-1).dur <= event.ts) around.pop();
      const parent = around.at(-1);
      if (parent) own.set(parent.name, own.get(parent.name) - event.tdur);
      own.set(event.name, (own.get(event.name) ?? 0) + event.tdur);
      around.push(event);
    }
  }
  return own;
}

/** Bytes in each heap by the kind of thing, after collecting. */
async function heaps(session) {
  const found = [];
  for (const [id, type] of session.frames) {
    if (type !== "page" && type !== "iframe") continue;
    const chunks = [];
    const stop = browser.listen(({ method, params, sessionId }) => {
      if (sessionId === id && method === "HeapProfiler.addHeapSnapshotChunk") chunks.push(params.chunk);
    });
    await browser.send("HeapProfiler.collectGarbage", {}, id);
    await browser.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false }, id);
    stop();
    const { snapshot, nodes } = JSON.parse(chunks.join(""));
    const { node_fields: fields, node_types: types } = snapshot.meta;
    const [kind, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
    const bytes = new Map();
    for (let at = 0; at < nodes.length; at += fields.length) {
      const name = types[kind][nodes[at + kind]];
      bytes.set(name, (bytes.get(name) ?? 0) + nodes[at + size]);
    }
    found.push({ place: await session.place(id), bytes });
  }
  return found;
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function shown(name, rounds, heaps) {
  const names = new Set(rounds.flatMap((round) => [...round.keys()]));
  const rows = [...names].map((what) => [what, median(rounds.map((round) => round.get(what) ?? 0)) / 1_000]);
  const all = rows.reduce((sum, [, ms]) => sum + ms, 0);
  const listed = rows.filter(([, ms]) => ms >= LEAST_MS).toSorted((a, b) => b[1] - a[1]);
  const times = listed.map(([what, ms]) => `| ${what} | ${ms.toFixed(1)} ms |`);
  const kinds = heaps.flatMap(({ place, bytes }) =>
    [...bytes]
      .filter(([, size]) => size >= 10_000)
      .toSorted((a, b) => b[1] - a[1])
      .map(([kind, size]) => `| ${place} | ${kind} | ${Math.round(size / 1_000)} KB |`),
  );
  return [`## ${name}`, "", `Main threads: ${all.toFixed(1)} ms`, "", ...times, "", ...kinds, ""].join("\n");
}
