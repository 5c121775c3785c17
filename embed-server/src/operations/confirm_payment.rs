//! The payer pressed Pay. One press is one attempt and at most one charge, however often it arrives.

use std::time::Duration;

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::Outcome;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;

use crate::acquirer::{Authorise, BrowserFacts};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::card_envelope::CardEnvelope;
use crate::domain::payment_session::PaymentSession;
use crate::operations::call_acquirer::{Sending, call_acquirer};
use crate::operations::record_answer::{Call, record_answer};
use crate::operations::watch_session::attempt_view;
use crate::operations::{OperationError, Refusal};
use crate::store::{attempts, payment_sessions, payments};

/// How long a repeated request waits for the first one's answer before it says "processing".
const WAIT_FOR_FIRST: Duration = Duration::from_secs(25);

/// What the frame sends.
pub struct Confirmation {
    /// The frame's id of the press.
    pub client_attempt: String,
    /// The encrypted card.
    pub encrypted_card: String,
    /// The payer's e-mail address, where the session does not fix it.
    pub email: Option<String>,
    /// For 3-D Secure.
    pub browser: BrowserFacts,
}

/// Charges the card once and says what came of it.
///
/// # Errors
///
/// `invalid_card_data`, `session_expired`, `session_not_open`, `attempt_in_progress`, `too_many_attempts`.
pub async fn confirm_payment(
    app: &App,
    session_id: SessionId,
    confirmation: Confirmation,
) -> Result<Outcome, OperationError> {
    let Some(hold) = app.in_flight.take(session_id, &confirmation.client_attempt) else {
        return wait_for_first(app, session_id, &confirmation.client_attempt).await;
    };
    let confirmed = confirm_held(app, session_id, confirmation).await;
    drop(hold);
    // Also without news: whoever waited for this call need not wait any longer.
    app.changes.announce(session_id);
    confirmed
}

async fn confirm_held(
    app: &App,
    session_id: SessionId,
    confirmation: Confirmation,
) -> Result<Outcome, OperationError> {
    let known = find_press(app, session_id, &confirmation.client_attempt).await?;
    let card = CardEnvelope::parse(confirmation.encrypted_card, session_id, &app.card_key.kid);
    let (session, attempt, card, sending) = match (known, card) {
        // Nobody works on it, so its answer was lost with an earlier process: the acquirer knows the reference and
        // charges nothing twice.
        (Some((session, attempt)), Ok(card)) if may_be_sent_again(&attempt) => {
            (session, attempt, card, Sending::Again)
        }
        // Settled, or at the bank; or its card key is gone, and the acquirer's notification will tell.
        (Some((_, attempt)), _) => return outcome(app, session_id, &attempt.client_attempt).await,
        (None, Ok(card)) => {
            let (session, attempt) = reserve(app, session_id, &confirmation.client_attempt).await?;
            (session, attempt, card, Sending::First)
        }
        (None, Err(error)) => {
            return Err(Refusal::about(ErrorCode::InvalidCardData, "encrypted_card", error).into());
        }
    };
    let request = Authorise {
        attempt: attempt.id,
        amount: attempt.amount,
        card,
        return_url: format!(
            "{}/3ds/{}/return",
            app.checkout_origin, attempt.challenge_id
        ),
        origin: app.checkout_origin.as_str().to_owned(),
        browser: confirmation.browser,
        email: session.customer_email.or(confirmation.email),
    };
    let answer = call_acquirer(app.repeat_pause, sending, || {
        app.acquirer.authorise(&request)
    })
    .await;
    record_answer(app, attempt.id, Call::Authorise, answer).await?;
    outcome(app, session_id, &attempt.client_attempt).await
}

/// Whether the charge itself may still be unanswered.
fn may_be_sent_again(attempt: &Attempt) -> bool {
    matches!(attempt.state, State::Calling | State::Unknown) && attempt.challenge_result.is_none()
}

