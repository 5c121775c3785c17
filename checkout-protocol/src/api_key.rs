//! API keys: their shape, what the shape says, and a text that does not print.
//!
//! `sk_test_` + 11 characters that name the key's row + 33 secret characters (192 bits) + 6 characters of CRC-32, all
//! base 62. The checksum refuses a mistyped or made-up key without a look into the database; at 58 characters the
//! whole key takes part in bcrypt, which reads 72 bytes. Whether a key is known is the server's business.

use std::fmt;

use serde::{Deserialize, Serialize};

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PUBLIC_CHARS: usize = 11;
const SECRET_CHARS: usize = 33;
const CHECKSUM_CHARS: usize = 6;

/// Test and live data never meet: the mode is part of every key, query and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The sandbox: no money moves.
    Test,
    /// Real money; needs a verified merchant.
    Live,
}

impl Mode {
    /// `test` or `live`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
        }
    }

    /// The mode that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Test, Self::Live]
            .into_iter()
            .find(|mode| mode.as_str() == text)
    }
}

/// What a key may do at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyType {
    /// `sk_`: everything in its mode; for servers only.
    Secret,
    /// `pk_`: makes embedded sessions from allowed origins; may stand in a page.
    Publishable,
}

impl KeyType {
    /// `secret` or `publishable`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Publishable => "publishable",
        }
    }

    /// The type that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Secret, Self::Publishable]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Secret => "sk",
            Self::Publishable => "pk",
        }
    }
}

/// A well-formed API key. Prints as its prefix and last four characters.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    text: String,
    key_type: KeyType,
    mode: Mode,
}

/// A text that is not an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyError {
    /// It does not begin with one of the four prefixes.
    #[error("a key begins with sk_test_, sk_live_, pk_test_ or pk_live_")]
    Prefix,
    /// Wrong length or characters, or the checksum differs: mistyped, cut off or made up.
    #[error("the key is mistyped or cut off")]
    Damaged,
}

impl ApiKey {
    /// Reads a key.
    ///
    /// # Errors
    ///
    /// [`ApiKeyError`] when the text cannot be a key that we made.
    pub fn parse(text: &str) -> Result<Self, ApiKeyError> {
        let (key_type, mode, body) = split(text).ok_or(ApiKeyError::Prefix)?;
        let well_formed = body.len() == PUBLIC_CHARS + SECRET_CHARS + CHECKSUM_CHARS
            && body.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !well_formed {
            return Err(ApiKeyError::Damaged);
        }
        let (signed, checksum) = text.split_at(text.len() - CHECKSUM_CHARS);
        if base62(u128::from(crc32(signed.as_bytes())), CHECKSUM_CHARS) != checksum {
            return Err(ApiKeyError::Damaged);
        }
        Ok(Self {
            text: text.to_owned(),
            key_type,
            mode,
        })
    }

    /// Makes a key of entropy: `row` names it, `secret` (192 bits) is what must not be guessed.
    #[must_use]
    pub fn assemble(key_type: KeyType, mode: Mode, row: u64, secret: (u128, u64)) -> Self {
        let mut text = format!(
            "{}_{}_{}{}{}",
            key_type.prefix(),
            mode.as_str(),
            base62(u128::from(row), PUBLIC_CHARS),
            base62(secret.0, 22),
            base62(u128::from(secret.1), 11),
        );
        text.push_str(&base62(u128::from(crc32(text.as_bytes())), CHECKSUM_CHARS));
        Self {
            text,
            key_type,
            mode,
        }
    }

    /// Secret or publishable.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// Test or live.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The part that names the key's row; not secret.
    #[must_use]
    pub fn public_part(&self) -> &str {
        &self.text[..8 + PUBLIC_CHARS]
    }

    /// The last four characters, for lists.
    #[must_use]
    pub fn last_four(&self) -> &str {
        &self.text[self.text.len() - 4..]
    }

    /// The whole key, for hashing, comparing and showing once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…{}", &self.text[..8], self.last_four())
    }
}

fn split(text: &str) -> Option<(KeyType, Mode, &str)> {
    for key_type in [KeyType::Secret, KeyType::Publishable] {
        for mode in [Mode::Test, Mode::Live] {
            let prefix = format!("{}_{}_", key_type.prefix(), mode.as_str());
            if let Some(body) = text.strip_prefix(&prefix) {
                return Some((key_type, mode, body));
            }
        }
    }
    None
}

fn base62(mut number: u128, chars: usize) -> String {
    let mut text = vec![b'0'; chars];
    for place in text.iter_mut().rev() {
        *place = BASE62[(number % 62) as usize];
        number /= 62;
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// CRC-32 as in IEEE 802.3 (reflected, polynomial 0xEDB88320), bit by bit: keys are short and rarely checked.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_checksum_is_crc_32() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_was_made(row: u64, high: u128, low: u64) {
            for key_type in [KeyType::Secret, KeyType::Publishable] {
                let key = ApiKey::assemble(key_type, Mode::Test, row, (high, low));
                prop_assert_eq!(key.expose().len(), 58);
                prop_assert_eq!(ApiKey::parse(key.expose()), Ok(key));
            }
        }

        #[test]
        fn one_wrong_character_is_noticed(row: u64, secret: u128, place in 8_usize..58, other in 0_usize..62) {
            let key = ApiKey::assemble(KeyType::Secret, Mode::Live, row, (secret, 7));
            let mut text = key.expose().as_bytes().to_vec();
            prop_assume!(text[place] != BASE62[other]);
            text[place] = BASE62[other];
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(ApiKey::parse(&text), Err(ApiKeyError::Damaged));
        }

        #[test]
        fn no_text_panics(text in "(sk_test_)?.*") {
            let _ = ApiKey::parse(&text);
        }
    }

    #[test]
    fn a_key_does_not_print_its_secret() {
        let key = ApiKey::assemble(KeyType::Secret, Mode::Test, 1, (u128::MAX, u64::MAX));
        let printed = format!("{key:?}");
        assert_eq!(printed, format!("sk_test_…{}", key.last_four()));
    }
}
