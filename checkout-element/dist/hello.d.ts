/**
 * The frame's first word, and whether it is really ours. Whatever does not fit exactly is ignored, never answered.
 */
import { type WindowMessage } from "./generated/protocol.js";
/** A frame's `hello`. */
export type Hello = Extract<WindowMessage, {
    borga: "hello";
}>;
/** What a `hello` must match. */
export interface Expected {
    /** The checkout's origin. */
    readonly origin: string;
    /** The frame's window. */
    readonly source: MessageEventSource | null;
    /** The id in the frame's address. */
    readonly instance: string;
}
/** The `hello` in a window message, if its origin, window, instance and shape are the expected ones. */
export declare function readHello(event: Pick<MessageEvent, "origin" | "source" | "data">, expected: Expected): Hello | null;
/** 128 random bits in hex. */
export declare function randomId(): string;
