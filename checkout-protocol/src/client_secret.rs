//! Client secrets: what a payer's page holds to pay one session.
//!
//! `pcs_` + version of the server's key + `_` + session + `_` + message authentication code over the session. The
//! secret names its session, so one string is enough to attach; it is derived, so nothing is stored. Making and
//! checking the code needs the server's key and is not done here.

use std::fmt;

use crate::crockford;
use crate::id::SessionId;

/// A well-formed client secret; only the server can tell whether it is genuine. Prints without its code.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret {
    /// Which of the server's keys made the code.
    pub key_version: u8,
    /// The session it opens.
    pub session: SessionId,
    /// HMAC-SHA-256 over the session.
    pub code: [u8; 32],
}

/// A text that is not a client secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not a client secret: it begins with `pcs_` and comes whole from the session's `client_secret`"
)]
pub struct NotAClientSecret;

impl ClientSecret {
    /// Reads a client secret.
    ///
    /// # Errors
    ///
    /// [`NotAClientSecret`] when the text is not of the form.
    pub fn parse(text: &str) -> Result<Self, NotAClientSecret> {
        let mut parts = text
            .strip_prefix("pcs_")
            .ok_or(NotAClientSecret)?
            .split('_');
        let (Some(version), Some(session), Some(code), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAClientSecret);
        };
        let code = crockford::decode(code).ok_or(NotAClientSecret)?;
        Ok(Self {
            key_version: version.parse().map_err(|_| NotAClientSecret)?,
            session: SessionId::from_bits(crockford::decode_u128(session).ok_or(NotAClientSecret)?),
            code: code.try_into().map_err(|_| NotAClientSecret)?,
        })
    }

    /// The whole secret, to hand to the payer's page.
    #[must_use]
    pub fn expose(&self) -> String {
        format!(
            "pcs_{}_{}_{}",
            self.key_version,
            crockford::encode_u128(self.session.bits()),
            crockford::encode(&self.code)
        )
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pcs_…({})", self.session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_secret_is_read_as_it_was_written(key_version: u8, bits: u128, code: [u8; 32]) {
            let secret = ClientSecret { key_version, session: SessionId::from_bits(bits), code };
            prop_assert_eq!(ClientSecret::parse(&secret.expose()), Ok(secret));
        }

        #[test]
        fn no_text_panics(text in "(pcs_1_)?.*") {
            let _ = ClientSecret::parse(&text);
        }
    }

    #[test]
    fn a_secret_does_not_print_its_code() {
        let secret = ClientSecret {
            key_version: 1,
            session: SessionId::from_bits(1),
            code: [0xff; 32],
        };
        assert!(!format!("{secret:?}").contains("zzzz"));
    }
}
