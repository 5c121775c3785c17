//! Opens the compact JWE (RFC 7516) in which a checkout page sends a card, or a stored card's code. Keeps no plaintext behind.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::card::{Card, CardDataError, SecurityCode};
use crate::card_key::CardKey;

/// Key management algorithm of the JWE.
pub const ALG: &str = "RSA-OAEP-256";
/// Content encryption of the JWE.
pub const ENC: &str = "A256GCM";

/// A card with an unusually long name stays far below this.
const JWE_LENGTH_MAX: usize = 8 * 1024;
const TAG_LENGTH: usize = 16;

/// Why a JWE gave no card. Says nothing about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardCipherError {
    /// Not a compact JWE with the two agreed algorithms.
    Form,
    /// Encrypted to a key that is not ours, or no longer.
    UnknownKey,
    /// Changed on the way, or encrypted wrongly.
    Undecryptable,
    /// Decrypted, but what was inside is no card.
    Card(CardDataError),
}

/// The protected header. `session` binds the card to one payment session; the gateway compares it, here it only
/// has to be text.
#[derive(Deserialize)]
struct Header {
    alg: String,
    enc: String,
    kid: String,
    #[serde(default, rename = "session")]
    _session: Option<String>,
    zip: Option<serde_json::Value>,
    crit: Option<serde_json::Value>,
}

/// Decrypts one card.
pub(crate) fn decrypt(key: &CardKey, jwe: &str) -> Result<Card, CardCipherError> {
    opened(key, jwe, Card::from_json)
}

/// Decrypts the code of a stored card.
pub(crate) fn decrypt_code(key: &CardKey, jwe: &str) -> Result<SecurityCode, CardCipherError> {
    opened(key, jwe, SecurityCode::from_json)
}

fn opened<T>(
    key: &CardKey,
    jwe: &str,
    read: fn(&[u8]) -> Result<T, CardDataError>,
) -> Result<T, CardCipherError> {
    use CardCipherError::{Card as InCard, Form, Undecryptable, UnknownKey};

    if jwe.len() > JWE_LENGTH_MAX {
        return Err(Form);
    }
    let parts: Vec<&str> = jwe.split('.').collect();
    let [protected, encrypted_key, iv, ciphertext, tag] = parts[..] else {
        return Err(Form);
    };
    let header: Header = serde_json::from_slice(&decode(protected)?).map_err(|_| Form)?;
    if header.alg != ALG || header.enc != ENC || header.zip.is_some() || header.crit.is_some() {
        return Err(Form);
    }
    if header.kid != key.jwk().kid {
        return Err(UnknownKey);
    }

    let content_key = key
        .unwrap_key(&decode(encrypted_key)?)
        .ok_or(Undecryptable)?;
    let content_key = UnboundKey::new(&AES_256_GCM, &content_key).map_err(|_| Undecryptable)?;
    let nonce = Nonce::try_assume_unique_for_key(&decode(iv)?).map_err(|_| Form)?;
    let tag = decode(tag)?;
    if tag.len() != TAG_LENGTH {
        return Err(Form);
    }
    let mut sealed = Zeroizing::new(decode(ciphertext)?);
    sealed.extend_from_slice(&tag);
    let plaintext = LessSafeKey::new(content_key)
        .open_in_place(nonce, Aad::from(protected.as_bytes()), &mut sealed)
        .map_err(|_| Undecryptable)?;
    read(plaintext).map_err(InCard)
}

fn decode(part: &str) -> Result<Vec<u8>, CardCipherError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| CardCipherError::Form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_card;

    fn sealed(key: &CardKey) -> String {
        test_card::encrypt(key.jwk(), "ps_1", &test_card::card("4242424242424242"))
    }

    /// The same JWE with one part replaced.
    fn with_part(jwe: &str, place: usize, part: &str) -> String {
        let mut parts: Vec<&str> = jwe.split('.').collect();
        parts[place] = part;
        parts.join(".")
    }

    fn error(key: &CardKey, jwe: &str) -> CardCipherError {
        decrypt(key, jwe).expect_err("must be refused")
    }

    #[test]
    fn an_encrypted_card_is_read_back() {
        let key = CardKey::generate().unwrap();

        assert_eq!(decrypt(&key, &sealed(&key)).unwrap().last_four(), "4242");
    }

    #[test]
    fn another_keys_jwe_is_an_unknown_key() {
        let (key, other) = (CardKey::generate().unwrap(), CardKey::generate().unwrap());

        assert_eq!(error(&key, &sealed(&other)), CardCipherError::UnknownKey);
    }

    #[test]
    fn a_changed_header_does_not_decrypt() {
        let key = CardKey::generate().unwrap();
        let header = serde_json::json!({
            "alg": ALG, "enc": ENC, "kid": key.jwk().kid, "session": "ps_another",
        });
        let forged = URL_SAFE_NO_PAD.encode(header.to_string());

        let jwe = with_part(&sealed(&key), 0, &forged);

        assert_eq!(error(&key, &jwe), CardCipherError::Undecryptable);
    }

    #[test]
    fn a_changed_tag_does_not_decrypt() {
        let key = CardKey::generate().unwrap();

        let jwe = with_part(&sealed(&key), 4, &URL_SAFE_NO_PAD.encode([0; 16]));

        assert_eq!(error(&key, &jwe), CardCipherError::Undecryptable);
    }

    #[test]
    fn a_shortened_tag_is_not_accepted() {
        let key = CardKey::generate().unwrap();

        let jwe = with_part(&sealed(&key), 4, &URL_SAFE_NO_PAD.encode([0; 4]));

        assert_eq!(error(&key, &jwe), CardCipherError::Form);
    }

    #[test]
    fn other_algorithms_are_refused_before_anything_is_decrypted() {
        let key = CardKey::generate().unwrap();
        let kid = &key.jwk().kid;
        for header in [
            serde_json::json!({ "alg": "RSA1_5", "enc": ENC, "kid": kid }),
            serde_json::json!({ "alg": ALG, "enc": "A128GCM", "kid": kid }),
            serde_json::json!({ "alg": ALG, "enc": ENC, "kid": kid, "zip": "DEF" }),
        ] {
            let jwe = with_part(
                &sealed(&key),
                0,
                &URL_SAFE_NO_PAD.encode(header.to_string()),
            );

            assert_eq!(error(&key, &jwe), CardCipherError::Form, "{header}");
        }
    }

    #[test]
    fn text_that_is_no_jwe_is_refused() {
        let key = CardKey::generate().unwrap();
        for text in ["", "a.b.c.d.e", "....", "a.b.c", &"x".repeat(9000)] {
            assert_eq!(error(&key, text), CardCipherError::Form);
        }
    }

    #[test]
    fn an_encrypted_text_that_is_no_card_says_so() {
        let key = CardKey::generate().unwrap();

        let jwe = test_card::encrypt(key.jwk(), "ps_1", &serde_json::json!({ "number": 4242 }));

        assert_eq!(
            error(&key, &jwe),
            CardCipherError::Card(CardDataError::Malformed)
        );
    }
}
