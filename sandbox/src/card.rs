//! The one type that holds a card. It has no `Display`, its `Debug` says nothing, and it is wiped when dropped.

use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::expiry::Expiry;

/// The decrypted payload, as the checkout page wrote it.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(rename_all = "camelCase")]
struct Payload {
    number: String,
    expiry_month: String,
    expiry_year: String,
    #[serde(default)]
    cvc: String,
}

/// A well-formed card number with its expiry and whatever was typed as its security code.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Card {
    /// Digits only, 12 to 19 of them, with a right check digit.
    number: String,
    expiry: Expiry,
    security_code: String,
}

/// The code of a stored card, typed anew.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct SecurityCode(String);

/// The decrypted payload of a code that travels alone.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct CodePayload {
    cvc: String,
}

/// What is wrong with the card data. Names the field, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardDataError {
    /// Not the JSON that was agreed on.
    Malformed,
    Number,
    Expiry,
}

impl Card {
    /// Reads the decrypted payload.
    pub(crate) fn from_json(plaintext: &[u8]) -> Result<Self, CardDataError> {
        let payload: Payload =
            serde_json::from_slice(plaintext).map_err(|_| CardDataError::Malformed)?;
        let mut number = String::with_capacity(payload.number.len());
        number.extend(payload.number.chars().filter(|sign| *sign != ' '));
        let expiry = Expiry::parse(&payload.expiry_month, &payload.expiry_year)
            .ok_or(CardDataError::Expiry)?;
        let card = Self {
            number,
            expiry,
            security_code: payload.cvc.clone(),
        };
        if is_card_number(&card.number) {
            Ok(card)
        } else {
            Err(CardDataError::Number)
        }
    }

    /// The whole number, for looking it up. It must not leave the caller.
    pub(crate) fn number(&self) -> &str {
        &self.number
    }

    /// The part of the number that may be shown.
    pub(crate) fn last_four(&self) -> &str {
        &self.number[self.number.len() - 4..]
    }

    pub(crate) fn expiry(&self) -> Expiry {
        self.expiry
    }

    /// Whether the security code is `digits` digits.
    pub(crate) fn security_code_has(&self, digits: usize) -> bool {
        has_digits(&self.security_code, digits)
    }
}

impl SecurityCode {
    /// Reads the decrypted payload.
    pub(crate) fn from_json(plaintext: &[u8]) -> Result<Self, CardDataError> {
        let payload: CodePayload =
            serde_json::from_slice(plaintext).map_err(|_| CardDataError::Malformed)?;
        Ok(Self(payload.cvc.clone()))
    }

    /// Whether it is the code of a stored card whose codes have `digits` digits. No card's own code is kept, so every code
    /// of that length is right but one: nines only.
    pub(crate) fn is_right(&self, digits: usize) -> bool {
        has_digits(&self.0, digits) && self.0.bytes().any(|byte| byte != b'9')
    }
}

fn has_digits(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl std::fmt::Debug for SecurityCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SecurityCode(hidden)")
    }
}

impl std::fmt::Debug for Card {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Card(hidden)")
    }
}

fn is_card_number(number: &str) -> bool {
    (12..=19).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && luhn_sum(number).is_multiple_of(10)
}

/// ISO/IEC 7812-1: from the right, every second digit counts double, less nine above nine.
fn luhn_sum(number: &str) -> u32 {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    number
        .bytes()
        .rev()
        .map(|byte| u32::from(byte - b'0'))
        .enumerate()
        .map(|(place, digit)| {
            if place % 2 == 1 {
                doubled(digit)
            } else {
                digit
            }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(number: &str, month: &str, year: &str) -> Result<Card, CardDataError> {
        let payload = serde_json::json!({
            "number": number, "expiryMonth": month, "expiryYear": year, "cvc": "737",
        });
        Card::from_json(payload.to_string().as_bytes())
    }

    #[test]
    fn spaces_in_the_number_do_not_matter() {
        assert_eq!(
            read("4242 4242 4242 4242", "03", "2030").unwrap().number(),
            "4242424242424242"
        );
    }

    #[test]
    fn a_wrong_check_digit_is_a_wrong_number() {
        assert_eq!(
            read("4242424242424241", "03", "2030").err(),
            Some(CardDataError::Number)
        );
    }

    #[test]
    fn signs_that_are_not_digits_are_a_wrong_number() {
        for number in [
            "",
            "4242",
            "4242-4242-4242-4242",
            "４２４２424242424242",
            "424242424242424242424",
        ] {
            assert_eq!(
                read(number, "03", "2030").err(),
                Some(CardDataError::Number),
                "{number}"
            );
        }
    }

    #[test]
    fn a_month_or_year_that_cannot_be_is_refused() {
        for (month, year) in [
            ("00", "2030"),
            ("13", "2030"),
            ("03", "30"),
            ("+3", "2030"),
            ("", ""),
        ] {
            let error = read("4242424242424242", month, year).err();
            assert_eq!(error, Some(CardDataError::Expiry), "{month}/{year}");
        }
    }

    #[test]
    fn a_code_alone_is_right_by_its_length_unless_it_is_nines() {
        let code = |text: &str| {
            let payload = serde_json::json!({ "cvc": text });
            SecurityCode::from_json(payload.to_string().as_bytes()).unwrap()
        };
        for (text, digits, right) in [
            ("737", 3, true),
            ("000", 3, true),
            ("998", 3, true),
            ("999", 3, false),
            ("9999", 4, false),
            ("7373", 3, false),
            ("73", 3, false),
            ("7a7", 3, false),
            ("", 3, false),
        ] {
            assert_eq!(code(text).is_right(digits), right, "{text}");
        }
        assert_eq!(format!("{:?}", code("737")), "SecurityCode(hidden)");
    }

    #[test]
    fn what_is_more_than_a_code_is_no_code() {
        let card =
            br#"{"number":"4242424242424242","expiryMonth":"03","expiryYear":"2030","cvc":"737"}"#;
        for payload in [&card[..], b"{}", b"737", br#"{"cvc":737}"#] {
            let error = SecurityCode::from_json(payload).err();
            assert_eq!(error, Some(CardDataError::Malformed));
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_card() {
        let card = read("4242424242424242", "03", "2030").unwrap();

        assert_eq!(format!("{card:?}"), "Card(hidden)");
    }
}
