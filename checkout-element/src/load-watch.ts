/**
 * Tells a frame that was refused, or never came, from one that is alive. A `load` event proves nothing: browsers fire
 * it for a refused frame too; only the frame's `hello` does.
 */

/** Why there is no checkout in the frame. */
export type FrameFailure = "frame_refused" | "frame_timeout";

/** How long after `load` the `hello` may come: the two travel separately. */
export const HELLO_WITHIN_MS = 1_000;

/** How long the first sign of life may take. */
export const LOAD_WITHIN_MS = 10_000;

/** One watch over one frame element, across all documents it loads. */
export interface LoadWatch {
  /** The frame fired `load`. */
  loaded(): void;
  /** The frame said `hello`. */
  greeted(): void;
  /** Never calls back again. */
  stop(): void;
}

/** Starts watching; `failed` hears at most one failure per document. */
export function watchLoad(failed: (why: FrameFailure) => void): LoadWatch {
  let timer: ReturnType<typeof setTimeout>;
  let loadedFirst = false;
  let greetedFirst = false;
  const stop = (): void => clearTimeout(timer);
  const wait = (ms: number, why: FrameFailure): void => {
    stop();
    timer = setTimeout(() => failed(why), ms);
  };
  wait(LOAD_WITHIN_MS, "frame_timeout");
  return {
    loaded() {
      loadedFirst = !greetedFirst;
      greetedFirst = false;
      if (loadedFirst) wait(HELLO_WITHIN_MS, "frame_refused");
    },
    greeted() {
      stop();
      greetedFirst = !loadedFirst;
      loadedFirst = false;
    },
    stop,
  };
}
