/** A page with Vue in it, and the real element as borga.js defines it. Nothing is ever loaded. */

import "@borga/checkout-element/register";
import { onTestFinished } from "vitest";
import { createApp, nextTick, shallowRef, type VNode } from "vue";
import type { BorgaCheckoutElement } from "../src/index.js";

/** Mounts what `render` shows into a new place in the page; gone with the test. */
export async function page(render: () => VNode | null, place: Element = newPlace()) {
  const shown = shallowRef(render);
  const app = createApp({ render: () => shown.value() });
  const complaints: unknown[] = [];
  app.config.warnHandler = (message) => complaints.push(message);
  let isMounted = true;
  const unmount = () => {
    if (isMounted) app.unmount();
    isMounted = false;
  };
  onTestFinished(unmount);
  app.mount(place);
  await nextTick();
  return {
    place,
    complaints,
    unmount,
    async render(next: () => VNode | null) {
      shown.value = next;
      await nextTick();
      await nextTick();
    },
  };
}

/** An empty element of the page. */
export function newPlace(): Element {
  const place = document.body.appendChild(document.createElement("div"));
  onTestFinished(() => place.remove());
  return place;
}

/** The only checkout in the page. */
export function checkout(): BorgaCheckoutElement {
  const [element, ...others] = document.querySelectorAll("borga-checkout");
  if (!element || others.length) throw new Error(`there are ${others.length + (element ? 1 : 0)} checkouts`);
  return element;
}

/** The frame inside it. */
export function frame(): HTMLIFrameElement | null | undefined {
  return checkout().shadowRoot?.querySelector("iframe");
}

/** Says something as the element does. */
export function emit(name: string, detail: object = {}): void {
  checkout().dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
