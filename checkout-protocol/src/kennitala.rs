//! The Icelandic identity number.
//!
//! Only its form is a rule. The mod-11 check digit is a hint to the payer: numbers issued to people since 18 February
//! 2026 do not satisfy it (Registers Iceland, "Kennitölur án vartölu").

use std::fmt;

/// Whom a kennitala names, by its first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// 0–3: a person, by day of birth.
    Person,
    /// 4–7: a company, its day of registration plus 40.
    Company,
    /// 8–9: a system number, without a date.
    System,
}

/// A kennitala of the right form. Prints masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Kennitala([u8; 10]);

/// A text that cannot be a kennitala.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a kennitala: ten digits, as in 120160-3389")]
pub struct InvalidKennitala;

impl Kennitala {
    /// Reads ten digits, ignoring spaces and hyphens.
    ///
    /// # Errors
    ///
    /// [`InvalidKennitala`] for another number of digits, or a century digit that does not exist.
    pub fn parse(text: &str) -> Result<Self, InvalidKennitala> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|char| !matches!(char, ' ' | '\u{a0}' | '-' | '–'))
            .map(|char| u8::try_from(char).ok().filter(u8::is_ascii_digit))
            .collect::<Option<_>>()
            .ok_or(InvalidKennitala)?;
        let kennitala = Self(digits.try_into().map_err(|_| InvalidKennitala)?);
        let century_known = matches!(kennitala.0[9], b'8' | b'9' | b'0');
        match kennitala.holder() {
            Holder::Person | Holder::Company if !century_known => Err(InvalidKennitala),
            Holder::Person | Holder::Company | Holder::System => Ok(kennitala),
        }
    }

    /// Whom it names.
    #[must_use]
    pub const fn holder(&self) -> Holder {
        match self.0[0] {
            b'0'..=b'3' => Holder::Person,
            b'4'..=b'7' => Holder::Company,
            _ => Holder::System,
        }
    }

    /// Whether the ninth digit is the mod-11 check digit of the first eight (weights 3 2 7 6 5 4 3 2).
    #[must_use]
    pub fn checksum_fits(&self) -> bool {
        const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];
        let sum: u32 = self
            .0
            .iter()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        (11 - sum % 11) % 11 == u32::from(self.0[8] - b'0')
    }

    /// The ten digits.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(*digit)).collect()
    }
}

impl fmt::Debug for Kennitala {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("kennitala ……-…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_decides_and_the_check_digit_only_hints() {
        for (text, holder, checksum_fits) in [
            ("120160-3389", Holder::Person, true),
            ("120160-3379", Holder::Person, false),
            ("1212901899", Holder::Person, true),
            ("010130 2989", Holder::Person, true),
            ("530269-7609", Holder::Company, true),
            ("450401-3150", Holder::Company, true),
            ("892350-1739", Holder::System, false),
        ] {
            let kennitala = Kennitala::parse(text).unwrap();
            assert_eq!(kennitala.holder(), holder, "{text}");
            assert_eq!(kennitala.checksum_fits(), checksum_fits, "{text}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "120160338",
            "12016033891",
            "1201603381",
            "120160-338x",
            "١٢٠١٦٠٣٣٨٩",
        ] {
            assert_eq!(Kennitala::parse(text), Err(InvalidKennitala), "{text}");
        }
    }

    #[test]
    fn it_prints_masked() {
        let printed = format!("{:?}", Kennitala::parse("120160-3389").unwrap());
        assert!(!printed.contains(|char: char| char.is_ascii_digit()));
    }
}
