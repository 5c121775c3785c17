/**
 * The shape of `window.Borga`. Types only.
 */

import type { CheckoutResult, OpenOptions } from "./checkout.js";
import type { DoctorOptions, Report } from "./doctor/index.js";
import type { ResumeOptions, ResumeResult } from "./resume.js";
import type { CreateSessionOptions, PaymentSession } from "./sessions.js";

/** What borga.js offers to a page. */
export interface Borga {
  readonly checkout: {
    /** Shows a checkout and waits for its end; rejects when it cannot go on at all, never for a decline. */
    open(options: OpenOptions): Promise<CheckoutResult>;
  };
  readonly sessions: {
    /** Makes a payment session with a publishable key. */
    create(options: CreateSessionOptions): Promise<PaymentSession>;
  };
  /**
   * How the payment stands that the payer comes back from, after a redirect to the bank; `null` on a page that was opened
   * otherwise. Not needed where the element of the same session is on the page: its events say the same.
   */
  resume(options?: ResumeOptions): Promise<ResumeResult | null>;
  /** Looks at this page and says what keeps a checkout from working; for developers, in the console. */
  doctor(options?: DoctorOptions): Promise<Report>;
  /** The version of borga.js. */
  readonly version: string;
}

declare global {
  interface Window {
    /** Set by borga.js. */
    Borga?: Borga;
  }
}
