//! The bank's page came back. What it brought is only handed to the acquirer; the acquirer's answer decides.

use std::time::Duration;

use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, ChallengeId};

use crate::acquirer::Finish;
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::bank_result::{BankResult, BroughtBack};
use crate::domain::challenge::{AcquirerData, Challenge};
use crate::domain::payment_session::PaymentSession;
use crate::domain::trans_status::TransStatus;
use crate::in_flight::Work;
use crate::operations::OperationError;
use crate::operations::call_acquirer::{Sending, call_acquirer};
use crate::operations::record_answer::{Call, record_answer};
use crate::operations::settle_attempt::{Change, settle_attempt};
use crate::store::{attempts, challenges, payment_sessions};

/// How long a repeated return waits for the first one.
const WAIT_FOR_FIRST: Duration = Duration::from_secs(25);

/// How often a result that meets others on their way has its turn.
const TURNS: u32 = 5;

/// Everything that the page after the return needs to know.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The challenge.
    pub challenge: Challenge,
    /// Its attempt as it is now.
    pub attempt: Attempt,
    /// Its session as it is now.
    pub session: PaymentSession,
}

/// Hands what was brought back to the acquirer, once; when it says nothing of this challenge, only tells how things
/// stand.
///
/// # Errors
///
/// `challenge_not_found`.
pub async fn finish_challenge(
    app: &App,
    id: ChallengeId,
    brought: BroughtBack,
) -> Result<Returned, OperationError> {
    let challenge = find(app, id).await?.challenge;
    if let Some(result) = brought.result(&challenge.asked.step) {
        hand_over(app, challenge.attempt_id, &result).await?;
    }
    find(app, id).await
}

/// The payer never came back: the acquirer, which heard the bank itself, says what became of it.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn ask_without_return(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    let nothing_heard = BankResult::Challenge(TransStatus::Unavailable);
    hand_over(app, attempt.id, &nothing_heard).await
}

/// A result for an attempt that was left, or is settled, changes nothing. One that meets another result on its way – a
/// forged one – waits for that one's refusal and then has its turn.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn hand_over(
    app: &App,
    attempt: AttemptId,
    result: &BankResult,
) -> Result<(), OperationError> {
    for _ in 0..TURNS {
        let change = Change::ChallengeReturned(result.clone());
        let attempt = settle_attempt(app, attempt, change, None).await?.attempt();
        if attempt.state != State::Calling {
            return Ok(());
        }
        let ours = attempt.challenge_result.as_ref() == Some(result);
        send(app, &attempt, Sending::First).await?;
        if ours {
            return Ok(());
        }
    }
    Ok(())
}

/// Sends a stored challenge result to the acquirer; also after a crash, because its input was stored first.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn send(app: &App, attempt: &Attempt, sending: Sending) -> Result<(), OperationError> {
    let Some(result) = attempt.challenge_result.clone() else {
        return Ok(());
    };
    let Some(hold) = app.in_flight.take(Work::Attempt(attempt.id)) else {
        return wait_for_first(app, attempt).await;
    };
    let request = Finish {
        attempt: attempt.id,
        amount: attempt.amount,
        result,
        acquirer_data: acquirer_data(app, attempt).await?,
    };
    let answer = call_acquirer(app.repeat_pause, sending, || app.acquirer.finish(&request)).await;
    let recorded = record_answer(app, attempt.id, Call::Finish, answer).await;
    drop(hold);
    // Also without news: whoever waited for this call need not wait any longer.
    app.changes.announce(attempt);
    recorded.map(|_| ())
}

async fn acquirer_data(app: &App, attempt: &Attempt) -> Result<AcquirerData, OperationError> {
    let mut tx = app.store.read().await?;
    let challenge = challenges::find_by_attempt(&mut tx, attempt.id).await?;
    Ok(challenge.map_or_else(AcquirerData::default, |challenge| {
        challenge.asked.acquirer_data
    }))
}

async fn wait_for_first(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    let settled = app.changes.until(attempt, WAIT_FOR_FIRST, || async {
        let is_settled = state(app, attempt.id).await? != State::Calling;
        Ok::<_, OperationError>(is_settled.then_some(()))
    });
    settled.await.map(|_| ())
}

async fn state(app: &App, id: AttemptId) -> Result<State, OperationError> {
    let mut tx = app.store.read().await?;
    let attempt = attempts::find(&mut tx, id)
        .await?
        .ok_or(OperationError::Internal("an attempt vanished"))?;
    Ok(attempt.state)
}

/// The challenge as it stands.
///
/// # Errors
///
/// `challenge_not_found`.
pub async fn find(app: &App, id: ChallengeId) -> Result<Returned, OperationError> {
    let mut tx = app.store.read().await?;
    let challenge = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    let attempt = attempts::find(&mut tx, challenge.attempt_id)
        .await?
        .ok_or(OperationError::Internal("a challenge's attempt vanished"))?;
    let session = payment_sessions::find_public(&mut tx, challenge.session_id)
        .await?
        .ok_or(OperationError::Internal("a challenge's session vanished"))?;
    Ok(Returned {
        challenge,
        attempt,
        session,
    })
}
