/**
 * The iframe and its handshake: from its address to a connected port. It speaks to one window at one origin, and the
 * window falls silent once the port is handed over.
 */

import { frameUrl, type FrameOptions } from "./attributes.js";
import { VERSION, type WindowMessage } from "./generated/protocol.js";
import { randomId, readHello } from "./hello.js";
import { watchLoad, type FrameFailure } from "./load-watch.js";
import { words } from "./text.js";

/** One iframe element in the page. */
export interface Frame {
  /** The element, for focus, title and height. */
  readonly element: HTMLIFrameElement;
  /** Fits what the page sees of the frame to the options. */
  suit(options: FrameOptions): void;
  /** Takes the frame away and stops listening. */
  end(): void;
}

/**
 * Puts a frame into `place`. `connected` gets the port of each document that says hello, so again when the frame
 * reloads; `failed` hears when no hello came.
 */
export function openFrame(
  place: Node,
  checkoutOrigin: string,
  sessionId: string,
  options: FrameOptions,
  connected: (port: MessagePort) => void,
  failed: (why: FrameFailure) => void,
): Frame {
  const instance = randomId();
  const watch = watchLoad(failed);
  let lastNonce: string | undefined;
  const hear = (event: MessageEvent): void => {
    const source = element.contentWindow;
    const hello = readHello(event, { origin: checkoutOrigin, source, instance });
    // The same document saying it twice has its port already.
    if (!hello || !source || hello.nonce === lastNonce) return;
    const { nonce } = hello;
    const { port1, port2 } = new MessageChannel();
    const connect: WindowMessage = { borga: "connect", instance, nonce, version: VERSION };
    lastNonce = nonce;
    watch.greeted();
    connected(port1);
    source.postMessage(connect, checkoutOrigin, [port2]);
  };
  window.addEventListener("message", hear);
  const element = Object.assign(document.createElement("iframe"), {
    referrerPolicy: "strict-origin",
    allow: permissions(),
    src: frameUrl(checkoutOrigin, sessionId, instance, options),
    onload: watch.loaded,
  });
  const suit = ({ locale, theme }: FrameOptions): void => {
    element.title = words(locale).title;
    // As in its document, or the browser paints an opaque ground behind it.
    element.style.colorScheme = theme === "auto" ? "light dark" : theme;
  };
  suit(options);
  place.appendChild(element);
  return {
    element,
    suit,
    end() {
      window.removeEventListener("message", hear);
      watch.stop();
      element.remove();
    },
  };
}

/** The `allow` attribute: only what this browser knows, because each unknown name is a warning in its console. */
export function permissions(): string {
  const { featurePolicy } = document as { featurePolicy?: { features(): string[] } };
  return [
    "PaymentRequest" in window && "payment *",
    "PublicKeyCredential" in window && "publickey-credentials-get *",
    featurePolicy?.features().includes("autofill") && "autofill *",
  ]
    .filter(Boolean)
    .join("; ");
}
