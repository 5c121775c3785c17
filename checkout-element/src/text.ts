/**
 * The few words that the element itself shows to payers. Errors for developers are elsewhere, in English.
 */

/** A language of the checkout. */
export type Language = "is" | "en" | "pl";

/** The element's words in one language: what the frame and the dialog are called, and what is shown in place of a form that cannot be loaded. */
export type Words = readonly [title: string, unavailable: string];

/** In every language of the checkout. */
const WORDS: Record<Language, Words> = {
  is: ["Örugg kortagreiðsla", "Ekki tókst að opna greiðsluna. Endurhladdu síðuna."],
  en: ["Secure card payment", "The payment could not be opened. Reload the page."],
  pl: ["Bezpieczna płatność kartą", "Nie udało się otworzyć płatności. Odśwież stronę."],
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
