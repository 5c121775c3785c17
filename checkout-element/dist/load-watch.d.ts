/**
 * Tells a frame that was refused, or never came, from one that is alive. A `load` event proves nothing: browsers fire
 * it for a refused frame too; only the frame's `hello` does.
 */
/** Why there is no checkout in the frame. */
export type FrameFailure = "frame_refused" | "frame_timeout";
/** How long after `load` the `hello` may come: the two travel separately. */
export declare const HELLO_WITHIN_MS = 1000;
/** How long the first sign of life may take. */
export declare const LOAD_WITHIN_MS = 10000;
/** One watch over one frame element, across all documents it loads. */
export declare class LoadWatch {
    private readonly failed;
    private timer;
    private loadedFirst;
    private greetedFirst;
    constructor(failed: (why: FrameFailure) => void);
    /** The frame fired `load`. */
    loaded(): void;
    /** The frame said `hello`. */
    greeted(): void;
    /** Never calls back again. */
    stop(): void;
    private wait;
}
