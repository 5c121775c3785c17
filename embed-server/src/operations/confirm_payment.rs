//! The payer pressed Pay. One press is one attempt and at most one charge, however often it arrives.

use std::time::Duration;

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::Outcome;
use checkout_protocol::attempt::State;
use checkout_protocol::card::brand::Brand;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, PaymentMethodId, SessionId};

use crate::acquirer::{
    Answer, AskFor, Authorise, BrowserFacts, CallError, Card, Payer, StoredCard,
};
use crate::app::App;
use crate::domain::attempt::{Attempt, Press};
use crate::domain::card_envelope::CardEnvelope;
use crate::domain::payment::Payment;
use crate::domain::payment_session::PaymentSession;
use crate::in_flight::Work;
use crate::operations::call_acquirer::{Sending, call_acquirer};
use crate::operations::finish_fingerprint::go_on_without_method;
use crate::operations::record_answer::{Call, record_answer};
use crate::operations::retry_authenticated::{is_asked_for, retry_authenticated};
use crate::operations::watch_session::attempt_view;
use crate::operations::{OperationError, Refusal};
use crate::store::{Transaction, attempts, payment_methods, payment_sessions, payments};

/// How long a repeated request waits for the first one's answer before it says "processing".
const WAIT_FOR_FIRST: Duration = Duration::from_secs(25);

/// What the frame sends.
pub struct Confirmation {
    /// The frame's id of the press.
    pub client_attempt: String,
    /// Which card.
    pub card: ChosenCard,
    /// The payer's e-mail address, where the session does not fix it.
    pub email: Option<String>,
    /// For 3-D Secure.
    pub browser: BrowserFacts,
}

/// The card that the payer chose.
pub enum ChosenCard {
    /// Typed now.
    Typed {
        /// The encrypted card.
        envelope: String,
        /// Which of the card's two brands is charged; `None` for a card with one.
        brand: Option<Brand>,
        /// Whether the payer lets the merchant keep it.
        save: bool,
    },
    /// Saved before.
    Saved {
        /// Which one.
        method: PaymentMethodId,
        /// Its encrypted security code, typed anew.
        code: Option<String>,
    },
}

/// Charges the card once and says what came of it.
///
/// # Errors
///
/// `invalid_card_data`, `payment_method_not_usable`, `session_expired`, `session_not_open`, `attempt_in_progress`,
/// `too_many_attempts`.
pub async fn confirm_payment(
    app: &App,
    session_id: SessionId,
    confirmation: Confirmation,
) -> Result<Outcome, OperationError> {
    let press = Press {
        session_id,
        client_attempt: confirmation.client_attempt.clone(),
    };
    let Some(hold) = app.in_flight.take(Work::Press(press.clone())) else {
        return wait_for_first(app, &press).await;
    };
    let confirmed = confirm_held(app, &press, confirmation).await;
    drop(hold);
    // Also without news: whoever waited for this call need not wait any longer.
    app.changes.announce(session_id);
    confirmed
}

async fn confirm_held(
    app: &App,
    press: &Press,
    confirmation: Confirmation,
) -> Result<Outcome, OperationError> {
    let known = find_press(app, press).await?;
    let card = usable(app, press.session_id, confirmation.card);
    let (session, attempt, card, sending) = match (known, card) {
        // Nobody works on it, so its answer was lost with an earlier process: the acquirer knows the reference and
        // charges nothing twice.
        (Some((session, attempt)), Ok(card)) if may_be_sent_again(&attempt) => {
            (session, attempt, card, Sending::Again)
        }
        // Settled, or at the bank; or its card key is gone, and the acquirer's notification will tell.
        (Some(_), _) => return outcome(app, press).await,
        (None, Ok(card)) => match reserve(app, press, &card).await? {
            Some((session, attempt)) => (session, attempt, card, Sending::First),
            // Another process was quicker with the same press: its answer is ours too.
            None => return wait_for_first(app, press).await,
        },
        (None, Err(error)) => return Err(error),
    };
    let mut request = Authorise {
        attempt: attempt.id,
        amount: attempt.amount,
        card: to_charge(app, &session, &attempt, card).await?,
        return_url: return_url(app, &attempt),
        payer: Some(Payer {
            origin: app.checkout_origin.as_str().to_owned(),
            browser: confirmation.browser,
        }),
        email: session.customer_email.or(confirmation.email),
        authentication: match attempt.retry_of {
            Some(_) => AskFor::Always,
            None => AskFor::AsNeeded,
        },
    };
    let mut answer = authorise(app, &request, sending).await;
    if is_asked_for(&attempt, &answer)
        && let Some(retry) = retry_authenticated(app, &attempt, reference(&answer)).await?
    {
        request = Authorise {
            attempt: retry.id,
            return_url: return_url(app, &retry),
            authentication: AskFor::Always,
            ..request
        };
        answer = authorise(app, &request, Sending::First).await;
    }
    if let Some(attempt) = record_answer(app, request.attempt, Call::Authorise, answer).await? {
        go_on_without_method(app, &attempt).await?;
    }
    outcome(app, press).await
}

