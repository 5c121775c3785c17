//! Adyen's signed notifications: read, verified, translated.
//!
//! Signature: base64 of HMAC-SHA-256, keyed with the hex-decoded key, over eight fields joined by colons (Adyen,
//! "Verify HMAC signatures").

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use checkout_protocol::api::payment::PaidCard;
use serde::Deserialize;

use super::wire_amount::WireAmount;
use super::{answer, refusal};
use crate::acquirer::{Approval, News, Notification, NotificationError, Verdict};
use crate::domain::refund::RefundEvent;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    notification_items: Vec<Wrapper>,
}

#[derive(Deserialize)]
struct Wrapper {
    #[serde(rename = "NotificationRequestItem")]
    item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    psp_reference: String,
    #[serde(default)]
    original_reference: String,
    merchant_account_code: String,
    merchant_reference: String,
    amount: WireAmount,
    event_code: String,
    success: String,
    reason: Option<String>,
    payment_method: Option<String>,
    #[serde(default)]
    additional_data: std::collections::BTreeMap<String, serde_json::Value>,
}

/// Reads every item; one bad signature refuses them all.
///
/// # Errors
///
/// [`NotificationError`].
pub fn read(
    body: &[u8],
    key: &hmac::Key,
    merchant_account: &str,
) -> Result<Vec<Notification>, NotificationError> {
    let envelope: Envelope =
        serde_json::from_slice(body).map_err(|_| NotificationError::Malformed)?;
    // Nothing in it is signed.
    if envelope.notification_items.is_empty() {
        return Err(NotificationError::Malformed);
    }
    envelope
        .notification_items
        .into_iter()
        .map(|wrapper| {
            verify(&wrapper.item, key)?;
            Ok(translate(&wrapper.item, merchant_account))
        })
        .collect()
}

fn verify(item: &Item, key: &hmac::Key) -> Result<(), NotificationError> {
    let signature = item
        .additional_data
        .get("hmacSignature")
        .and_then(serde_json::Value::as_str)
        .and_then(|text| STANDARD.decode(text).ok())
        .ok_or(NotificationError::Signature)?;
    hmac::verify(key, signed_text(item).as_bytes(), &signature)
        .map_err(|_| NotificationError::Signature)
}

fn signed_text(item: &Item) -> String {
    format!(
        "{}:{}:{}:{}:{}:{}:{}:{}",
        item.psp_reference,
        item.original_reference,
        item.merchant_account_code,
        item.merchant_reference,
        item.amount.value,
        item.amount.currency,
        item.event_code,
        item.success
    )
}

fn translate(item: &Item, merchant_account: &str) -> Notification {
    let success = item.success == "true";
    let news = if item.merchant_account_code == merchant_account {
        news(item, success)
    } else {
        foreign(item)
    };
    Notification {
        acquirer_reference: item.psp_reference.clone(),
        event_code: item.event_code.clone(),
        success,
        news,
    }
}

fn news(item: &Item, success: bool) -> News {
    let refund = |event| match item.merchant_reference.parse() {
        Ok(refund) => News::Refund {
            refund,
            event,
            amount: item.amount.money(),
        },
        Err(_) => News::Other,
    };
    let reason = || {
        let reason = item.reason.clone().filter(|reason| !reason.is_empty());
        RefundEvent::Failed(reason.unwrap_or_else(|| item.event_code.clone()))
    };
    match (item.event_code.as_str(), success) {
        ("AUTHORISATION", _) => match item.merchant_reference.parse() {
            Ok(attempt) => News::Authorisation {
                attempt,
                verdict: if success {
                    Verdict::Authorised(Approval {
                        card: card(item),
                        kept: answer::kept(&item.additional_data),
                        expiry: answer::expiry(&item.additional_data),
                        authentication: answer::told(
                            &item.additional_data,
                            item.payment_method.as_deref(),
                        ),
                    })
                } else {
                    Verdict::Declined(refusal::code_of_reason(item.reason.as_deref()))
                },
                amount: item.amount.money(),
            },
            Err(_) => News::Other,
        },
        ("REFUND", true) => refund(RefundEvent::Succeeded),
        ("REFUND", false) | ("REFUND_FAILED" | "REFUNDED_REVERSED", true) => refund(reason()),
        _ => News::Other,
    }
}

