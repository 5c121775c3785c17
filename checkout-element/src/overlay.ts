/**
 * The bank's page in a second frame: laid over the page in a modal dialog, or hidden while the bank looks at the browser.
 * Loaded when the first bank wants it: most payments never do.
 */

import type { WindowSize } from "./generated/protocol.js";
import { permissions } from "./permissions.js";
import { CLOSE, language, type Language } from "./text.js";

/** EMV 3-D Secure's window sizes in CSS pixels; what is missing takes all there is. */
const SIZES: Partial<Record<WindowSize, readonly [width: number, height: number]>> = {
  "01": [250, 400],
  "02": [390, 400],
  "03": [500, 600],
  "04": [600, 400],
};

/** What the dialog is called. */
const TITLE: Record<Language, string> = {
  is: "Staðfesting hjá bankanum þínum",
  en: "Confirm with your bank",
  pl: "Potwierdzenie w banku",
};

/** Room for the button over the frame. */
const BAR = "48px";

/**
 * Opens the start page at `url` in `place`; without a size it is hidden. `closed` is called when the payer closes it, which
 * it does by itself then. What it returns takes it away again and, if the payer has not closed it, gives the focus back; `null`
 * says that it is not there: a page that is isolated from other origins could not load the bank's.
 */
export function openOverlay(
  place: ShadowRoot,
  { url, size }: { url: string; size?: WindowSize },
  locale: string | undefined,
  closed: () => void,
): (() => void) | null {
  if (globalThis.crossOriginIsolated) return null;
  const title = TITLE[language(locale)];
  const frame = document.createElement("iframe");
  Object.assign(frame, { title, src: url, referrerPolicy: "strict-origin", allow: permissions() });
  if (!size) {
    frame.setAttribute("part", "challenge");
    frame.style.display = "none";
    place.append(frame);
    return () => frame.remove();
  }
  const dialog = document.createElement("dialog");
  const button = document.createElement("button");
  dialog.setAttribute("part", "challenge");
  dialog.setAttribute("aria-label", title);
  dialog.lang = language(locale);
  button.type = "button";
  button.setAttribute("aria-label", CLOSE[language(locale)]);
  button.textContent = "✕";
  const [width, height] = SIZES[size] ?? [];
  // Through the object model: a policy without 'unsafe-inline' allows this and no style attribute.
  Object.assign(dialog.style, {
    boxSizing: "border-box",
    width: width ? `min(${width}px,100vw)` : "100vw",
    height: height ? `min(calc(${height}px + ${BAR}),100dvh)` : "100dvh",
    maxWidth: "none",
    maxHeight: "none",
    padding: "0",
    // Seen where the system dictates colours.
    border: "1px solid transparent",
    overflow: "hidden",
    borderRadius: width ? "12px" : "0",
  });
  Object.assign(button.style, {
    float: "inline-end",
    width: BAR,
    height: BAR,
    border: "0",
    background: "none",
    color: "inherit",
  });
  Object.assign(frame.style, { display: "block", width: "100%", height: `calc(100% - ${BAR})`, border: "0", clear: "both" });
  dialog.append(button, frame);
  place.append(dialog);
  button.onclick = () => dialog.close();
  // The button, Escape, and whatever else browsers take for a wish to close.
  dialog.onclose = () => {
    dialog.remove();
    closed();
  };
  // A frame that the page itself wrote is not inside of this element.
  const before = (place.activeElement ?? document.activeElement) as HTMLElement | null;
  dialog.showModal();
  frame.focus();
  return () => {
    dialog.onclose = null;
    // Closing gives the focus back by itself, but in Chromium not from one frame to another. Who closed it is elsewhere by now.
    if (dialog.open) {
      dialog.close();
      before?.focus();
    }
    dialog.remove();
  };
}