async fn authorise(app: &App, request: &Authorise, sending: Sending) -> Result<Answer, CallError> {
    call_acquirer(app.repeat_pause, sending, || {
        app.acquirer.authorise(request)
    })
    .await
}

fn reference(answer: &Result<Answer, CallError>) -> Option<String> {
    answer.as_ref().ok()?.acquirer_reference.clone()
}

/// A card whose envelope was opened as far as we can.
enum Usable {
    Typed {
        envelope: CardEnvelope,
        brand: Option<Brand>,
        save: bool,
    },
    Saved {
        method: PaymentMethodId,
        code: Option<CardEnvelope>,
    },
}

fn usable(app: &App, session: SessionId, card: ChosenCard) -> Result<Usable, OperationError> {
    let opened = |name: &str, envelope| {
        CardEnvelope::parse(envelope, session, &app.card_key.kid)
            .map_err(|error| Refusal::about(ErrorCode::InvalidCardData, name, error))
    };
    Ok(match card {
        ChosenCard::Typed {
            envelope,
            brand,
            save,
        } => Usable::Typed {
            envelope: opened("encrypted_card", envelope)?,
            brand,
            save,
        },
        ChosenCard::Saved { method, code } => Usable::Saved {
            method,
            code: code
                .map(|code| opened("encrypted_security_code", code))
                .transpose()?,
        },
    })
}

/// What the attempt charges, as it was reserved. A press is one card: what a repeated request says besides is not
/// heard.
async fn to_charge(
    app: &App,
    session: &PaymentSession,
    attempt: &Attempt,
    card: Usable,
) -> Result<Card, OperationError> {
    match (attempt.payment_method, card) {
        (Some(method), card) => Ok(Card::Saved {
            card: stored_card(app, attempt, method).await?,
            // Like the card it is not kept: the frame that sends a press again sends the same code.
            code: match card {
                Usable::Saved { code, .. } => code,
                Usable::Typed { .. } => None,
            },
        }),
        // The brand is not kept: the frame that sends a press again sends the same choice.
        (
            None,
            Usable::Typed {
                envelope, brand, ..
            },
        ) => Ok(Card::Typed {
            envelope,
            brand,
            keep_for: session.customer.filter(|_| attempt.save_card),
        }),
        (None, Usable::Saved { .. }) => Err(ErrorCode::InvalidCardData.into()),
    }
}

/// The acquirer's name of the saved card that the attempt charges.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn stored_card(
    app: &App,
    attempt: &Attempt,
    method: PaymentMethodId,
) -> Result<StoredCard, OperationError> {
    let mut tx = app.store.read().await?;
    let method =
        payment_methods::find_with_detached(&mut tx, attempt.merchant_id, attempt.mode, method)
            .await?
            .ok_or(OperationError::Internal("an attempt's saved card vanished"))?;
    Ok(StoredCard {
        token: method.acquirer_token,
        customer: method.customer,
    })
}

/// Where the bank's page returns to.
#[must_use]
pub fn return_url(app: &App, attempt: &Attempt) -> String {
    format!(
        "{}/3ds/{}/return",
        app.checkout_origin, attempt.challenge_id
    )
}

/// Whether the charge itself may still be unanswered.
fn may_be_sent_again(attempt: &Attempt) -> bool {
    matches!(attempt.state, State::Calling | State::Unknown) && attempt.challenge_result.is_none()
}

async fn find_press(
    app: &App,
    press: &Press,
) -> Result<Option<(PaymentSession, Attempt)>, OperationError> {
    let mut tx = app.store.read().await?;
    let session = payment_sessions::find_public(&mut tx, press.session_id)
        .await?
        .ok_or(ErrorCode::SessionNotFound)?;
    let attempt = attempts::find_by_press(&mut tx, press).await?;
    Ok(attempt.map(|attempt| (session, attempt)))
}

