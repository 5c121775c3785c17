/**
 * The few words that the element itself shows to payers. Errors for developers are elsewhere, in English.
 */
/** The element's words in one language. */
export interface Words {
    /** What the frame and the dialog are called. */
    readonly title: string;
    /** Shown in place of a form that cannot be loaded. */
    readonly unavailable: string;
    /** The dialog's close button. */
    readonly close: string;
}
/** The words for a BCP 47 locale, or for the browser's own when none is given; English for languages we lack. */
export declare function words(locale: string | null | undefined): Words;
