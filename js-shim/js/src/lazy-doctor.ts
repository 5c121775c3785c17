/**
 * Loads the doctor when it is called: no payer's page carries it.
 */

import { DEFAULT_CHECKOUT_ORIGIN } from "@borga/checkout-element";
import type { DoctorOptions, Report } from "./doctor/index.js";

/** What borga-doctor.js exports. */
type Practice = typeof import("./doctor/index.js");

/** Examines the page. */
export async function doctor(options?: DoctorOptions): Promise<Report> {
  const address = `${DEFAULT_CHECKOUT_ORIGIN}/v1/borga-doctor.js`;
  return ((await import(/* @vite-ignore */ address)) as Practice).doctor(options);
}
