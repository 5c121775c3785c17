//! Whatever comes back from a bank by way of the payer's browser is a result of the open step or counts as nothing, and what
//! is stored of it is read again as it was. Whatever a browser says of itself becomes what the standard allows.
#![no_main]

use std::borrow::Cow;

use checkout_fuzz::{Result, Unstructured, actions, maybe, one_of};
use checkout_protocol::api::session_view::{Browser, Surface};
use checkout_protocol::api_key::Mode;
use checkout_protocol::crockford;
use checkout_protocol::id::ChallengeId;
use checkout_protocol::origin::Origin;
use embed_server::domain::allowed_redirect;
use embed_server::domain::bank_result::{BankResult, BroughtBack, MAX_BYTES, is_method_done};
use embed_server::domain::browser_data::{header, standardised};
use embed_server::domain::challenge::{BankVisit, ChallengeRequest, Step, VisitMethod};
use libfuzzer_sys::fuzz_target;

const TRANSACTION: &str = "8a880dc0-d2d2-4067-bcb1-b08d1690b26e";
const ACS_TRANSACTION: &str = "d7c1ee99-9478-44a6-b1f2-391e29c6b340";
const NAMES: [&str; 6] = [
    "redirectResult",
    "cres",
    "MD",
    "PaRes",
    "threeDSMethodData",
    "x",
];

fn steps() -> [Step; 3] {
    [
        Step::Fingerprint {
            url: None,
            transaction: TRANSACTION.to_owned(),
        },
        Step::Challenge(ChallengeRequest {
            url: "https://bank.example/acs".to_owned(),
            transaction: TRANSACTION.to_owned(),
            acs_transaction: ACS_TRANSACTION.to_owned(),
            version: "2.2.0".to_owned(),
        }),
        Step::Redirect(BankVisit {
            url: "https://bank.example/".to_owned(),
            method: VisitMethod::Get,
            fields: Vec::new(),
        }),
    ]
}

/// A value as a bank sends it: often a message for this very transaction, base64 of something, or anything.
fn value(bytes: &mut Unstructured<'_>) -> Result<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let plain = if bytes.arbitrary()? {
        let id = |bytes: &mut Unstructured<'_>| one_of(bytes, &[TRANSACTION, ACS_TRANSACTION, ""]);
        serde_json::json!({
            "messageType": one_of(bytes, &["CRes", "Erro", "CReq"])?,
            "threeDSServerTransID": id(bytes)?,
            "acsTransID": id(bytes)?,
            "transStatus": maybe(bytes, |bytes| one_of(bytes, &["Y", "N", "U", "C", "?"]))?,
        })
        .to_string()
    } else {
        actions::text(bytes)?
    };
    Ok(match bytes.arbitrary::<u8>()? % 3 {
        0 => plain,
        1 => STANDARD.encode(plain),
        _ => URL_SAFE_NO_PAD.encode(plain),
    })
}

/// Ids, nonces and openings: what is read names exactly one thing, and a page to come back to stays on its own origin.
fn check_what_frames_and_pages_say(bytes: &mut Unstructured<'_>) -> Result<()> {
    let text = actions::text(bytes)?;
    if let Some(nonce) = crockford::decode_u128(&text) {
        assert!(crockford::decode_u128(&crockford::encode_u128(nonce)) == Some(nonce));
    }
    if let Ok(id) = text.parse::<ChallengeId>() {
        assert!(id.to_string().parse() == Ok(id), "an id is read again");
    }
    let body = serde_json::json!({
        "surface": one_of(bytes, &["popup", "inline", "redirect", "?"])?,
        "nonce": text,
        "page_url": maybe(bytes, actions::text)?,
        "window_size": maybe(bytes, |bytes| one_of(bytes, &["01", "05", "06"]))?,
    });
    let Ok(surface) = serde_json::from_value::<Surface>(body) else {
        return Ok(());
    };
    let page = surface.page_url.unwrap_or_default();
    for page in [page.clone(), format!("https://shop.example{page}")] {
        let own = Origin::parse("https://shop.example", Mode::Test).ok();
        if let Ok(url) = allowed_redirect::check(&page, Mode::Test, own.as_ref(), &[]) {
            assert_eq!(url.origin().ascii_serialization(), "https://shop.example");
        }
    }
    Ok(())
}

fn play(bytes: &mut Unstructured<'_>) -> Result<()> {
    let mut fields = Vec::new();
    for _ in 0..bytes.int_in_range(0..=5)? {
        fields.push((one_of(bytes, &NAMES)?, value(bytes)?));
    }
    for step in steps() {
        let pairs = fields
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(value.as_str())));
        if let Some(result) = BroughtBack::from_fields(pairs).result(&step) {
            assert!(result.is_of(&step), "of another step: {result:?}");
            let text = result.to_text();
            assert!(text.len() <= 2 * MAX_BYTES + 64);
            assert!(BankResult::from_text(&text) == result, "stored otherwise");
        }
    }
    for (_, value) in &fields {
        // A look is done only when its own transaction is named.
        if is_method_done(value, TRANSACTION) {
            assert!(!is_method_done(value, ACS_TRANSACTION));
        }
        let _ = BankResult::from_text(value);
        assert!(header(Some(value), "x").chars().count() <= 2_048);
    }
    check_what_frames_and_pages_say(bytes)?;
    let reported = Browser {
        color_depth: bytes.arbitrary()?,
        language: actions::text(bytes)?,
        screen_width: bytes.arbitrary()?,
        screen_height: bytes.arbitrary()?,
        time_zone_offset: bytes.arbitrary()?,
        java_enabled: bytes.arbitrary()?,
    };
    let allowed = standardised(reported);
    assert!([1, 4, 8, 15, 16, 24, 32, 48].contains(&allowed.color_depth));
    assert!((2..=8).contains(&allowed.language.len()));
    assert!((1..=65_535).contains(&allowed.screen_width));
    assert!((1..=65_535).contains(&allowed.screen_height));
    assert!((-840..=840).contains(&allowed.time_zone_offset));
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let _ = play(&mut Unstructured::new(bytes));
});
