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

/// What came of what was brought back.
#[derive(Clone, Debug)]
pub struct Finished {
    /// How things stand.
    pub returned: Returned,
    /// What the start page shows that goes on with the next step: the issuer asks once more. Only for what led to that step,
    /// so that nobody else learns it.
    pub goes_on: Option<String>,
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
) -> Result<Finished, OperationError> {
    let before = find(app, id).await?;
    let Some(result) = brought.result(&before.challenge.asked.step) else {
        return Ok(Finished {
            returned: before,
            goes_on: None,
        });
    };
    let handed = hand_over(app, before.attempt.id, &result).await?;
    let returned = find(app, id).await?;
    let asks_again = handed.is_some()
        && returned.attempt.state == State::ActionRequired
        && returned.challenge.asked != before.challenge.asked;
    // An opening that the frame has announced meanwhile is another window's.
    let opening = returned.challenge.opening.as_ref();
    let goes_on = opening
        .filter(|_| asks_again)
        .map(|opening| opening.nonce.clone())
        .filter(|nonce| before.challenge.is_opened_by(nonce));
    Ok(Finished { returned, goes_on })
}

/// The payer never came back: the acquirer, which heard the bank itself, says what became of it.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn ask_without_return(
    app: &App,
    attempt: &Attempt,
) -> Result<Option<Word>, OperationError> {
    let nothing_heard = BankResult::Challenge(TransStatus::Unavailable);
    hand_over(app, attempt.id, &nothing_heard).await
}

/// A result for an attempt that was left, or is settled, changes nothing. One that meets another result on its way – a
/// forged one – waits for that one's refusal and then has its turn. What the acquirer said to this very result; none when it
/// was not handed over.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn hand_over(
    app: &App,
    attempt: AttemptId,
    result: &BankResult,
) -> Result<Option<Word>, OperationError> {
    for _ in 0..TURNS {
        let change = Change::ChallengeReturned(result.clone());
        let attempt = settle_attempt(app, attempt, change, None).await?.attempt();
        if attempt.state != State::Calling {
            return Ok(None);
        }
        let ours = attempt.challenge_result.as_ref() == Some(result);
        let word = send(app, &attempt, Sending::First).await?;
        if ours {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

/// Whether the acquirer has said anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It has, also when that settles nothing.
    Said,
    /// Not so far, or nobody had to ask.
    None,
}

/// Sends a stored challenge result to the acquirer; also after a crash, because its input was stored first.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn send(app: &App, attempt: &Attempt, sending: Sending) -> Result<Word, OperationError> {
    let Some(hold) = app.in_flight.take(Work::Attempt(attempt.id)) else {
        wait_for_first(app, attempt).await?;
        return Ok(Word::None);
    };
    let Some(request) = still_to_send(app, attempt).await? else {
        return Ok(Word::None);
    };
    let answer = call_acquirer(app.repeat_pause, sending, || app.acquirer.finish(&request)).await;
    let word = if answer.is_ok() {
        Word::Said
    } else {
        Word::None
    };
    let recorded = record_answer(app, attempt.id, Call::Finish, answer).await;
    drop(hold);
    // Also without news: whoever waited for this call need not wait any longer.
    app.changes.announce(attempt);
    recorded.map(|_| word)
}

/// The result, if it still is what the attempt waits for: another process may have sent it, and the issuer may ask for
/// another step by now. Its token and the result belong together.
async fn still_to_send(app: &App, known: &Attempt) -> Result<Option<Finish>, OperationError> {
    let mut tx = app.store.read().await?;
    let attempt = attempts::find(&mut tx, known.id).await?;
    let challenge = challenges::find_by_attempt(&mut tx, known.id).await?;
    let waits = |attempt: &Attempt| {
        matches!(attempt.state, State::Calling | State::Unknown)
            && attempt.challenge_result == known.challenge_result
    };
    let request = attempt.filter(waits).and_then(|attempt| {
        Some(Finish {
            attempt: attempt.id,
            amount: attempt.amount,
            result: attempt.challenge_result?,
            acquirer_data: challenge.map_or_else(AcquirerData::default, |challenge| {
                challenge.asked.acquirer_data
            }),
        })
    });
    Ok(request)
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
