//! Card numbers: what is missing, what is wrong, and how they are grouped while typing.

use std::fmt;

use crate::card::brand::{Brand, DEFAULT_GAPS};

/// The longest number of any brand.
pub const MAX_DIGITS: usize = 19;
const MIN_DIGITS: usize = 12;

/// A card number that a brand could have issued. It does not print, and its digits are wiped when it goes.
#[derive(PartialEq, Eq)]
pub struct CardNumber {
    digits: String,
    brand: Option<Brand>,
}

/// Why a text is not a card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardNumberError {
    /// Nothing typed.
    #[error("no card number")]
    Empty,
    /// More digits must follow.
    #[error("the card number is not complete")]
    Incomplete,
    /// The check digit does not fit, there are too many digits, or something that is not a digit.
    #[error("the card number is not right")]
    Invalid,
}

impl CardNumber {
    /// Reads a number typed or pasted with spaces and hyphens.
    ///
    /// # Errors
    ///
    /// [`CardNumberError`]; a number that a longer one may still begin with is incomplete, not invalid.
    pub fn parse(text: &str) -> Result<Self, CardNumberError> {
        if text
            .chars()
            .any(|char| !(char.is_ascii_digit() || is_separator(char)))
        {
            return Err(CardNumberError::Invalid);
        }
        // All of them: a number that is too long must not be cut to one that is not.
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let brand = Brand::of(&digits);
        let lengths = brand.map_or(&[12, 13, 14, 15, 16, 17, 18, 19][..], Brand::lengths);
        let shortest = lengths.first().copied().unwrap_or(MIN_DIGITS);
        let longest = lengths.last().copied().unwrap_or(MAX_DIGITS);
        let check_digit_fits = !brand.is_none_or(Brand::has_check_digit) || luhn(&digits);
        match digits.len() {
            0 => Err(CardNumberError::Empty),
            length if length < shortest => Err(CardNumberError::Incomplete),
            length if length > longest => Err(CardNumberError::Invalid),
            length if lengths.contains(&length) && check_digit_fits => Ok(Self { digits, brand }),
            length if length < longest && !lengths.contains(&length) => {
                Err(CardNumberError::Incomplete)
            }
            _ => Err(CardNumberError::Invalid),
        }
    }

    /// Its brand, if we know it. A number of no brand that we know is left to the acquirer.
    #[must_use]
    pub const fn brand(&self) -> Option<Brand> {
        self.brand
    }

    /// The digits, for encrypting them.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.digits
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardNumber(…)")
    }
}

/// How many digits are shown. More than any number has, so that one that is too long is seen and judged as it was typed, and
/// a whole text that was pasted is not.
pub const SHOWN_DIGITS: usize = 32;

/// The digits of `text`, at most [`SHOWN_DIGITS`] of them; everything else is left out.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_digit)
        .take(SHOWN_DIGITS)
        .collect()
}

/// `text` as it stands on a card: digits in the brand's groups.
#[must_use]
pub fn grouped(text: &str) -> String {
    let digits = digits(text);
    let gaps = Brand::of(&digits).map_or(DEFAULT_GAPS, Brand::gaps);
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.chars().enumerate() {
        if gaps.contains(&place) || (place > 12 && gaps == DEFAULT_GAPS && place == 16) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, '-' | '–' | '.')
}

/// ISO/IEC 7812-1: from the right, every second digit is doubled, and all digits add up to a multiple of ten.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use CardNumberError::{Empty, Incomplete, Invalid};

    fn check(text: &str, expected: Result<Option<Brand>, CardNumberError>) {
        let parsed = CardNumber::parse(text).map(|number| number.brand());
        assert_eq!(parsed, expected, "{text}");
    }

    #[test]
    fn numbers_are_judged_by_brand_length_and_check_digit() {
        check("", Err(Empty));
        check("   ", Err(Empty));
        check("4242 4242 4242 424", Err(Incomplete));
        check("4242-4242 4242 4242", Ok(Some(Brand::Visa)));
        check("4242424242424241", Err(Invalid));
        check("42424242424242424", Err(Incomplete));
        check("378282246310005", Ok(Some(Brand::Amex)));
        check("37828224631000", Err(Incomplete));
        check("3782822463100050", Err(Invalid));
        check("6221558812340000", Ok(Some(Brand::Unionpay)));
        check("6212345000000001", Ok(Some(Brand::Unionpay)));
        check("4242 4242 4242 424x", Err(Invalid));
        check("１２３４", Err(Invalid));
        check("40000021378137813785", Err(Invalid));
    }

    #[test]
    fn digits_are_grouped_as_on_the_card() {
        for (text, grouped_text) in [
            ("", ""),
            ("4242", "4242"),
            ("42424", "4242 4"),
            ("4242424242424242", "4242 4242 4242 4242"),
            ("4242424242424242424", "4242 4242 4242 4242 424"),
            ("378282246310005", "3782 822463 10005"),
            ("4242-4242/4242", "4242 4242 4242"),
        ] {
            assert_eq!(grouped(text), grouped_text);
        }
    }

    #[test]
    fn a_number_does_not_print() {
        let number = CardNumber::parse("4242424242424242").unwrap();
        assert_eq!(format!("{number:?}"), "CardNumber(…)");
    }
}
