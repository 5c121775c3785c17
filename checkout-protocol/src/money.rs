//! Amounts: integers in the smallest unit of a currency, and how a payer reads them.
//!
//! Exponents are ISO 4217's and never a locale library's: engines disagree about them (and Chromium has no Icelandic
//! number data at all), so amounts are also written here.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// A currency we take, by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the codes are their own names")]
pub enum Currency {
    Isk,
    Eur,
    Usd,
    Gbp,
    Dkk,
    Nok,
    Sek,
    Chf,
    Pln,
    Jpy,
}

impl Currency {
    /// Every currency we take.
    pub const ALL: [Self; 10] = [
        Self::Isk,
        Self::Eur,
        Self::Usd,
        Self::Gbp,
        Self::Dkk,
        Self::Nok,
        Self::Sek,
        Self::Chf,
        Self::Pln,
        Self::Jpy,
    ];

    /// The currency of an ISO 4217 code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(code))
    }

    /// Its ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Isk => "ISK",
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Dkk => "DKK",
            Self::Nok => "NOK",
            Self::Sek => "SEK",
            Self::Chf => "CHF",
            Self::Pln => "PLN",
            Self::Jpy => "JPY",
        }
    }

    /// How many decimals the smallest unit is (ISO 4217): ISK and JPY have none.
    #[must_use]
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Isk | Self::Jpy => 0,
            Self::Eur
            | Self::Usd
            | Self::Gbp
            | Self::Dkk
            | Self::Nok
            | Self::Sek
            | Self::Chf
            | Self::Pln => 2,
        }
    }

    /// As the Unicode locale data have it: the króna by its abbreviation, the yen by its sign, others by their code.
    const fn icelandic_sign(self) -> &'static str {
        match self {
            Self::Isk => "kr.",
            Self::Jpy => "JP¥",
            other => other.code(),
        }
    }

    /// As the Unicode locale data have it.
    const fn polish_sign(self) -> &'static str {
        match self {
            Self::Pln => "zł",
            Self::Eur => "€",
            other => other.code(),
        }
    }

    const fn english_sign(self) -> Option<char> {
        match self {
            Self::Eur => Some('€'),
            Self::Usd => Some('$'),
            Self::Gbp => Some('£'),
            Self::Jpy => Some('¥'),
            Self::Isk | Self::Dkk | Self::Nok | Self::Sek | Self::Chf | Self::Pln => None,
        }
    }
}

/// A positive amount in one currency.
///
/// Invariant: the minor units are in `1..=MAX_MINOR_UNITS`, so sums of a few amounts cannot overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor_units: i64,
    currency: Currency,
}

/// An amount that cannot be collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Zero, negative, or above [`Money::MAX_MINOR_UNITS`].
    #[error("must be a whole number from 1 to {}", Money::MAX_MINOR_UNITS)]
    OutOfRange,
}

impl Money {
    /// Above any basket; a thousand of them still fit in an `i64` many times over.
    pub const MAX_MINOR_UNITS: i64 = 9_999_999_999;

    /// `minor_units` of `currency`'s smallest unit: 1990 ISK is 1990 krónur, 1990 EUR is 19.90 euro.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] for zero, negative and absurdly large amounts.
    pub const fn new(minor_units: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor_units < 1 || minor_units > Self::MAX_MINOR_UNITS {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self {
            minor_units,
            currency,
        })
    }

    /// The amount in the currency's smallest unit.
    #[must_use]
    pub const fn minor_units(self) -> i64 {
        self.minor_units
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// As a payer reads it: `1.234 kr.` or `1.234,50 EUR` in Icelandic, `ISK 1,234` or `€1,234.50` in English,
    /// `1234 ISK` or `12 345,50 €` in Polish, which groups from five digits on; with no-break spaces.
    #[must_use]
    pub fn format(self, locale: Locale) -> String {
        let (thousands, decimal, shortest_grouped) = match locale {
            Locale::Is => ('.', ',', 4),
            Locale::En => (',', '.', 4),
            Locale::Pl => ('\u{a0}', ',', 5),
        };
        let number = self.grouped(thousands, decimal, shortest_grouped);
        match (locale, self.currency.english_sign()) {
            (Locale::Is, _) => format!("{number}\u{a0}{}", self.currency.icelandic_sign()),
            (Locale::Pl, _) => format!("{number}\u{a0}{}", self.currency.polish_sign()),
            (Locale::En, Some(sign)) => format!("{sign}{number}"),
            (Locale::En, None) => format!("{}\u{a0}{number}", self.currency.code()),
        }
    }

    fn grouped(self, thousands: char, decimal: char, shortest_grouped: usize) -> String {
        let unit = 10_i64.pow(self.currency.exponent());
        let (major, minor) = (self.minor_units / unit, self.minor_units % unit);
        let digits = major.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0
                && digits.len() >= shortest_grouped
                && (digits.len() - place).is_multiple_of(3)
            {
                text.push(thousands);
            }
            text.push(digit);
        }
        if unit > 1 {
            let width = self.currency.exponent() as usize;
            text.push(decimal);
            text.extend(format!("{minor:0width$}").chars());
        }
        text
    }
}

/// Plain `major.minor CODE` for logs and machines; payers read [`Money::format`].
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_i64.pow(self.currency.exponent());
        let (major, minor) = (self.minor_units / unit, self.minor_units % unit);
        let code = self.currency.code();
        match self.currency.exponent() as usize {
            0 => write!(f, "{major} {code}"),
            width => write!(f, "{major}.{minor:0width$} {code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor_units: i64, currency: Currency) -> Money {
        Money::new(minor_units, currency).unwrap()
    }

    #[test]
    fn amounts_outside_the_range_do_not_exist() {
        for minor_units in [i64::MIN, -1, 0, 10_000_000_000, i64::MAX] {
            assert_eq!(
                Money::new(minor_units, Currency::Isk),
                Err(MoneyError::OutOfRange)
            );
        }
    }

    #[test]
    fn a_payer_reads_the_amount_in_their_language() {
        for (minor_units, currency, locale, text) in [
            (1, Currency::Isk, Locale::Is, "1\u{a0}kr."),
            (1_234, Currency::Isk, Locale::Is, "1.234\u{a0}kr."),
            (1_234_567, Currency::Isk, Locale::Is, "1.234.567\u{a0}kr."),
            (123_450, Currency::Eur, Locale::Is, "1.234,50\u{a0}EUR"),
            (5, Currency::Eur, Locale::Is, "0,05\u{a0}EUR"),
            (1_234, Currency::Isk, Locale::En, "ISK\u{a0}1,234"),
            (123_450, Currency::Eur, Locale::En, "€1,234.50"),
            (999, Currency::Dkk, Locale::En, "DKK\u{a0}9.99"),
            (1_234, Currency::Isk, Locale::Pl, "1234\u{a0}ISK"),
            (
                1_234_550,
                Currency::Pln,
                Locale::Pl,
                "12\u{a0}345,50\u{a0}zł",
            ),
        ] {
            assert_eq!(money(minor_units, currency).format(locale), text);
        }
    }

    #[test]
    fn logs_show_major_units_and_code() {
        assert_eq!(money(1_990, Currency::Isk).to_string(), "1990 ISK");
        assert_eq!(money(1_990, Currency::Eur).to_string(), "19.90 EUR");
    }
}
