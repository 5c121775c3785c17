//! For tests: plays the checkout page that encrypts a card. No server code may use it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey};
use aws_lc_rs::signature::RsaPublicKeyComponents;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::card_cipher::{ALG, ENC};
use crate::card_key::CardJwk;
use crate::random;

/// A card payload that would pass every check: expiry 03/2030, and the security code as long as the brand wants.
pub fn card(number: &str) -> Value {
    let security_code = if number.starts_with("34") || number.starts_with("37") {
        "7373"
    } else {
        "737"
    };
    json!({
        "number": number,
        "expiryMonth": "03",
        "expiryYear": "2030",
        "cvc": security_code,
        "holderName": "Jón Prófari",
    })
}

/// The payload of a stored card's code.
pub fn code(digits: &str) -> Value {
    json!({ "cvc": digits })
}

/// A compact JWE of `card`, or of a code, to `key`, whose protected header names `session`.
///
/// # Panics
///
/// When the key is not an RSA key of usual size. This is for tests.
pub fn encrypt(key: &CardJwk, session: &str, card: &Value) -> String {
    let header = json!({ "alg": ALG, "enc": ENC, "kid": key.kid, "session": session });
    let protected = URL_SAFE_NO_PAD.encode(header.to_string());
    let content_key: [u8; 32] = random::bytes();
    let iv: [u8; 12] = random::bytes();

    let aes = UnboundKey::new(&AES_256_GCM, &content_key).expect("32 bytes are a key");
    let mut ciphertext = card.to_string().into_bytes();
    let tag = LessSafeKey::new(aes)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(iv),
            Aad::from(protected.as_bytes()),
            &mut ciphertext,
        )
        .expect("a card is short enough");

    let parts = [
        &wrap_key(key, &content_key)[..],
        &iv,
        &ciphertext,
        tag.as_ref(),
    ];
    parts.iter().fold(protected, |jwe, part| {
        jwe + "." + &URL_SAFE_NO_PAD.encode(part)
    })
}

fn wrap_key(key: &CardJwk, content_key: &[u8]) -> Vec<u8> {
    let number = |text: &str| {
        URL_SAFE_NO_PAD
            .decode(text)
            .expect("a JWK number is base64url")
    };
    let components = RsaPublicKeyComponents {
        n: number(&key.n),
        e: number(&key.e),
    };
    let public: PublicEncryptingKey = components.try_into().expect("the JWK is an RSA key");
    let public = OaepPublicEncryptingKey::new(public).expect("the key can encrypt");
    let mut wrapped = vec![0; public.ciphertext_size()];
    public
        .encrypt(&OAEP_SHA256_MGF1SHA256, content_key, &mut wrapped, None)
        .expect("a content key fits")
        .to_vec()
}
