/**
 * What must and must not compile in templates of Vue and Svelte. It is checked, never run.
 */

import type { SvelteHTMLElements } from "svelte/elements";
import type { GlobalComponents } from "vue";
import type {} from "@borga/checkout-element/svelte";
import type {} from "@borga/checkout-element/vue";

type InVue = InstanceType<GlobalComponents["borga-checkout"]>["$props"];
type InSvelte = SvelteHTMLElements["borga-checkout"];

export const vue: InVue[] = [
  { "session-id": "ps_", "client-secret": "pcs_", class: "pay", onBorgaComplete: ({ detail }) => detail.paymentId },
  { "three-ds": "redirect", onBorgaError: ({ detail }) => detail.fatal },
  // @ts-expect-error: there is no such theme
  { theme: "pink" },
  // @ts-expect-error: there is no such event
  { onBorgaPaid: () => {} },
  // @ts-expect-error: what was not paid has no payment
  { onBorgaCancel: ({ detail }) => detail.paymentId },
];

export const svelte: InSvelte[] = [
  { "session-id": "ps_", "client-secret": "pcs_", class: "pay", "onborga-complete": ({ detail }) => detail.paymentId },
  { "on:borga-error": ({ detail }) => detail.fatal },
  // @ts-expect-error: there is no such theme
  { theme: "pink" },
  // @ts-expect-error: what was not paid has no payment
  { "onborga-cancel": ({ detail }) => detail.paymentId },
];
