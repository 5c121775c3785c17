//! What is kept of an authentication: who bears the risk of a payment, by the scheme's own numbers.

use serde::{Deserialize, Serialize};

use crate::domain::trans_status::{TransStatus, WhenUnavailable};
use checkout_protocol::error_code::ErrorCode;

/// The facts of an authentication, as the acquirer tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Authentication {
    /// What it came to, if the acquirer says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Told>,
    /// Electronic commerce indicator, two digits, by the scheme's own table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eci: Option<String>,
    /// Whether the issuer bears the risk; none when nobody says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub liability_shift: Option<bool>,
    /// Version of the standard, such as 2.2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The directory server's id of it; later charges of the same card refer to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ds_transaction: Option<String>,
}

/// What the acquirer says that an authentication came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Told {
    /// A status of the standard.
    Known(TransStatus),
    /// Anything else. Nothing may be charged on it.
    Unknown(String),
}

impl Told {
    /// What `text` says.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        TransStatus::from_text(text).map_or_else(
            || Self::Unknown(text.chars().take(8).collect()),
            Self::Known,
        )
    }
}

impl Authentication {
    /// Whether a charge may stand on it. One without a word on authentication is the acquirer's own decision.
    ///
    /// # Errors
    ///
    /// What the payer is told when it may not.
    pub fn may_charge(&self, when_unavailable: WhenUnavailable) -> Result<(), ErrorCode> {
        match &self.status {
            None => Ok(()),
            Some(Told::Known(status)) => status.may_charge(when_unavailable),
            Some(Told::Unknown(_)) => Err(ErrorCode::AuthenticationFailed),
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A card scheme, as far as its indicators differ.
enum Scheme {
    /// 02 full, 01 attempted, 00 none, 04 data only, 06 exempt, 07 recurring.
    Mastercard,
    /// 05 full, 06 attempted, 07 none.
    Others,
}

fn scheme(brand: &str) -> Option<Scheme> {
    match brand {
        "mc" | "maestro" => Some(Scheme::Mastercard),
        "visa" | "electron" | "amex" | "jcb" | "diners" | "discover" | "cup" => {
            Some(Scheme::Others)
        }
        _ => None,
    }
}

/// Two digits of an indicator that may have come as one.
#[must_use]
pub fn two_digits(eci: &str) -> Option<String> {
    let eci = eci.trim();
    let digits = (1..=2).contains(&eci.len()) && eci.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| format!("{eci:0>2}"))
}

/// Whether the issuer bears the risk, by the acquirer's name of the brand and the two digits of the indicator; none when
/// the scheme's table does not say.
#[must_use]
pub fn liability_shift(brand: &str, eci: &str) -> Option<bool> {
    match (scheme(brand)?, eci) {
        (Scheme::Others, "05" | "06") | (Scheme::Mastercard, "02" | "01" | "07") => Some(true),
        (Scheme::Others, "07") | (Scheme::Mastercard, "00" | "04" | "06") => Some(false),
        (Scheme::Others | Scheme::Mastercard, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schemes_own_numbers_decide() {
        for (brand, eci, shift) in [
            ("visa", "05", Some(true)),
            ("visa", "06", Some(true)),
            ("visa", "07", Some(false)),
            ("visa", "02", None),
            ("amex", "05", Some(true)),
            ("amex", "07", Some(false)),
            ("cup", "06", Some(true)),
            ("mc", "02", Some(true)),
            ("mc", "01", Some(true)),
            ("mc", "07", Some(true)),
            ("mc", "00", Some(false)),
            ("mc", "04", Some(false)),
            ("mc", "06", Some(false)),
            ("mc", "05", None),
            ("someone", "05", None),
        ] {
            assert_eq!(liability_shift(brand, eci), shift, "{brand} {eci}");
        }
    }

    #[test]
    fn an_indicator_has_two_digits() {
        for (given, kept) in [
            ("5", Some("05")),
            ("05", Some("05")),
            ("0", Some("00")),
            ("", None),
            ("105", None),
            ("x5", None),
        ] {
            assert_eq!(two_digits(given).as_deref(), kept);
        }
    }

    #[test]
    fn an_unknown_letter_charges_nothing() {
        for (text, charges) in [("Y", true), ("A", true), ("Z", false), ("", false)] {
            let authentication = Authentication {
                status: Some(Told::from_text(text)),
                ..Authentication::default()
            };
            let may = authentication.may_charge(WhenUnavailable::Refuse);
            assert_eq!(may.is_ok(), charges, "{text}");
        }
        assert!(
            Authentication::default()
                .may_charge(WhenUnavailable::Refuse)
                .is_ok()
        );
    }
}
