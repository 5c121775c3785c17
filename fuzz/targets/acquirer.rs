//! Whatever the acquirer answers or tells, and whoever pretends to be it: nothing is an approval that does not name what was
//! asked for, and nothing is read that is not signed.
#![no_main]

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use checkout_fuzz::{Result, Unstructured, actions, maybe, one_of};
use checkout_protocol::id::AttemptId;
use checkout_protocol::money::{Currency, Money};
use embed_server::acquirer::adyen::answer::{Expected, answer};
use embed_server::acquirer::adyen::notification;
use embed_server::acquirer::{News, Verdict};
use embed_server::domain::challenge::Step;
use embed_server::domain::trans_status::WhenUnavailable;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const ACCOUNT: &str = "BorgaDemo";
const RESULT_CODES: [&str; 15] = [
    "Authorised",
    "Refused",
    "Error",
    "Cancelled",
    "RedirectShopper",
    "IdentifyShopper",
    "ChallengeShopper",
    "Pending",
    "Received",
    "AuthenticationFinished",
    "AuthenticationNotRequired",
    "PartiallyAuthorised",
    "PresentToShopper",
    "Success",
    "?",
];
const STATUSES: [&str; 5] = ["Y", "N", "U", "C", "?"];

fn attempt() -> AttemptId {
    AttemptId::from_bits(7)
}

/// The right text mostly, or any.
fn mostly(bytes: &mut Unstructured<'_>, right: &str) -> Result<String> {
    if bytes.ratio(4, 5)? {
        Ok(right.to_owned())
    } else {
        actions::text(bytes)
    }
}

fn amount(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let value = one_of(bytes, &[199_000, 1_990, 0, -1, i64::MAX, 199_001])?;
    Ok(json!({"value": value, "currency": mostly(bytes, "ISK")?}))
}

fn token(bytes: &mut Unstructured<'_>) -> Result<String> {
    let message = json!({
        "threeDSServerTransID": actions::text(bytes)?,
        "acsTransID": actions::text(bytes)?,
        "acsURL": mostly(bytes, "https://bank.example/acs")?,
        "threeDSMethodURL": mostly(bytes, "https://bank.example/look")?,
        "messageVersion": "2.2.0",
    });
    Ok(if bytes.ratio(4, 5)? {
        STANDARD.encode(message.to_string())
    } else {
        actions::text(bytes)?
    })
}

fn response(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let action = maybe(bytes, |bytes| {
        Ok(json!({
            "type": one_of(bytes, &["redirect", "threeDS2", "?"])?,
            "subtype": one_of(bytes, &["fingerprint", "challenge", "?"])?,
            "method": maybe(bytes, |bytes| one_of(bytes, &["GET", "POST", "PUT"]))?,
            "url": mostly(bytes, "https://bank.example/")?,
            "token": token(bytes)?,
            "paymentData": maybe(bytes, actions::text)?,
            "authorisationToken": maybe(bytes, actions::text)?,
        }))
    })?;
    Ok(json!({
        "resultCode": one_of(bytes, &RESULT_CODES)?,
        "pspReference": maybe(bytes, actions::text)?,
        "merchantReference": maybe(bytes, |bytes| mostly(bytes, &attempt().to_string()))?,
        "amount": maybe(bytes, amount)?,
        "refusalReason": maybe(bytes, actions::text)?,
        "refusalReasonCode": maybe(bytes, |bytes| one_of(bytes, &["2", "38", "42", "?"]))?,
        "action": action,
        "additionalData": {
            "cardSummary": actions::text(bytes)?,
            "expiryDate": actions::text(bytes)?,
            "eci": actions::text(bytes)?,
            "threeds2.transStatus": one_of(bytes, &STATUSES)?,
        },
    }))
}