/// Writes the attempt before anything is sent, so that a crash leaves a trace and a second one is refused. `None` when
/// the press is written already.
async fn reserve(
    app: &App,
    press: &Press,
    card: &Usable,
) -> Result<Option<(PaymentSession, Attempt)>, OperationError> {
    let mut tx = app.store.begin().await?;
    let (session, payment) = hold_session(&mut tx, press.session_id)
        .await?
        .ok_or(ErrorCode::SessionNotFound)?;
    if attempts::find_by_press(&mut tx, press).await?.is_some() {
        return Ok(None);
    }
    match session.status {
        SessionStatus::Open if session.is_due(app.now()) => {
            return Err(ErrorCode::SessionExpired.into());
        }
        SessionStatus::Open => {}
        SessionStatus::Expired => return Err(ErrorCode::SessionExpired.into()),
        SessionStatus::Complete => return Err(ErrorCode::SessionNotOpen.into()),
    }
    if payment.status.was_collected() {
        return Err(ErrorCode::SessionNotOpen.into());
    }
    let live = attempts::find_live(&mut tx, session.merchant_id, session.mode, payment.id).await?;
    if live.is_some() {
        return Err(ErrorCode::AttemptInProgress.into());
    }
    if attempts::count(&mut tx, press.session_id).await? >= app.attempts_per_session {
        return Err(ErrorCode::TooManyAttempts.into());
    }
    let attempt = Attempt {
        retry_of: refused_for_authentication(&mut tx, press.session_id).await?,
        press: Some(press.clone()),
        payment_method: saved_card(&mut tx, &session, card).await?,
        save_card: session.save_payment_method && matches!(card, Usable::Typed { save: true, .. }),
        ..new_attempt(app, &payment)
    };
    match attempts::insert(&mut tx, &attempt).await {
        Err(error) if error.is_conflict() => return Err(ErrorCode::AttemptInProgress.into()),
        inserted => inserted?,
    }
    payments::save(&mut tx, &payment.with_attempt(State::Calling, None)).await?;
    payment_sessions::save(&mut tx, &session).await?;
    tx.commit().await?;
    app.changes.announce(press.session_id);
    Ok(Some((session, attempt)))
}

/// The session's last attempt, if the issuer refused it for want of authentication: what the payer does next is authenticated
/// from the start. By itself it is tried again only where its card is still at hand, and once.
async fn refused_for_authentication(
    tx: &mut Transaction,
    session: SessionId,
) -> Result<Option<AttemptId>, OperationError> {
    let last = attempts::find_newest(tx, session).await?;
    let refused = last
        .filter(|last| last.decline_code == Some(ErrorCode::AuthenticationRequired))
        .map(|last| last.id);
    Ok(refused)
}

/// The saved card that was chosen: one of the session's own customer, or none.
async fn saved_card(
    tx: &mut Transaction,
    session: &PaymentSession,
    card: &Usable,
) -> Result<Option<PaymentMethodId>, OperationError> {
    let Usable::Saved { method: id, .. } = card else {
        return Ok(None);
    };
    payment_methods::find(tx, session.merchant_id, session.mode, *id)
        .await?
        .filter(|method| Some(method.customer) == session.customer)
        .ok_or(ErrorCode::PaymentMethodNotUsable)?;
    Ok(Some(*id))
}

/// A session with its payment, which is held until the transaction ends.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn hold_session(
    tx: &mut Transaction,
    id: SessionId,
) -> Result<Option<(PaymentSession, Payment)>, OperationError> {
    let Some(before) = payment_sessions::find_public(tx, id).await? else {
        return Ok(None);
    };
    let payment = payments::hold(tx, before.merchant_id, before.mode, before.payment_id)
        .await?
        .ok_or(OperationError::Internal("a session's payment vanished"))?;
    // Read again: it may have changed while we waited for the payment.
    let session = payment_sessions::find_public(tx, id).await?;
    Ok(session.map(|session| (session, payment)))
}

/// An attempt on the payment that is about to be sent.
#[must_use]
pub fn new_attempt(app: &App, payment: &Payment) -> Attempt {
    let now = app.now();
    Attempt {
        id: app.id(),
        merchant_id: payment.merchant_id,
        mode: payment.mode,
        payment_id: payment.id,
        press: None,
        payment_method: None,
        save_card: false,
        retry_of: None,
        state: State::Calling,
        amount: payment.amount,
        challenge_id: app.id(),
        acquirer_reference: None,
        decline_code: None,
        challenge_result: None,
        authentication: None,
        changed_at: now,
        version: 1,
        created_at: now,
    }
}

/// The same press is being worked on: its answer is ours too.
async fn wait_for_first(app: &App, press: &Press) -> Result<Outcome, OperationError> {
    let settled = app
        .changes
        .until(press.session_id, WAIT_FOR_FIRST, || async {
            let now = outcome(app, press).await?;
            Ok::<_, OperationError>((now != Outcome::Processing).then_some(now))
        });
    Ok(settled.await?.unwrap_or(Outcome::Processing))
}

/// Where the press stands. One that is not written yet is on its way.
async fn outcome(app: &App, press: &Press) -> Result<Outcome, OperationError> {
    let mut tx = app.store.read().await?;
    match attempts::find_by_press(&mut tx, press).await? {
        Some(attempt) => Ok(attempt_view(app, &mut tx, &attempt).await?.outcome),
        None => Ok(Outcome::Processing),
    }
}
