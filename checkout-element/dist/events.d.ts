/**
 * The events of `<borga-checkout>` and their types. They are hints for the page: only the server knows what was paid.
 */
import type { Snapshot } from "./generated/protocol.js";
import type { BorgaErrorDetail } from "./problem.js";
/** What each event carries in `detail`. */
export interface BorgaEventDetails {
    /** The session is attached and the payer can type. */
    "borga-ready": {
        readonly testMode: boolean;
    };
    /** Something about the form changed; never a digit of the card. */
    "borga-change": Snapshot;
    /** The frame's height in CSS pixels. */
    "borga-resize": {
        readonly height: number;
    };
    /** The payer pressed Pay. */
    "borga-processing": {
        readonly attemptId: string;
    };
    /** The payer is wanted at the bank. */
    "borga-challenge": {
        readonly attemptId: string;
    };
    /** An ending: paid. Ask your server before you deliver. */
    "borga-complete": {
        readonly sessionId: string;
        readonly paymentId: string;
        readonly status: "complete";
    };
    /** An ending: the payer cancelled. */
    "borga-cancel": {
        readonly sessionId: string;
        readonly status: "canceled";
    };
    /** An ending that another may follow: ask your server or wait for the webhook. */
    "borga-pending": {
        readonly sessionId: string;
        readonly paymentId: string;
        readonly status: "pending";
    };
    /** An ending when a payment was under way, or the checkout itself cannot go on (`fatal`). */
    "borga-error": BorgaErrorDetail;
}
/** The event objects by name. */
export type BorgaEventMap = {
    [Name in keyof BorgaEventDetails]: CustomEvent<BorgaEventDetails[Name]>;
};
/** Sends one typed event. */
export type Emit = <Name extends keyof BorgaEventDetails>(name: Name, detail: BorgaEventDetails[Name]) => void;
declare global {
    interface HTMLElementEventMap extends BorgaEventMap {
    }
}
