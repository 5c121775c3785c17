// Headless Chromium, spoken to over a pipe: every frame is held before its first byte until it is set up, which a
// session of one page alone cannot do for frames of other sites.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SWITCHES = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  // A frame of another site is a process of its own, as on a desktop.
  "--site-per-process",
  "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,SpareRendererForSitePerProcess",
  "--window-size=900,1200",
];

/** Starts a browser for which every host name is the server on `port`, whose key has this `pin`. */
export function launch(port, pin) {
  const profile = mkdtempSync(join(tmpdir(), "page-speed-"));
  const trust = [`--host-resolver-rules=MAP * 127.0.0.1:${port}`, `--ignore-certificate-errors-spki-list=${pin}`];
  const program = process.env.CHROMIUM ?? "chromium";
  const switches = [...SWITCHES, ...trust, `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"];
  const child = spawn(program, switches, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , toBrowser, fromBrowser] = child.stdio;
  const waiting = new Map();
  const listeners = new Set();
  let lastId = 0;
  let rest = Buffer.alloc(0);

  const lost = (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.on("error", (error) => lost(new Error(`${program}: ${error.message}; install Chromium or set CHROMIUM`)));
  child.on("exit", () => lost(new Error("the browser ended")));
  toBrowser.on("error", () => {});
  fromBrowser.on("data", (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = JSON.parse(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      hear(message);
    }
  });

  function hear(message) {
    if (!message.id) {
      for (const listener of [...listeners]) listener(message);
      return;
    }
    const { resolve, reject, method } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.error) reject?.(new Error(`${method}: ${message.error.message}`));
    else resolve?.(message.result);
  }

  return {
    /** Calls the browser, or with `sessionId` one page or frame. */
    send(method, params = {}, sessionId) {
      const id = ++lastId;
      toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject, method }));
    },
    /** Everything that the browser tells, until the returned function is called. */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await this.send("Browser.close").catch(() => child.kill("SIGKILL"));
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
