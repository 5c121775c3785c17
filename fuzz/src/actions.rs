//! What can happen in the frame.

use checkout_protocol::api::session_view::{
    AttemptView, CardKey, ChallengeKind, ChallengeView, Outcome, SavedCard, SessionView,
};
use checkout_protocol::checkout::Event;
use checkout_protocol::frame_message::Theme;
use checkout_protocol::locale::Locale;
use checkout_protocol::money::Currency;
use checkout_ui::boot::{Boot, Limits};
use checkout_ui::form::FIELDS;
use checkout_ui::text::Words;
use checkout_ui::update::Action;

use crate::events::{attempt, challenge, code, event, status};
use crate::{Result, Unstructured, maybe, one_of};

/// A document in one of the languages.
///
/// # Errors
///
/// When the bytes are used up.
pub fn boot(bytes: &mut Unstructured<'_>) -> Result<Boot> {
    let locale = one_of(bytes, &Locale::ALL)?;
    Ok(Boot {
        session: "ps_1".to_owned(),
        parent: "https://shop.example".to_owned(),
        amount: bytes.arbitrary()?,
        currency: one_of(bytes, &Currency::ALL)?,
        merchant_name: "Kaffihúsið".to_owned(),
        locale,
        words: Words::of(locale),
        theme: Theme::Auto,
        shows_email: bytes.arbitrary()?,
        test_mode: bytes.arbitrary()?,
        opens_windows: bytes.arbitrary()?,
        card_key: CardKey {
            kty: "RSA".to_owned(),
            n: "AQAB".to_owned(),
            e: "AQAB".to_owned(),
            kid: "test".to_owned(),
        },
        today: (2026, 11),
        build: "test".to_owned(),
        limits: Limits {
            opening_ms: 1,
            opening_with_handle_ms: 1,
            bank_ms: 1,
            fingerprint_ms: 1,
            poll_wait_s: 1,
            retry_ms: 1,
        },
    })
}

/// What somebody types, pastes or has filled in.
///
/// # Errors
///
/// When the bytes are used up.
pub fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    const LIKELY: [&str; 11] = [
        "",
        "4242 4242 4242 4242",
        "3782 822463 10005",
        "6221 5588 1234 0000",
        "6223 0000 0000 0016",
        "03 / 30",
        "10/26",
        "737",
        "1234",
        "Jón Þór",
        "jon@shop.is",
    ];
    Ok(match bytes.int_in_range(0..=2)? {
        0 => one_of(bytes, &LIKELY)?.to_owned(),
        1 => {
            let length = bytes.int_in_range(0..=24)?;
            (0..length)
                .map(|_| {
                    one_of(
                        bytes,
                        &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ', '/'],
                    )
                })
                .collect::<Result<String>>()?
        }
        _ => bytes.arbitrary::<&str>()?.chars().take(40).collect(),
    })
}

fn card_id(bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(one_of(bytes, &["pm_1", "pm_2", "pm_3"])?.to_owned())
}

fn saved_card(bytes: &mut Unstructured<'_>) -> Result<SavedCard> {
    Ok(SavedCard {
        id: card_id(bytes)?,
        brand: maybe(bytes, |bytes| {
            Ok(one_of(bytes, &["visa", "mc", "amex", "cup", "girocard"])?.to_owned())
        })?,
        last4: maybe(bytes, |_| Ok("4242".to_owned()))?,
        exp_month: bytes.arbitrary()?,
        exp_year: bytes.arbitrary()?,
    })
}

fn outcome(bytes: &mut Unstructured<'_>) -> Result<Outcome> {
    Ok(match bytes.int_in_range(0..=5)? {
        0 => Outcome::Processing,
        1 => Outcome::RequiresAction {
            challenge: ChallengeView {
                id: challenge(bytes)?.to_string(),
                kind: one_of(bytes, &ChallengeKind::ALL)?,
                url: String::new(),
                opened: bytes.arbitrary()?,
                expires_in_ms: bytes.int_in_range(0..=i64::MAX.unsigned_abs())?,
            },
        },
        2 => Outcome::Succeeded,
        3 => Outcome::Failed {
            code: code(bytes)?,
            retryable: bytes.arbitrary()?,
        },
        4 => Outcome::Abandoned,
        _ => Outcome::Unknown,
    })
}

/// Where a session stands, in a document of which it is, or of another.
///
/// # Errors
///
/// When the bytes are used up.
pub fn session(bytes: &mut Unstructured<'_>) -> Result<SessionView> {
    let cards = bytes.int_in_range(0..=3)?;
    let customer_email = maybe(bytes, |_| Ok("anna@shop.is".to_owned()))?;
    Ok(SessionView {
        id: one_of(bytes, &["ps_1", "ps_1", "ps_2"])?.to_owned(),
        status: status(bytes)?,
        version: bytes.int_in_range(0..=9)?,
        payment: "pay_1".to_owned(),
        amount: bytes.arbitrary()?,
        currency: one_of(bytes, &Currency::ALL)?,
        asks_email: bytes.arbitrary()?,
        customer_email,
        expires_in_ms: bytes.int_in_range(0..=i64::MAX.unsigned_abs())?,
        last_attempt: maybe(bytes, |bytes| {
            Ok(AttemptView {
                attempt_id: attempt(bytes)?.text(),
                outcome: outcome(bytes)?,
            })
        })?,
        saved_cards: (0..cards)
            .map(|_| saved_card(bytes))
            .collect::<Result<_>>()?,
        asks_saved_card_code: bytes.arbitrary()?,
        offers_saving: bytes.arbitrary()?,
    })
}

/// An event that has no action of its own, by which alone the others come.
fn happened(bytes: &mut Unstructured<'_>) -> Result<Event> {
    Ok(match event(bytes)? {
        Event::Pay(_) | Event::Attached(_) | Event::Heard(_) => Event::Nudged { persisted: false },
        other => other,
    })
}

/// Any action.
///
/// # Errors
///
/// When the bytes are used up.
pub fn action(bytes: &mut Unstructured<'_>) -> Result<Action> {
    Ok(match bytes.int_in_range(0..=18)? {
        0 => Action::Started,
        1 => Action::Typed(one_of(bytes, &FIELDS)?, text(bytes)?),
        2 => Action::Left(one_of(bytes, &FIELDS)?),
        3 => Action::PayPressed(attempt(bytes)?),
        4 => Action::CardChosen(maybe(bytes, card_id)?),
        5 => Action::RemovePressed,
        6 => Action::CardRemoved(card_id(bytes)?),
        7 => Action::RemoveFailed(card_id(bytes)?),
        8 => Action::Ticked(bytes.arbitrary()?),
        9 => Action::Attached(session(bytes)?, bytes.arbitrary()?),
        10 => Action::Heard(session(bytes)?),
        11 => Action::BankUrl("https://checkout.example/3ds/x".to_owned()),
        12 => {
            let locale = one_of(bytes, &Locale::ALL)?;
            Action::LocaleChosen(locale, Words::of(locale))
        }
        13 => Action::BrandChosen {
            second: bytes.arbitrary()?,
        },
        14 => Action::Network {
            is_online: bytes.arbitrary()?,
        },
        15 => Action::RenewPressed,
        16 => Action::RenewFailed,
        17 => Action::FocusAsked,
        _ => Action::Happened(happened(bytes)?, maybe(bytes, |_| Ok("req_1".to_owned()))?),
    })
}