async fn find_press(
    app: &App,
    session_id: SessionId,
    client_attempt: &str,
) -> Result<Option<(PaymentSession, Attempt)>, OperationError> {
    let mut tx = app.store.read().await?;
    let session = payment_sessions::find_public(&mut tx, session_id)
        .await?
        .ok_or(ErrorCode::SessionNotFound)?;
    let attempt = attempts::find_by_press(&mut tx, session_id, client_attempt).await?;
    Ok(attempt.map(|attempt| (session, attempt)))
}

/// Writes the attempt before anything is sent, so that a crash leaves a trace and a second one is refused.
async fn reserve(
    app: &App,
    session_id: SessionId,
    client_attempt: &str,
) -> Result<(PaymentSession, Attempt), OperationError> {
    let mut tx = app.store.begin().await?;
    let session = payment_sessions::find_public(&mut tx, session_id)
        .await?
        .ok_or(ErrorCode::SessionNotFound)?;
    match session.status {
        SessionStatus::Open if session.is_due(app.now()) => {
            return Err(ErrorCode::SessionExpired.into());
        }
        SessionStatus::Open => {}
        SessionStatus::Expired => return Err(ErrorCode::SessionExpired.into()),
        SessionStatus::Complete => return Err(ErrorCode::SessionNotOpen.into()),
    }
    let payment = payments::find(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    )
    .await?
    .ok_or(OperationError::Internal("a session's payment vanished"))?;
    if payment.status.was_collected() {
        return Err(ErrorCode::SessionNotOpen.into());
    }
    let live = attempts::find_live(&mut tx, session.merchant_id, session.mode, payment.id).await?;
    if live.is_some() {
        return Err(ErrorCode::AttemptInProgress.into());
    }
    if attempts::count(&mut tx, session_id).await? >= app.attempts_per_session {
        return Err(ErrorCode::TooManyAttempts.into());
    }
    let attempt = new_attempt(app, &session, payment.amount, client_attempt);
    match attempts::insert(&mut tx, &attempt).await {
        Err(error) if error.is_conflict() => return Err(ErrorCode::AttemptInProgress.into()),
        inserted => inserted?,
    }
    payments::save(&mut tx, &payment.with_attempt(State::Calling, None)).await?;
    payment_sessions::save(&mut tx, &session).await?;
    tx.commit().await?;
    app.changes.announce(session_id);
    Ok((session, attempt))
}

fn new_attempt(
    app: &App,
    session: &PaymentSession,
    amount: checkout_protocol::money::Money,
    client_attempt: &str,
) -> Attempt {
    let now = app.now();
    Attempt {
        id: app.id(),
        merchant_id: session.merchant_id,
        mode: session.mode,
        session_id: session.id,
        payment_id: session.payment_id,
        client_attempt: client_attempt.to_owned(),
        state: State::Calling,
        amount,
        challenge_id: app.id(),
        acquirer_reference: None,
        decline_code: None,
        challenge_result: None,
        changed_at: now,
        version: 1,
        created_at: now,
    }
}

/// The same press is being worked on: its answer is ours too.
async fn wait_for_first(
    app: &App,
    session_id: SessionId,
    client_attempt: &str,
) -> Result<Outcome, OperationError> {
    let settled = app.changes.until(session_id, WAIT_FOR_FIRST, || async {
        let now = outcome(app, session_id, client_attempt).await?;
        Ok::<_, OperationError>((now != Outcome::Processing).then_some(now))
    });
    Ok(settled.await?.unwrap_or(Outcome::Processing))
}

/// Where the press stands. One that is not written yet is on its way.
async fn outcome(
    app: &App,
    session_id: SessionId,
    client_attempt: &str,
) -> Result<Outcome, OperationError> {
    let mut tx = app.store.read().await?;
    match attempts::find_by_press(&mut tx, session_id, client_attempt).await? {
        Some(attempt) => Ok(attempt_view(app, &mut tx, &attempt).await?.outcome),
        None => Ok(Outcome::Processing),
    }
}
