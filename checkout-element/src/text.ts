/**
 * The few words that the element itself shows to payers. Errors for developers are elsewhere, in English.
 */

/** A language of the checkout. */
export type Language = "is" | "en" | "pl";

/** The element's words in one language. */
export interface Words {
  /** What the frame and the dialog are called. */
  readonly title: string;
  /** Shown in place of a form that cannot be loaded. */
  readonly unavailable: string;
}

/** In every language of the checkout. */
const WORDS: Record<Language, Words> = {
  is: {
    title: "Örugg kortagreiðsla",
    unavailable: "Ekki tókst að opna greiðsluna. Endurhladdu síðuna.",
  },
  en: {
    title: "Secure card payment",
    unavailable: "The payment could not be opened. Reload the page.",
  },
  pl: {
    title: "Bezpieczna płatność kartą",
    unavailable: "Nie udało się otworzyć płatności. Odśwież stronę.",
  },
};

/** What a button that closes a dialog is called. Only files that are loaded later need it. */
export const CLOSE: Record<Language, string> = { is: "Loka", en: "Close", pl: "Zamknij" };

/** The language for a BCP 47 locale, or for the browser's own when none is given; English for those we lack. */
export function language(locale: string | null | undefined): Language {
  const [tag = ""] = (locale || navigator.language).toLowerCase().split("-");
  return tag in WORDS ? (tag as Language) : "en";
}

/** The words for a BCP 47 locale. */
export function words(locale: string | null | undefined): Words {
  return WORDS[language(locale)];
}
