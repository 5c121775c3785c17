//! What arrives: the document's boot data, the server's answers, the page's calls.
//! What does not have the agreed form is `None`; unknown members are ignored.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::{
    AttemptView, CardKey, ChallengeKind, ChallengeView, Outcome, SavedCard, SessionView,
    SurfaceKind,
};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::{PageCall, Theme};
use checkout_protocol::locale::Locale;
use checkout_protocol::money::Currency;

use super::value::Value;
use crate::boot::{Boot, Limits};
use crate::text::Words;

/// The document's boot data, with the words that came beside it.
#[must_use]
pub fn boot(value: &Value, words: Words) -> Option<Boot> {
    let Value::List(today) = value.get("today")? else {
        return None;
    };
    let [Value::Number(year), Value::Number(month)] = today[..] else {
        return None;
    };
    let key = value.get("card_key")?;
    let limits = value.get("limits")?;
    Some(Boot {
        session: text(value, "session")?,
        parent: text(value, "parent")?,
        amount: value.number_of("amount")?,
        currency: Currency::from_code(value.text_of("currency")?)?,
        merchant_name: text(value, "merchant_name")?,
        locale: Locale::from_tag(value.text_of("locale")?)?,
        words,
        theme: Theme::from_text(value.text_of("theme")?)?,
        shows_email: value.bool_of("shows_email")?,
        test_mode: value.bool_of("test_mode")?,
        opens_windows: value.bool_of("opens_windows")?,
        card_key: CardKey {
            kty: text(key, "kty")?,
            n: text(key, "n")?,
            e: text(key, "e")?,
            kid: text(key, "kid")?,
        },
        today: (year.try_into().ok()?, month.try_into().ok()?),
        build: text(value, "build")?,
        limits: Limits {
            opening_ms: limits.number_of("opening_ms")?,
            opening_with_handle_ms: limits.number_of("opening_with_handle_ms")?,
            bank_ms: limits.number_of("bank_ms")?,
            fingerprint_ms: limits.number_of("fingerprint_ms")?,
            poll_wait_s: limits.number_of("poll_wait_s")?,
            retry_ms: limits.number_of("retry_ms")?,
        },
    })
}

/// The sentences of a language.
#[must_use]
pub fn words(value: &Value) -> Option<Words> {
    let Value::List(list) = value else {
        return None;
    };
    let said = list.iter().filter_map(|said| match said {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    Words::from_list(said.collect())
}

/// Where the session stands.
#[must_use]
pub fn session_view(value: &Value) -> Option<SessionView> {
    let last_attempt = match value.get("last_attempt") {
        None => None,
        Some(attempt) => Some(AttemptView {
            attempt_id: text(attempt, "attempt_id")?,
            outcome: outcome(attempt)?,
        }),
    };
    Some(SessionView {
        id: text(value, "id")?,
        status: SessionStatus::from_text(value.text_of("status")?)?,
        version: value.number_of("version")?,
        payment: text(value, "payment")?,
        amount: value.number_of("amount")?,
        currency: Currency::from_code(value.text_of("currency")?)?,
        customer_email: text(value, "customer_email"),
        asks_email: value.bool_of("asks_email").unwrap_or_default(),
        expires_in_ms: value.number_of("expires_in_ms")?,
        last_attempt,
        saved_cards: match value.get("saved_cards") {
            Some(Value::List(cards)) => cards.iter().filter_map(saved_card).collect(),
            // A server of the build before this one says nothing of them.
            _ => vec![],
        },
        asks_saved_card_code: value.bool_of("asks_saved_card_code").unwrap_or_default(),
        offers_saving: value.bool_of("offers_saving").unwrap_or_default(),
    })
}

fn saved_card(value: &Value) -> Option<SavedCard> {
    Some(SavedCard {
        id: text(value, "id")?,
        brand: text(value, "brand"),
        last4: text(value, "last4"),
        exp_month: value.number_of("exp_month"),
        exp_year: value.number_of("exp_year"),
    })
}

/// Where an attempt stands.
#[must_use]
pub fn outcome(value: &Value) -> Option<Outcome> {
    Some(match value.text_of("status")? {
        "processing" => Outcome::Processing,
        "requires_action" => {
            let challenge = value.get("challenge")?;
            Outcome::RequiresAction {
                challenge: ChallengeView {
                    id: text(challenge, "id")?,
                    // A server of the build before this one says nothing of it.
                    kind: challenge
                        .text_of("kind")
                        .and_then(ChallengeKind::from_text)
                        .unwrap_or_default(),
                    url: text(challenge, "url")?,
                    opened: challenge.bool_of("opened")?,
                    expires_in_ms: challenge.number_of("expires_in_ms")?,
                },
            }
        }
        "succeeded" => Outcome::Succeeded,
        "failed" => Outcome::Failed {
            code: code(value)?,
            retryable: value.bool_of("retryable")?,
        },
        "abandoned" => Outcome::Abandoned,
        "unknown" => Outcome::Unknown,
        _ => return None,
    })
}

/// The code of an error's body. One of a newer server counts as an internal error: opaque, and never a success.
#[must_use]
pub fn error_code(value: &Value) -> ErrorCode {
    value
        .get("error")
        .and_then(code)
        .unwrap_or(ErrorCode::InternalError)
}

fn code(value: &Value) -> Option<ErrorCode> {
    let text = value.text_of("code")?;
    Some(ErrorCode::from_text(text).unwrap_or(ErrorCode::InternalError))
}

/// A call that cannot be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCall {
    /// There is no such method.
    UnknownMethod,
    /// Its parameters are not right.
    InvalidParams,
}

/// What the page calls.
///
/// # Errors
///
/// [`BadCall`].
pub fn page_call(method: &str, value: &Value) -> Result<PageCall, BadCall> {
    let none = Value::Null;
    let params = value.get("params").unwrap_or(&none);
    match method {
        "session.attach" => text(params, "client_secret").map(|secret| PageCall::SessionAttach {
            client_secret: secret.into(),
            returned: params.bool_of("returned").unwrap_or_default(),
        }),
        "options.update" => Some(PageCall::OptionsUpdate {
            locale: text(params, "locale"),
            theme: params.text_of("theme").and_then(Theme::from_text),
            three_ds: params.text_of("three_ds").and_then(SurfaceKind::from_text),
            appearance: text(params, "appearance"),
        }),
        "payment.submit" => Some(PageCall::PaymentSubmit),
        "payment.cancel" => Some(PageCall::PaymentCancel),
        "field.focus" => Some(PageCall::FieldFocus),
        "host.visibility" => params
            .bool_of("hidden")
            .map(|hidden| PageCall::HostVisibility {
                hidden,
                persisted: params.bool_of("persisted").unwrap_or_default(),
            }),
        "challenge.closed" => Some(PageCall::ChallengeClosed),
        _ => return Err(BadCall::UnknownMethod),
    }
    .ok_or(BadCall::InvalidParams)
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.text_of(name).map(str::to_owned)
}
