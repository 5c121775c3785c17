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

const ICELANDIC: Words = {
  title: "Örugg kortagreiðsla",
  unavailable: "Ekki tókst að opna kortagreiðsluna. Endurhladdu síðuna.",
  close: "Loka",
};

const ENGLISH: Words = {
  title: "Secure card payment",
  unavailable: "The card payment could not be opened. Reload the page.",
  close: "Close",
};

const POLISH: Words = {
  title: "Bezpieczna płatność kartą",
  unavailable: "Nie udało się otworzyć płatności kartą. Odśwież stronę.",
  close: "Zamknij",
};

/** The words for a BCP 47 locale, or for the browser's own when none is given; English for languages we lack. */
export function words(locale: string | null | undefined): Words {
  const [language] = (locale || navigator.language).toLowerCase().split("-");
  return language === "is" ? ICELANDIC : language === "pl" ? POLISH : ENGLISH;
}
