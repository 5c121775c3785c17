// One visit of one page in a browser context without a past: when the first card field could be used, what it cost.

import { probe, REPORT } from "./probe.mjs";

/** Longer than the slowest page on the slowest network takes. */
const PATIENCE_MS = 60_000;
/** A page is settled when nothing was requested or answered for this long. */
const QUIET_MS = 600;
const QUIET_AT_MOST_MS = 8_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Opens `page` in `browser` with a processor slowed `slowdown` times; `before` visits earlier ones fill the cache.
 *
 * Times are in microseconds, sizes in bytes, all whole.
 */
export async function visit(browser, served, page, { slowdown, isReturning }) {
  served.show(page.routes);
  const { browserContextId } = await browser.send("Target.createBrowserContext", { disposeOnDetach: true });
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", browserContextId });
  const session = await attach(browser, targetId, page, slowdown);
  try {
    if (isReturning) {
      await session.open(page.url);
      await session.settle();
      await session.open("about:blank", []);
      served.show(page.routes);
    }
    const moments = await session.open(page.url);
    const untilUsable = served.answered().length;
    await session.settle();
    const cost = await session.cost();
    return {
      usable_us: moments.usable,
      ...(moments.interactive && { interactive_us: moments.interactive }),
      ...cost,
      requests: served.answered().length,
      requests_until_usable: untilUsable,
      bytes: served.answered().reduce((sum, { bytes }) => sum + bytes, 0),
      answered: served.answered().map(({ host, path, bytes }) => `${host}${path} ${bytes}`),
      complaints: session.complaints,
    };
  } finally {
    session.end();
    await browser.send("Target.disposeBrowserContext", { browserContextId });
  }
}

/** Sets the tab `targetId` up for visits of `page`: every frame is held before its first byte until it is watched. */
export async function attach(browser, targetId, page, slowdown) {
  const frames = new Map();
  const complaints = [];
  let lastTraffic = Date.now();
  let heard = () => {};
  const selectors = { usable: page.selector, ...(page.interactive && { interactive: page.interactive }) };

  const stop = browser.listen(({ method, params, sessionId }) => {
    if (method === "Target.detachedFromTarget") frames.delete(params.sessionId);
    else if (method === "Target.attachedToTarget" && frames.has(sessionId)) {
      void prepare(params.sessionId, params.targetInfo.type);
    } else if (!frames.has(sessionId)) return;
    else if (method === "Runtime.bindingCalled" && params.name === REPORT) heard(JSON.parse(params.payload));
    else if (method.startsWith("Network.")) lastTraffic = Date.now();
    else if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      complaints.push(exception?.description ?? text);
    } else if (method === "Log.entryAdded" && params.entry.level === "error") {
      complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    }
  });

  async function prepare(id, type) {
    frames.set(id, type);
    // A frame that is gone again has nothing to prepare.
    const send = (method, params = {}) => browser.send(method, params, id).catch(() => {});
    const calls = [
      send("Network.enable"),
      send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ];
    if (type === "page" || type === "iframe") {
      calls.push(
        send("Emulation.setCPUThrottlingRate", { rate: slowdown }),
        send("Performance.enable", { timeDomain: "threadTicks" }),
        send("Page.enable"),
        send("Runtime.enable"),
        send("Log.enable"),
        send("Runtime.addBinding", { name: REPORT }),
        send("Page.addScriptToEvaluateOnNewDocument", { source: probe(selectors), runImmediately: true }),
      );
    }
    calls.push(send("Runtime.runIfWaitingForDebugger"));
    await Promise.all(calls);
  }

  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  await prepare(sessionId, "page");

  const evaluate = async (id, expression) => {
    const answer = await browser.send("Runtime.evaluate", { expression, returnByValue: true }, id).catch(() => null);
    return answer?.result.value;
  };

  return {
    complaints,
    /** Kinds of the page, its frames and workers, by session. */
    frames,
    /** Where a frame is. */
    place: (id) => evaluate(id, "location.origin"),
    /** Goes to `url` and waits for the moments that the page promises; their times since the start, in microseconds. */
    async open(url, wanted = Object.keys(selectors)) {
      const at = {};
      const done = new Promise((resolve) => {
        heard = ({ moment, at: time, url: place }) => {
          if (page.frame && !page.frame.test(place)) return;
          at[moment] ??= time;
          if (wanted.every((name) => at[name])) resolve();
        };
        if (wanted.length === 0) resolve();
      });
      await browser.send("Page.navigate", { url }, sessionId);
      const late = new Promise((_, reject) => {
        setTimeout(reject, PATIENCE_MS, new Error(`${page.name} was not usable in time: ${complaints.join("; ")}`)).unref();
      });
      await Promise.race([done, late]);
      const start = await evaluate(sessionId, "performance.timeOrigin");
      return Object.fromEntries(wanted.map((name) => [name, Math.round((at[name] - start) * 1_000)]));
    },
    /** Waits until the page is quiet. A long poll that waits is quiet. */
    async settle() {
      const start = Date.now();
      const since = (time) => Date.now() - time;
      while ((since(lastTraffic) < QUIET_MS || since(start) < QUIET_MS) && since(start) < QUIET_AT_MOST_MS) {
        await pause(50);
      }
    },
    /** Processor time of the pages' main threads, and the heap that is left after collecting. Frames of one origin share both. */
    async cost() {
      const origins = new Map();
      for (const [id, type] of frames) {
        if (type !== "page" && type !== "iframe") continue;
        const before = await metrics(id);
        await browser.send("HeapProfiler.collectGarbage", {}, id).catch(() => {});
        const after = await metrics(id);
        const origin = (await evaluate(id, "location.origin")) ?? id;
        const { task = 0, heap = 0 } = origins.get(origin) ?? {};
        origins.set(origin, {
          task: Math.max(task, before.TaskDuration ?? 0),
          heap: Math.max(heap, after.JSHeapUsedSize ?? 0),
        });
      }
      const sum = (part) => [...origins.values()].reduce((all, origin) => all + origin[part], 0);
      return { task_us: Math.round(sum("task") * 1e6), heap_bytes: Math.round(sum("heap")) };
    },
    end: stop,
  };

  async function metrics(id) {
    const answer = await browser.send("Performance.getMetrics", {}, id).catch(() => ({ metrics: [] }));
    return Object.fromEntries(answer.metrics.map(({ name, value }) => [name, value]));
  }
}
