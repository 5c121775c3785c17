//! What the payer reads on the bank's page, in Icelandic and English, and how an amount is written there.

use crate::wire::Amount;
use crate::wire_amount::wire_exponent;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Icelandic,
    English,
}

/// Every text of the page. A language that lacks one does not compile.
pub(crate) struct Texts {
    pub(crate) bank: &'static str,
    pub(crate) test_notice: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) merchant: &'static str,
    pub(crate) card: &'static str,
    pub(crate) code: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) wrong_code: &'static str,
    pub(crate) last_try: &'static str,
    pub(crate) codes_title: &'static str,
    /// What each test code does, in the order of the codes.
    pub(crate) codes: [(&'static str, &'static str); 4],
    pub(crate) app_lead: &'static str,
    pub(crate) app_done: &'static str,
    pub(crate) app_not_yet: &'static str,
    pub(crate) app_open_phone: &'static str,
    pub(crate) choice_lead: &'static str,
    pub(crate) choice_app: &'static str,
    pub(crate) choice_code: &'static str,
    pub(crate) phone_title: &'static str,
    pub(crate) phone_approve: &'static str,
    pub(crate) phone_refuse: &'static str,
    pub(crate) phone_done: &'static str,
    pub(crate) phone_done_advice: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
}

const ICELANDIC: Texts = Texts {
    bank: "Prófbankinn",
    test_notice: "Prófun – engir peningar skipta um hendur",
    title: "Staðfestu greiðsluna",
    lead: "Sláðu inn öryggiskóðann til að staðfesta að þú sért korthafinn.",
    amount: "Upphæð",
    merchant: "Söluaðili",
    card: "Kort",
    code: "Öryggiskóði",
    confirm: "Staðfesta",
    cancel: "Hætta við",
    wrong_code: "Kóðinn er ekki réttur. Reyndu aftur.",
    last_try: "Kóðinn er ekki réttur. Þú átt eina tilraun eftir.",
    codes_title: "Kóðar til prófunar",
    codes: [
        ("1234", "greiðslan er staðfest"),
        ("1111", "staðfesting mistekst"),
        ("2222", "bankinn hafnar"),
        ("3333", "þjónustan liggur niðri"),
    ],
    app_lead: "Opnaðu bankaappið í símanum og samþykktu greiðsluna þar. Þessi síða heldur áfram þegar það er gert.",
    app_done: "Ég hef samþykkt",
    app_not_yet: "Samþykki þitt er ekki komið enn.",
    app_open_phone: "Opna símann",
    choice_lead: "Hvernig viltu staðfesta?",
    choice_app: "Í bankaappinu",
    choice_code: "Með kóða í SMS",
    phone_title: "Samþykkja greiðsluna?",
    phone_approve: "Samþykkja",
    phone_refuse: "Hafna",
    phone_done: "Svarið er móttekið",
    phone_done_advice: "Farðu aftur í gluggann þar sem þú ert að greiða.",
    other_language: "English",
    not_found: "Þessi síða er ekki til",
    not_found_advice: "Farðu aftur til söluaðilans og byrjaðu greiðsluna upp á nýtt.",
};

const ENGLISH: Texts = Texts {
    bank: "Test bank",
    test_notice: "Test mode – no money changes hands",
    title: "Confirm your payment",
    lead: "Enter the security code to confirm that you are the card holder.",
    amount: "Amount",
    merchant: "Merchant",
    card: "Card",
    code: "Security code",
    confirm: "Confirm",
    cancel: "Cancel",
    wrong_code: "That code is not right. Please try again.",
    last_try: "That code is not right. You have one try left.",
    codes_title: "Codes for testing",
    codes: [
        ("1234", "the payment is confirmed"),
        ("1111", "confirmation fails"),
        ("2222", "the bank rejects it"),
        ("3333", "the service is unavailable"),
    ],
    app_lead: "Open the bank's app on your phone and approve the payment there. This page goes on once you have.",
    app_done: "I have approved",
    app_not_yet: "Your approval has not arrived yet.",
    app_open_phone: "Open the phone",
    choice_lead: "How do you want to confirm?",
    choice_app: "In the bank's app",
    choice_code: "With a code by text message",
    phone_title: "Approve the payment?",
    phone_approve: "Approve",
    phone_refuse: "Refuse",
    phone_done: "Your answer has arrived",
    phone_done_advice: "Go back to the window where you pay.",
    other_language: "Íslenska",
    not_found: "This page does not exist",
    not_found_advice: "Go back to the merchant and start the payment again.",
};