/// About another account than ours: what it says of an attempt of ours cannot be trusted.
fn foreign(item: &Item) -> News {
    match (item.event_code.as_str(), item.merchant_reference.parse()) {
        ("AUTHORISATION", Ok(attempt)) => News::Authorisation {
            attempt,
            verdict: Verdict::Unclear("the notification is about another account".to_owned()),
            amount: item.amount.money(),
        },
        _ => News::Other,
    }
}

fn card(item: &Item) -> PaidCard {
    let last4 = item
        .additional_data
        .get("cardSummary")
        .and_then(serde_json::Value::as_str)
        .filter(|summary| summary.len() == 4)
        .map(str::to_owned);
    PaidCard {
        brand: item.payment_method.clone(),
        last4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn body(signature: &str) -> Vec<u8> {
        json!({"live": "false", "notificationItems": [{"NotificationRequestItem": {
            "pspReference": "7914073381342284", "merchantAccountCode": "TestMerchant",
            "merchantReference": "TestPayment-1407325143704", "amount": {"value": 1130, "currency": "EUR"},
            "eventCode": "AUTHORISATION", "eventDate": "2026-01-01T00:00:00Z", "success": "true",
            "additionalData": {"hmacSignature": signature}
        }}]})
        .to_string()
        .into_bytes()
    }

    /// The vector of Adyen's own libraries.
    fn key() -> hmac::Key {
        let hex = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
        hmac::Key::new(
            hmac::HMAC_SHA256,
            &super::super::client::from_hex(hex).unwrap(),
        )
    }

    #[test]
    fn the_published_vector_verifies() {
        let body = body("coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=");
        assert!(read(&body, &key(), "TestMerchant").is_ok());
    }

    #[test]
    fn a_wrong_or_missing_signature_refuses_everything() {
        for signature in [
            "",
            "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo1=",
            "not base64",
        ] {
            assert_eq!(
                read(&body(signature), &key(), "TestMerchant"),
                Err(NotificationError::Signature)
            );
        }
        for empty in ["[]", "[[]]", r#"{"notificationItems": []}"#] {
            assert_eq!(
                read(empty.as_bytes(), &key(), "TestMerchant"),
                Err(NotificationError::Malformed),
                "{empty}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_not_signed_is_read(
            bytes in any::<Vec<u8>>(),
            texts in proptest::collection::vec(any::<String>(), 6),
            value in any::<i64>(),
        ) {
            prop_assert!(read(&bytes, &key(), "TestMerchant").is_err());
            let body = json!({"notificationItems": [{"NotificationRequestItem": {
                "pspReference": texts[0], "merchantAccountCode": "TestMerchant", "merchantReference": texts[1],
                "amount": {"value": value, "currency": texts[2]}, "eventCode": "AUTHORISATION",
                "success": texts[3], "additionalData": {"hmacSignature": texts[4], "eci": texts[5]},
            }}]});
            let read = read(body.to_string().as_bytes(), &key(), "TestMerchant");
            prop_assert_eq!(read, Err(NotificationError::Signature));
        }

        #[test]
        fn nothing_that_is_signed_panics(
            texts in proptest::collection::vec(any::<String>(), 8),
            value in any::<i64>(),
            success in any::<bool>(),
        ) {
            let mut item = json!({
                "pspReference": texts[0], "merchantAccountCode": "TestMerchant", "merchantReference": texts[1],
                "amount": {"value": value, "currency": texts[2]}, "eventCode": "AUTHORISATION",
                "success": success.to_string(), "reason": texts[3], "paymentMethod": texts[4],
                "additionalData": {"threeds2.transStatus": texts[5], "eci": texts[6], "expiryDate": texts[7],
                                   "tokenization.storedPaymentMethodId": texts[0]},
            });
            let typed: Item = serde_json::from_value(item.clone()).unwrap();
            let tag = hmac::sign(&key(), signed_text(&typed).as_bytes());
            item["additionalData"]["hmacSignature"] = json!(STANDARD.encode(tag.as_ref()));
            let body = json!({"notificationItems": [{"NotificationRequestItem": item}]});
            prop_assert!(read(body.to_string().as_bytes(), &key(), "TestMerchant").is_ok());
        }
    }
}
