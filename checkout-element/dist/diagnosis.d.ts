/**
 * Asks the server why the browser refused the frame. The answer is a bonus: no failure of the question is an error.
 */
/** How long an answer is worth waiting for. */
export declare const DIAGNOSIS_WITHIN_MS = 3000;
/** The code of the reason, or `null` when the server does not know or cannot be asked. */
export declare function diagnose(checkoutOrigin: string, sessionId: string, life: AbortSignal): Promise<string | null>;
