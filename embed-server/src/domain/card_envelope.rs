//! The encrypted card, of which this server can read only the header (RFC 7516, compact form).
//!
//! The header must name a key we hand out and the session the card was typed for, so that an envelope cannot be
//! carried into another session. The rest is an opaque text that is relayed and never stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout_protocol::id::SessionId;
use serde::Deserialize;

/// Longer than any card and shorter than any mischief.
pub const MAX_BYTES: usize = 8192;

/// An envelope whose header fits. Prints nothing of it.
#[derive(Clone)]
pub struct CardEnvelope(String);

/// Why an envelope is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardEnvelopeError {
    /// Not a compact JWE with the two algorithms we use.
    #[error("must be a compact JWE with RSA-OAEP-256 and A256GCM")]
    NotAnEnvelope,
    /// Encrypted to a key that is not in use.
    #[error("must be encrypted to the key that came with the form; reload the page")]
    UnknownKey,
    /// Typed into another session's form.
    #[error("must have been made in this session's form")]
    OtherSession,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    enc: String,
    kid: String,
    session: String,
}

impl CardEnvelope {
    /// Checks the header against the session and the key in use.
    ///
    /// # Errors
    ///
    /// [`CardEnvelopeError`].
    pub fn parse(text: String, session: SessionId, kid: &str) -> Result<Self, CardEnvelopeError> {
        use CardEnvelopeError::{NotAnEnvelope, OtherSession, UnknownKey};
        let parts: Vec<&str> = text.split('.').collect();
        let well_formed = text.len() <= MAX_BYTES
            && parts.len() == 5
            && parts
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(is_base64url));
        if !well_formed {
            return Err(NotAnEnvelope);
        }
        let header = URL_SAFE_NO_PAD
            .decode(parts[0])
            .map_err(|_| NotAnEnvelope)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| NotAnEnvelope)?;
        if header.alg != "RSA-OAEP-256" || header.enc != "A256GCM" {
            return Err(NotAnEnvelope);
        }
        if header.kid != kid {
            return Err(UnknownKey);
        }
        if header.session.parse() != Ok(session) {
            return Err(OtherSession);
        }
        Ok(Self(text))
    }

    /// The text to relay to the acquirer.
    #[must_use]
    pub fn relay(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for CardEnvelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardEnvelope(…)")
    }
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(header: &str) -> String {
        format!("{}.a.b.c.d", URL_SAFE_NO_PAD.encode(header))
    }

    fn parse(text: String) -> Result<(), CardEnvelopeError> {
        CardEnvelope::parse(text, SessionId::from_bits(7), "k1").map(|_| ())
    }

    #[test]
    fn the_header_binds_the_card_to_key_and_session() {
        let ours = SessionId::from_bits(7);
        let other = SessionId::from_bits(8);
        let header = |kid: &str, session: SessionId| {
            envelope(&format!(
                r#"{{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"{kid}","session":"{session}"}}"#
            ))
        };

        assert_eq!(parse(header("k1", ours)), Ok(()));
        assert_eq!(
            parse(header("k0", ours)),
            Err(CardEnvelopeError::UnknownKey)
        );
        assert_eq!(
            parse(header("k1", other)),
            Err(CardEnvelopeError::OtherSession)
        );
    }

    #[test]
    fn other_texts_are_no_envelopes() {
        for text in [
            String::new(),
            "a.b.c".to_owned(),
            envelope("{}"),
            envelope(r#"{"alg":"none","enc":"A256GCM","kid":"k1","session":"x"}"#),
            "4242424242424242".to_owned(),
            format!("{}.a.b.c.{}", "e", "d".repeat(MAX_BYTES)),
        ] {
            assert_eq!(parse(text), Err(CardEnvelopeError::NotAnEnvelope));
        }
    }
}
