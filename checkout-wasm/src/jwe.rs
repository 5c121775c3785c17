//! The card, or a saved one's code, as a compact JWE (RFC 7516) to the acquirer's key: RSA-OAEP-256 around a key for A256GCM.
//! The session stands in the protected header, so that a card sealed for one session is worth nothing in another.

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::card::security_code::SecurityCode;
use checkout_ui::form::Card;
use checkout_ui::wire::value::Value;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::{browser, entropy, object};

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// Encrypts what [`card`] or [`code`] wrote.
///
/// # Errors
///
/// Whatever the browser's cryptography refuses; outside a secure context it is not there at all.
pub async fn sealed(plain: String, key: &CardKey, session: &str) -> Result<String, JsValue> {
    let mut plain = plain.into_bytes();
    let subtle = browser::window().crypto()?.subtle();
    let header = object::json(&Value::object(vec![
        ("alg", Value::text("RSA-OAEP-256")),
        ("enc", Value::text("A256GCM")),
        ("kid", Value::text(&key.kid)),
        ("session", Value::text(session)),
    ]));
    let header = base64url(header.as_bytes())?;
    let content_key = content_key(&subtle).await?;
    let wrapped = wrapped(&subtle, &content_key, key).await?;
    let mut nonce = [0; NONCE_BYTES];
    entropy::fill(&mut nonce);
    let algorithm = object::of(&[
        ("name", &"AES-GCM".into()),
        ("iv", &Uint8Array::from(&nonce[..]).into()),
        (
            "additionalData",
            &Uint8Array::from(header.as_bytes()).into(),
        ),
    ]);
    let encrypted = subtle.encrypt_with_object_and_js_u8_array(
        &algorithm,
        &content_key,
        &Uint8Array::from(&plain[..]),
    )?;
    plain.fill(0);
    let encrypted = bytes(JsFuture::from(encrypted).await?);
    let (text, tag) = encrypted.split_at(encrypted.len().saturating_sub(TAG_BYTES));
    Ok([
        header,
        base64url(&wrapped)?,
        base64url(&nonce)?,
        base64url(text)?,
        base64url(tag)?,
    ]
    .join("."))
}

/// The code of a saved card, to be sealed.
pub fn code(code: &SecurityCode) -> String {
    object::json(&Value::object(vec![("cvc", Value::text(code.expose()))]))
}

/// The card, to be sealed.
pub fn card(card: &Card) -> String {
    object::json(&Value::object(vec![
        ("number", Value::text(card.number.expose())),
        (
            "expiryMonth",
            Value::Text(format!("{:02}", card.expiry.month())),
        ),
        ("expiryYear", Value::Text(card.expiry.year().to_string())),
        ("cvc", Value::text(card.code.expose())),
        ("holderName", Value::text(&card.holder_name)),
    ]))
}

async fn content_key(subtle: &SubtleCrypto) -> Result<CryptoKey, JsValue> {
    let algorithm = object::from(&Value::object(vec![
        ("name", Value::text("AES-GCM")),
        ("length", Value::Number(256)),
    ]));
    let key =
        subtle.generate_key_with_object(algorithm.unchecked_ref(), true, &usage("encrypt"))?;
    Ok(JsFuture::from(key).await?.unchecked_into())
}

async fn wrapped(
    subtle: &SubtleCrypto,
    content_key: &CryptoKey,
    key: &CardKey,
) -> Result<Vec<u8>, JsValue> {
    let jwk = object::from(&Value::object(vec![
        ("kty", Value::text(&key.kty)),
        ("n", Value::text(&key.n)),
        ("e", Value::text(&key.e)),
    ]));
    let algorithm = object::from(&Value::object(vec![
        ("name", Value::text("RSA-OAEP")),
        ("hash", Value::text("SHA-256")),
    ]));
    let public = subtle.import_key_with_object(
        "jwk",
        jwk.unchecked_ref(),
        algorithm.unchecked_ref(),
        false,
        &usage("wrapKey"),
    )?;
    let public: CryptoKey = JsFuture::from(public).await?.unchecked_into();
    let wrapped =
        subtle.wrap_key_with_object("raw", content_key, &public, algorithm.unchecked_ref())?;
    Ok(bytes(JsFuture::from(wrapped).await?))
}

fn usage(name: &str) -> JsValue {
    Array::of1(&name.into()).into()
}

fn bytes(buffer: JsValue) -> Vec<u8> {
    Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()).to_vec()
}

fn base64url(bytes: &[u8]) -> Result<String, JsValue> {
    let binary: String = bytes.iter().copied().map(char::from).collect();
    let base64 = browser::window().btoa(&binary)?;
    Ok(base64
        .chars()
        .filter_map(|char| match char {
            '+' => Some('-'),
            '/' => Some('_'),
            '=' => None,
            other => Some(other),
        })
        .collect())
}