impl Language {
    /// `lang` if it names one of ours, else the browser's preference, else Icelandic.
    pub(crate) fn choose(lang: Option<&str>, accept_language: Option<&str>) -> Self {
        lang.and_then(Self::from_tag)
            .or_else(|| accept_language.map(Self::preferred))
            .unwrap_or(Self::Icelandic)
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Icelandic => "is",
            Self::English => "en",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Icelandic => Self::English,
            Self::English => Self::Icelandic,
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Icelandic => &ICELANDIC,
            Self::English => &ENGLISH,
        }
    }

    fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next().unwrap_or_default();
        [Self::Icelandic, Self::English]
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// Browsers list languages in order of preference; someone who lists neither reads English sooner.
    fn preferred(accept_language: &str) -> Self {
        accept_language
            .split(',')
            .find_map(|range| Self::from_tag(range.split(';').next().unwrap_or_default()))
            .unwrap_or(Self::English)
    }
}

/// The amount as a payer expects it: `1.990 kr.` in both languages, other currencies with their code.
pub(crate) fn amount(amount: &Amount, language: Language) -> String {
    let exponent = wire_exponent(&amount.currency).unwrap_or_default();
    let unit = 10_i64.pow(exponent);
    let (whole, fraction) = (amount.value / unit, amount.value % unit);
    if amount.currency == "ISK" {
        return format!("{}\u{a0}kr.", grouped(whole, '.'));
    }
    let (thousands, decimal) = match language {
        Language::Icelandic => ('.', ','),
        Language::English => (',', '.'),
    };
    let mut number = grouped(whole, thousands);
    if exponent > 0 {
        let width = usize::try_from(exponent).unwrap_or_default();
        number = format!("{number}{decimal}{fraction:0width$}");
    }
    match language {
        Language::Icelandic => format!("{number}\u{a0}{}", amount.currency),
        Language::English => format!("{}\u{a0}{number}", amount.currency),
    }
}

fn grouped(number: i64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: i64, currency: &str, language: Language) -> String {
        amount(
            &Amount {
                currency: currency.to_owned(),
                value,
            },
            language,
        )
    }

    #[test]
    fn krónur_are_whole_with_a_point_between_thousands() {
        assert_eq!(
            written(199_000, "ISK", Language::Icelandic),
            "1.990\u{a0}kr."
        );
        assert_eq!(
            written(123_456_700, "ISK", Language::English),
            "1.234.567\u{a0}kr."
        );
        assert_eq!(written(99_900, "ISK", Language::Icelandic), "999\u{a0}kr.");
    }

    #[test]
    fn other_currencies_follow_the_language() {
        assert_eq!(
            written(123_405, "EUR", Language::Icelandic),
            "1.234,05\u{a0}EUR"
        );
        assert_eq!(
            written(123_405, "EUR", Language::English),
            "EUR\u{a0}1,234.05"
        );
        assert_eq!(written(500, "JPY", Language::English), "JPY\u{a0}500");
    }

    #[test]
    fn the_query_wins_over_the_browser() {
        assert_eq!(Language::choose(Some("en"), Some("is")), Language::English);
    }

    #[test]
    fn the_browsers_first_language_that_we_have_is_used() {
        let choose = |accepted| Language::choose(None, accepted);

        assert_eq!(choose(Some("de,is-IS;q=0.9,en;q=0.8")), Language::Icelandic);
        assert_eq!(choose(Some("en-GB,is;q=0.9")), Language::English);
        assert_eq!(choose(Some("de-DE")), Language::English);
        assert_eq!(choose(None), Language::Icelandic);
    }
}
