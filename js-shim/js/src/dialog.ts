/**
 * The modal dialog around a checkout. It never closes by itself: every wish to close is passed on.
 */

import { CLOSE, language, words, type BorgaCheckoutElement } from "@borga/checkout-element";

/**
 * Opens it around `content`. `wantsToClose` is called for the close button and for Escape. The answer takes the dialog
 * away; the browser then gives the focus back to where it was.
 */
export function openDialog(content: BorgaCheckoutElement, wantsToClose: () => void): () => void {
  const dialog = document.createElement("dialog");
  const button = document.createElement("button");
  dialog.setAttribute("aria-label", words(content.locale)[0]);
  button.setAttribute("aria-label", CLOSE[language(content.locale)]);
  button.textContent = "✕";
  // Through the object model: a policy without 'unsafe-inline' allows this and no style attribute.
  Object.assign(dialog.style, {
    boxSizing: "border-box",
    width: "min(30rem,100vw)",
    maxWidth: "none",
    // Pages that take every margin away would have it in their corner.
    margin: "auto",
    padding: "min(1rem,2vw)",
    // Seen where the system dictates colours.
    border: "1px solid transparent",
    borderRadius: "12px",
  });
  dialog.lang = language(content.locale);
  const quiet = { border: "0", background: "none", color: "inherit", fontSize: "1.25rem" };
  Object.assign(button.style, { ...quiet, float: "inline-end", minWidth: "44px", minHeight: "44px" });
  button.onclick = wantsToClose;
  // Escape, before the browser makes it a request to close, which it lets a page refuse only once.
  dialog.onkeydown = (event) => {
    // Nothing is returned: a handler that returns false would take every other key away from the payer.
    // What lies over the checkout is closed by itself: from inside the checkout comes nothing else.
    if (event.key === "Escape" && !event.composedPath().includes(content)) askToClose(event);
  };
  dialog.oncancel = askToClose;
  dialog.onclose = (event) => {
    dialog.showModal();
    askToClose(event);
  };
  dialog.append(button, content);
  document.body.append(dialog);
  dialog.showModal();
  return () => {
    dialog.onclose = null;
    dialog.close();
    dialog.remove();
  };
  function askToClose(event: Event): void {
    event.preventDefault();
    wantsToClose();
  }
}
