//! Signatures over the bytes that are sent, in every form that a document describes.
//!
//! | header | over | key | who reads it |
//! |---|---|---|---|
//! | `Borga-Signature: t=…,v1=hex` | `t.body` | the secret's text | the integration guide |
//! | `Borga-Signature: hex` with `Borga-Timestamp` | `t.body` | the secret's text | the webhook guide |
//! | `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,base64` | `id.t.body` | the bytes behind `whsec_` | [Standard Webhooks](https://www.standardwebhooks.com) |
//!
//! An endpoint gets one of the first two under that name and the other one beside it. After a rotation the old secret
//! signs too, wherever a list of signatures has room for it.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use checkout_protocol::api::webhook_endpoint::SignatureFormat;

use crate::domain::hex::hex;

/// What every secret begins with.
pub const PREFIX: &str = "whsec_";

/// A new secret's text, of 32 random bytes.
#[must_use]
pub fn new_secret(bytes: &[u8; 32]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The headers of one try at `seconds` since 1970. `secrets` begins with the current one.
#[must_use]
pub fn headers(
    format: SignatureFormat,
    secrets: &[String],
    id: &str,
    seconds: i64,
    body: &[u8],
) -> Vec<(&'static str, String)> {
    let timed = [seconds.to_string().as_bytes(), b".", body].concat();
    let named = [id.as_bytes(), b".", &timed].concat();
    let all_hex: Vec<String> = secrets
        .iter()
        .map(|secret| hex(sign(&Key::new(HMAC_SHA256, secret.as_bytes()), &timed).as_ref()))
        .collect();
    let standard: Vec<String> = secrets
        .iter()
        .filter_map(|secret| STANDARD.decode(secret.strip_prefix(PREFIX)?).ok())
        .map(|key| {
            let tag = sign(&Key::new(HMAC_SHA256, &key), &named);
            format!("v1,{}", STANDARD.encode(tag))
        })
        .collect();
    let v1 = format!("t={seconds},v1={}", all_hex.join(",v1="));
    let plain = all_hex.into_iter().next().unwrap_or_default();
    let (ours, other) = match format {
        SignatureFormat::V1 => (v1, ("Borga-Signature-Hex", plain)),
        SignatureFormat::Hex => (plain, ("Borga-Signature-V1", v1)),
    };
    vec![
        ("Borga-Signature", ours),
        other,
        ("Borga-Timestamp", seconds.to_string()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", standard.join(" ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(headers: &[(&str, String)], name: &str) -> String {
        let found = headers.iter().find(|(known, _)| *known == name);
        found.unwrap().1.clone()
    }

    /// The vector on which the standard's own libraries agree.
    #[test]
    fn the_standards_vector() {
        let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".to_owned();
        let body = br#"{"email":"test@example.com","username":"test_user"}"#;
        let id = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
        let headers = headers(SignatureFormat::V1, &[secret], id, 1_649_367_553, body);
        assert_eq!(
            header(&headers, "webhook-signature"),
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
        );
    }

    #[test]
    fn both_forms_are_there_under_the_names_that_the_endpoint_expects() {
        let secrets = ["whsec_bmV3".to_owned(), "whsec_b2xk".to_owned()];
        let guide = headers(SignatureFormat::V1, &secrets, "evt_1", 5, b"{}");
        let hook = headers(SignatureFormat::Hex, &secrets, "evt_1", 5, b"{}");

        let v1 = header(&guide, "Borga-Signature");
        assert_eq!(
            v1.matches("v1=").count(),
            2,
            "the old secret signs along: {v1}"
        );
        assert_eq!(header(&hook, "Borga-Signature-V1"), v1);
        let hex = header(&hook, "Borga-Signature");
        assert!(v1.starts_with(&format!("t=5,v1={hex},v1=")), "{v1}");
        assert_eq!(header(&guide, "Borga-Signature-Hex"), hex);
        assert_eq!(header(&guide, "webhook-signature").split(' ').count(), 2);
    }

    #[test]
    fn a_changed_byte_changes_every_signature() {
        let secrets = [new_secret(&[7; 32])];
        let one = headers(SignatureFormat::V1, &secrets, "evt_1", 5, b"{\"a\":1}");
        let other = headers(SignatureFormat::V1, &secrets, "evt_1", 5, b"{\"a\":2}");
        for name in [
            "Borga-Signature",
            "Borga-Signature-Hex",
            "webhook-signature",
        ] {
            assert_ne!(header(&one, name), header(&other, name), "{name}");
        }
    }
}
