//! The code on the card that is never stored (CVC, CVV, CID, CVN).

use std::fmt;

use crate::card::brand::Brand;

/// A security code of the right length. It does not print.
#[derive(PartialEq, Eq)]
pub struct SecurityCode(String);

/// Why a text is not a security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecurityCodeError {
    /// Nothing typed.
    #[error("no security code")]
    Empty,
    /// Fewer digits than the brand's codes have.
    #[error("the security code is not complete")]
    Incomplete,
    /// More digits, or something that is not a digit.
    #[error("the security code is not right")]
    Invalid,
}

impl SecurityCode {
    /// Reads a code for a card of `brand`; a card of no known brand may have three or four digits.
    ///
    /// # Errors
    ///
    /// [`SecurityCodeError`].
    pub fn parse(text: &str, brand: Option<Brand>) -> Result<Self, SecurityCodeError> {
        let code = text.trim();
        let (shortest, longest) = match brand.map(Brand::security_code_digits) {
            Some(digits) => (digits, digits),
            None => (3, 4),
        };
        match code.len() {
            0 => Err(SecurityCodeError::Empty),
            _ if !code.bytes().all(|byte| byte.is_ascii_digit()) => Err(SecurityCodeError::Invalid),
            length if length < shortest => Err(SecurityCodeError::Incomplete),
            length if length > longest => Err(SecurityCodeError::Invalid),
            _ => Ok(Self(code.to_owned())),
        }
    }

    /// The digits, for encrypting them.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecurityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecurityCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SecurityCodeError::{Empty, Incomplete, Invalid};

    #[test]
    fn the_brand_decides_the_length() {
        for (text, brand, expected) in [
            ("", None, Err(Empty)),
            ("000", Some(Brand::Visa), Ok(())),
            (" 123 ", Some(Brand::Visa), Ok(())),
            ("12", Some(Brand::Visa), Err(Incomplete)),
            ("1234", Some(Brand::Visa), Err(Invalid)),
            ("123", Some(Brand::Amex), Err(Incomplete)),
            ("1234", Some(Brand::Amex), Ok(())),
            ("123", None, Ok(())),
            ("1234", None, Ok(())),
            ("12a", None, Err(Invalid)),
        ] {
            assert_eq!(
                SecurityCode::parse(text, brand).map(|_| ()),
                expected,
                "{text}"
            );
        }
    }
}
