//! By hand and derived, the same: every variant and every member, in both directions.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::{
    AttemptView, Browser, ChallengeKind, ChallengeView, Confirm, Outcome, SavedCard, SessionView,
    Surface, SurfaceKind, WindowSize,
};
use checkout_protocol::card::brand::Brand;
use checkout_protocol::error_code::{ErrorBody, ErrorCode, ErrorDetail};
use checkout_protocol::frame_message::{
    Attached, Canceled, Field, FieldMistake, FieldProblem, FrameCall, PageCall, PhaseName, Problem,
    Snapshot, Theme,
};
use checkout_protocol::money::Currency;
use serde::Serialize;
use serde_json::Value as Json;

use super::value::Value;
use super::{read, write};
use crate::boot::tests::boot;

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(is) => Json::Bool(*is),
        Value::Number(number) => Json::from(*number),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), json(value)))
            .collect(),
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(is) => Value::Bool(*is),
        Json::Number(number) => Value::Number(number.as_i64().unwrap()),
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), value(member)))
                .collect(),
        ),
    }
}

fn derived(it: &impl Serialize) -> Json {
    serde_json::to_value(it).unwrap()
}

fn snapshots() -> Vec<Snapshot> {
    use FieldMistake::{Empty, Incomplete, Invalid, Past};
    use PhaseName::{
        Broken, Challenging, Expired, Loading, Processing, Ready, Submitting, Succeeded, Unknown,
    };
    let errors: Vec<FieldProblem> = [
        Field::Number,
        Field::Expiry,
        Field::SecurityCode,
        Field::Name,
        Field::Email,
    ]
    .into_iter()
    .zip([Empty, Incomplete, Invalid, Past, Empty])
    .map(|(field, problem)| FieldProblem { field, problem })
    .collect();
    let phases = [
        Loading,
        Ready,
        Submitting,
        Challenging,
        Processing,
        Succeeded,
        Expired,
        Unknown,
        Broken,
    ];
    let brands = std::iter::once(None).chain(Brand::ALL.map(Some));
    phases
        .into_iter()
        .zip(brands)
        .map(|(phase, brand)| Snapshot {
            phase,
            complete: true,
            empty: false,
            brand,
            errors: errors.clone(),
        })
        .collect()
}

fn frame_calls() -> Vec<FrameCall> {
    let id = || "x_1".to_owned();
    let mut calls = vec![
        FrameCall::FrameReady { test_mode: true },
        FrameCall::LayoutResize { height: 512 },
        FrameCall::SecretRequest {
            reason: ErrorCode::SessionExpired,
        },
        FrameCall::NavigateRequest { url: id() },
        FrameCall::HostReturnUrl,
        FrameCall::ChallengePresent {
            url: id(),
            size: Some(WindowSize::S500x600),
        },
        FrameCall::ChallengePresent {
            url: id(),
            size: None,
        },
        FrameCall::ChallengeDismiss,
        FrameCall::PaymentStarted { attempt_id: id() },
        FrameCall::PaymentChallenge { attempt_id: id() },
        FrameCall::PaymentCompleted {
            session_id: id(),
            payment_id: id(),
        },
        FrameCall::PaymentCanceled { session_id: id() },
        FrameCall::PaymentPending {
            session_id: id(),
            payment_id: id(),
        },
    ];
    calls.extend(snapshots().into_iter().map(FrameCall::StateChange));
    for code in ErrorCode::ALL {
        calls.push(FrameCall::PaymentFailed(Problem::new(*code, false, None)));
        calls.push(FrameCall::SessionError(Problem::new(
            *code,
            true,
            Some(id()),
        )));
    }
    calls
}

#[test]
fn every_call_on_the_page_is_written_as_it_is_derived() {
    for call in frame_calls() {
        assert_eq!(json(&write::frame_call(&call)), derived(&call));
    }
}

#[test]
fn answers_to_the_page_are_written_as_they_are_derived() {
    let state = snapshots().remove(0);
    for attached in [
        Attached::State { state },
        Attached::Refused(Problem::new(
            ErrorCode::SessionExpired,
            true,
            Some("req_1".to_owned()),
        )),
    ] {
        assert_eq!(json(&write::attached(&attached)), derived(&attached));
    }
    let canceled = Canceled { accepted: true };
    assert_eq!(json(&write::canceled(canceled)), derived(&canceled));
}

#[test]
fn requests_are_written_as_they_are_derived() {
    for text in [None, Some("https://shop.example/cart".to_owned())] {
        let confirm = Confirm {
            attempt_id: "1".to_owned(),
            encrypted_card: text.clone(),
            brand: text.as_ref().map(|_| Brand::Discover),
            payment_method: text.as_ref().map(|_| "pm_1".to_owned()),
            encrypted_security_code: text.clone(),
            save_card: text.is_some(),
            email: text.clone(),
            browser: Browser {
                color_depth: 24,
                language: "is-IS".to_owned(),
                screen_width: 1920,
                screen_height: 1080,
                time_zone_offset: -60,
                java_enabled: false,
            },
        };
        assert_eq!(json(&write::confirm(&confirm)), derived(&confirm));
        for surface in SurfaceKind::ALL {
            let surface = Surface {
                surface,
                nonce: "n".to_owned(),
                page_url: text.clone(),
                window_size: text.as_ref().map(|_| WindowSize::S390x400),
            };
            assert_eq!(json(&write::surface(&surface)), derived(&surface));
        }
    }
}

