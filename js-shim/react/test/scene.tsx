/** A page with React in it, and the real element as borga.js defines it. Nothing is ever loaded. */

import "@borga/checkout-element/register";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { onTestFinished } from "vitest";
import type { BorgaCheckoutElement } from "../src/index.js";

declare global {
  // What React asks for in tests.
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** Renders into a new place in the page; gone with the test. */
export async function page(first: ReactNode, place: Element = newPlace()) {
  const root = createRoot(place);
  const render = (node: ReactNode) => act(async () => root.render(node));
  onTestFinished(() => act(async () => root.unmount()));
  await render(first);
  return { place, render, unmount: () => act(async () => root.unmount()) };
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
