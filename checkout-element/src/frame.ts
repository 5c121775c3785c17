/**
 * The iframe and its handshake: from its address to a connected port. It speaks to one window at one origin, and the
 * window falls silent once the port is handed over.
 */

import { frameUrl, type FrameOptions } from "./attributes.js";
import { VERSION, type WindowMessage } from "./generated/protocol.js";
import { randomId, readHello } from "./hello.js";
import { watchLoad, type FrameFailure } from "./load-watch.js";
import { permissions } from "./permissions.js";
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
 * Puts a frame into `place`, or takes over the one that the page's own HTML has in the element. `connected` gets the
 * port of each document that says hello, so again when the frame reloads, and whether the page wrote the frame's
 * address; `failed` hears when no hello came.
 */
export function openFrame(
  place: ShadowRoot,
  checkoutOrigin: string,
  sessionId: string,
  options: FrameOptions,
  connected: (port: MessagePort, isEarly: boolean) => void,
  failed: (why: FrameFailure) => void,
): Frame {
  const id = randomId();
  const address = frameUrl(checkoutOrigin, sessionId, id, options);
  const early = earlyFrame(place.host, address);
  const watch = watchLoad(failed);
  let lastNonce: string | undefined;
  const hear = (event: MessageEvent): void => {
    const source = element.contentWindow;
    const hello = readHello(event, { origin: checkoutOrigin, source, instance: early ? null : id });
    // The same document saying it twice has its port already.
    if (!hello || !source || hello.nonce === lastNonce) return;
    const { instance, nonce } = hello;
    const { port1, port2 } = new MessageChannel();
    const connect: WindowMessage = { borga: "connect", instance, nonce, version: VERSION };
    lastNonce = nonce;
    watch.greeted();
    connected(port1, !!early);
    source.postMessage(connect, checkoutOrigin, [port2]);
  };
  window.addEventListener("message", hear);
  const element = early ?? document.createElement("iframe");
  element.onload = watch.loaded;
  // Moving a frame would load it anew: an early one stays where it is and is shown through a slot.
  const shown = early ? document.createElement("slot") : element;
  if (early) {
    early.slot = (shown as HTMLSlotElement).name = "frame";
    // Its document is there, and its hello came before anybody listened.
    if (!early.contentDocument) early.contentWindow?.postMessage(DISCOVER, checkoutOrigin);
  } else {
    Object.assign(element, { part: "frame", referrerPolicy: "strict-origin", allow: permissions(), src: address });
  }
  const suit = ({ locale, theme }: FrameOptions): void => {
    [element.title] = words(locale);
    // As in its document, or the browser paints an opaque ground behind it.
    element.style.colorScheme = theme === "auto" ? "light dark" : theme;
  };
  suit(options);
  place.append(shown);
  return {
    element,
    suit,
    end() {
      window.removeEventListener("message", hear);
      watch.stop();
      shown.remove();
      element.remove();
    },
  };
}

const DISCOVER: WindowMessage = { borga: "discover" };

/** The frame that `host` has in the page's own HTML for the same session, whatever options its address has. */
function earlyFrame(host: Element, address: string): HTMLIFrameElement | undefined {
  const [place] = address.split(/[?#]/);
  return ([...host.children] as HTMLIFrameElement[]).find(({ src }) => src?.split(/[?#]/)[0] === place);
}
