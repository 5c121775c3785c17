import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HELLO_WITHIN_MS, LOAD_WITHIN_MS, watchLoad } from "../src/load-watch.js";

const failed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  failed.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a frame that loads without hello was refused", () => {
  watchLoad(failed).loaded();
  vi.advanceTimersByTime(HELLO_WITHIN_MS);
  expect(failed).toHaveBeenCalledExactlyOnceWith("frame_refused");
});

test("a frame that does nothing at all is late", () => {
  watchLoad(failed);
  vi.advanceTimersByTime(LOAD_WITHIN_MS);
  expect(failed).toHaveBeenCalledExactlyOnceWith("frame_timeout");
});

test("a hello shortly after load is in time", () => {
  const watch = watchLoad(failed);
  watch.loaded();
  watch.greeted();
  vi.runAllTimers();
  expect(failed).not.toHaveBeenCalled();
});

test("a hello before load is in time", () => {
  const watch = watchLoad(failed);
  watch.greeted();
  watch.loaded();
  vi.runAllTimers();
  expect(failed).not.toHaveBeenCalled();
});

test.each(["hello first", "load first"])("a second document that says nothing is noticed, after %s", (order) => {
  const watch = watchLoad(failed);
  if (order === "hello first") {
    watch.greeted();
    watch.loaded();
  } else {
    watch.loaded();
    watch.greeted();
  }
  watch.loaded();
  vi.runAllTimers();
  expect(failed).toHaveBeenCalledExactlyOnceWith("frame_refused");
});

test("a stopped watch is silent", () => {
  watchLoad(failed).stop();
  vi.runAllTimers();
  expect(failed).not.toHaveBeenCalled();
});