#[test]
fn every_session_that_is_derived_can_be_read() {
    let [fingerprint, challenge, redirect] =
        ChallengeKind::ALL.map(|kind| Outcome::RequiresAction {
            challenge: ChallengeView {
                id: "chl_1".to_owned(),
                kind,
                url: "https://checkout.example/3ds/chl_1".to_owned(),
                opened: true,
                expires_in_ms: 600_000,
            },
        });
    let outcomes = [
        Outcome::Processing,
        fingerprint,
        challenge,
        redirect,
        Outcome::Succeeded,
        Outcome::Failed {
            code: ErrorCode::CardDeclined,
            retryable: true,
        },
        Outcome::Abandoned,
        Outcome::Unknown,
    ];
    let attempts = outcomes.map(|outcome| {
        Some(AttemptView {
            attempt_id: "1".to_owned(),
            outcome,
        })
    });
    let saved_cards = vec![
        SavedCard {
            id: "pm_1".to_owned(),
            brand: Some("visa".to_owned()),
            last4: Some("4242".to_owned()),
            exp_month: Some(12),
            exp_year: Some(2030),
        },
        SavedCard {
            id: "pm_2".to_owned(),
            brand: None,
            last4: None,
            exp_month: None,
            exp_year: None,
        },
    ];
    for last_attempt in attempts.into_iter().chain([None]) {
        for status in [
            SessionStatus::Open,
            SessionStatus::Complete,
            SessionStatus::Expired,
        ] {
            for currency in Currency::ALL {
                let view = SessionView {
                    id: "ps_1".to_owned(),
                    status,
                    version: 3,
                    payment: "pay_1".to_owned(),
                    amount: 9_999_999_999,
                    currency,
                    customer_email: None,
                    asks_email: true,
                    expires_in_ms: 86_400_000,
                    last_attempt: last_attempt.clone(),
                    saved_cards: saved_cards.clone(),
                    asks_saved_card_code: true,
                    offers_saving: true,
                };
                assert_eq!(read::session_view(&value(&derived(&view))), Some(view));
            }
        }
    }
}

#[test]
fn a_session_of_a_server_that_knows_no_saved_cards_has_none() {
    let session = Value::object(vec![
        ("id", Value::text("ps_1")),
        ("status", Value::text("open")),
        ("version", Value::Number(1)),
        ("payment", Value::text("pay_1")),
        ("amount", Value::Number(1)),
        ("currency", Value::text("ISK")),
        ("expires_in_ms", Value::Number(1)),
    ]);
    let view = read::session_view(&session).unwrap();
    assert_eq!((view.saved_cards, view.offers_saving), (vec![], false));
}

#[test]
fn an_unknown_outcome_is_no_outcome() {
    let unknown = Value::object(vec![("status", Value::text("paid_in_full"))]);
    assert_eq!(read::outcome(&unknown), None);
}

#[test]
fn error_codes_are_read_and_those_of_a_newer_server_count_as_internal() {
    let body = ErrorBody {
        error: ErrorDetail {
            error_type: ErrorCode::TooLate.error_type(),
            code: ErrorCode::TooLate,
            message: String::new(),
            param: None,
            doc_url: String::new(),
        },
    };
    assert_eq!(
        read::error_code(&value(&derived(&body))),
        ErrorCode::TooLate
    );
    for body in [
        Value::Null,
        Value::object(vec![(
            "error",
            Value::object(vec![("code", Value::text("new"))]),
        )]),
    ] {
        assert_eq!(read::error_code(&body), ErrorCode::InternalError);
    }
}

#[test]
fn boot_data_is_read_as_it_is_derived() {
    assert_eq!(
        read::boot(&value(&derived(&boot())), boot().words),
        Some(boot())
    );
}

#[test]
fn every_call_of_the_page_that_is_derived_can_be_read() {
    let text = || Some("is".to_owned());
    let options = |locale, theme, three_ds| PageCall::OptionsUpdate {
        locale,
        theme,
        three_ds,
        appearance: text(),
    };
    for call in [
        PageCall::SessionAttach {
            client_secret: "pcs_1".to_owned().into(),
            returned: false,
        },
        PageCall::SessionAttach {
            client_secret: "pcs_1".to_owned().into(),
            returned: true,
        },
        options(None, None, None),
        options(text(), Some(Theme::Light), Some(SurfaceKind::Popup)),
        options(text(), Some(Theme::Dark), Some(SurfaceKind::Redirect)),
        options(text(), Some(Theme::Auto), None),
        PageCall::PaymentSubmit,
        PageCall::PaymentCancel,
        PageCall::FieldFocus,
        PageCall::ChallengeClosed,
        PageCall::HostVisibility {
            hidden: false,
            persisted: true,
        },
    ] {
        let message = value(&derived(&call));
        let method = message.text_of("method").unwrap();
        assert_eq!(read::page_call(method, &message), Ok(call));
    }
}

#[test]
fn a_call_without_what_it_needs_says_so() {
    let empty = Value::object(vec![("params", Value::object(vec![]))]);
    assert_eq!(
        read::page_call("session.attach", &empty),
        Err(read::BadCall::InvalidParams)
    );
    assert_eq!(
        read::page_call("session.detach", &empty),
        Err(read::BadCall::UnknownMethod)
    );
}