fn check_answer(body: &[u8]) {
    let asked = Money::new(1_990, Currency::Isk).expect("an amount");
    let expected = Expected {
        reference: attempt().to_string(),
        amount: asked,
    };
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    match answer(body, &expected).verdict {
        Verdict::Authorised(approval) => {
            let status = said["additionalData"]["threeds2.transStatus"].as_str();
            let may_charge = approval.authentication.may_charge(WhenUnavailable::Refuse);
            let is_told = status.is_some_and(|status| !status.is_empty());
            assert_eq!(may_charge.is_ok(), !is_told || matches!(status, Some("Y" | "A")));
            assert_eq!(said["resultCode"], "Authorised");
            assert_eq!(said["merchantReference"], attempt().to_string());
            assert_eq!(said["amount"]["value"], 199_000);
            assert_eq!(said["amount"]["currency"], "ISK");
        }
        Verdict::Declined(_) => {
            let code = said["resultCode"].as_str();
            assert!(matches!(code, Some("Refused" | "Error" | "Cancelled")));
        }
        Verdict::Challenge(asked) => {
            let url = match asked.step {
                Step::Fingerprint { url, .. } => url,
                Step::Challenge(request) => Some(request.url),
                Step::Redirect(visit) => Some(visit.url),
            };
            let is_web = |url: &String| url.to_ascii_lowercase().trim_start().starts_with("http");
            assert!(url.as_ref().is_none_or(is_web), "{url:?}");
        }
        Verdict::Pending | Verdict::Foreign(_) | Verdict::Unclear(_) => {}
    }
}

fn item(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({
        "pspReference": actions::text(bytes)?,
        "originalReference": actions::text(bytes)?,
        "merchantAccountCode": mostly(bytes, ACCOUNT)?,
        "merchantReference": mostly(bytes, &attempt().to_string())?,
        "amount": amount(bytes)?,
        "eventCode": one_of(bytes, &["AUTHORISATION", "CAPTURE", "REFUND", "REFUND_FAILED", "?"])?,
        "success": one_of(bytes, &["true", "false", "?"])?,
        "reason": maybe(bytes, actions::text)?,
        "paymentMethod": maybe(bytes, actions::text)?,
        "additionalData": {
            "cardSummary": actions::text(bytes)?,
            "expiryDate": actions::text(bytes)?,
            "threeds2.transStatus": one_of(bytes, &STATUSES)?,
        },
    }))
}

/// Adyen's signature, as its documents have it.
fn signature(item: &Value, key: &hmac::Key) -> String {
    let text = |name: &str| item[name].as_str().unwrap_or_default();
    let signed = format!(
        "{}:{}:{}:{}:{}:{}:{}:{}",
        text("pspReference"),
        text("originalReference"),
        text("merchantAccountCode"),
        text("merchantReference"),
        item["amount"]["value"],
        item["amount"]["currency"].as_str().unwrap_or_default(),
        text("eventCode"),
        text("success"),
    );
    STANDARD.encode(hmac::sign(key, signed.as_bytes()))
}

fn check_notification(bytes: &mut Unstructured<'_>) -> Result<()> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"a key of the fuzzer's");
    let mut item = item(bytes)?;
    let told = |item: &Value| json!({"notificationItems": [{"NotificationRequestItem": item}]});
    item["additionalData"]["hmacSignature"] = json!(actions::text(bytes)?);
    let unsigned = told(&item).to_string();
    assert!(notification::read(unsigned.as_bytes(), &key, ACCOUNT).is_err());
    item["additionalData"]["hmacSignature"] = json!(signature(&item, &key));
    let signed = told(&item).to_string();
    let read = notification::read(signed.as_bytes(), &key, ACCOUNT).expect("it is signed");
    for notification in read {
        if let News::Authorisation {
            verdict: Verdict::Authorised(_),
            attempt: named,
            ..
        } = notification.news
        {
            let reference = item["merchantReference"].as_str().unwrap_or_default();
            assert_eq!(reference.parse(), Ok(named), "the one that is named");
            assert_eq!(item["success"], "true");
            assert_eq!(item["eventCode"], "AUTHORISATION");
            assert_eq!(item["merchantAccountCode"], ACCOUNT);
        }
    }
    Ok(())
}

fn play(bytes: &mut Unstructured<'_>) -> Result<()> {
    match bytes.int_in_range(0..=2)? {
        0 => check_answer(response(bytes)?.to_string().as_bytes()),
        1 => check_notification(bytes)?,
        _ => {
            let raw = bytes.bytes(bytes.len())?;
            check_answer(raw);
            let key = hmac::Key::new(hmac::HMAC_SHA256, b"a key of the fuzzer's");
            assert!(notification::read(raw, &key, ACCOUNT).is_err());
        }
    }
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = play(&mut Unstructured::new(bytes));
});
