/**
 * The frame's first word, and whether it is really ours. Whatever does not fit exactly is ignored, never answered.
 */

import { VERSION, type WindowMessage } from "./generated/protocol.js";

/** A frame's `hello`. */
export type Hello = Extract<WindowMessage, { borga: "hello" }>;

/** What a `hello` must match. */
export interface Expected {
  /** The checkout's origin. */
  readonly origin: string;
  /** The frame's window. */
  readonly source: MessageEventSource | null;
  /** The id in the frame's address; `null` for a frame that makes its own. */
  readonly instance: string | null;
}

/** The `hello` in a window message, if its origin, window, instance and shape are the expected ones. */
export function readHello(event: Pick<MessageEvent, "origin" | "source" | "data">, expected: Expected): Hello | null {
  if (event.origin !== expected.origin || !event.source || event.source !== expected.source) return null;
  const hello = event.data as Partial<Hello> | null | undefined;
  return hello?.borga === "hello" &&
    // What is no text is the frame's own mistake, and echoed it does no harm.
    hello.instance &&
    hello.nonce &&
    hello.instance === (expected.instance ?? hello.instance) &&
    // Whatever it is: something to look through.
    [hello.versions].flat().includes(VERSION)
    ? (hello as Hello)
    : null;
}

/** 128 random bits in decimal. */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("");
}
