//! The bank's look at the payer's browser is over, one way or another. It never fails a payment: what it came to is told
//! to the acquirer, which goes on with it.

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, ChallengeId};

use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::bank_result::{BankResult, Completion, is_method_done};
use crate::domain::challenge::{Challenge, Step};
use crate::domain::payment_session::PaymentSession;
use crate::operations::OperationError;
use crate::operations::confirm_payment::hold_session;
use crate::operations::finish_challenge::{Returned, find, hand_over};
use crate::store::challenges;

/// The bank says that it has looked. Whether it said so for this transaction; else nothing changes.
///
/// # Errors
///
/// `challenge_not_found`.
pub async fn method_notified(
    app: &App,
    id: ChallengeId,
    method_data: Option<&str>,
) -> Result<(Returned, bool), OperationError> {
    let returned = find(app, id).await?;
    let done = match &returned.challenge.asked.step {
        Step::Fingerprint { transaction, .. } => {
            method_data.is_some_and(|data| is_method_done(data, transaction))
        }
        Step::Challenge(_) | Step::Redirect(_) => false,
    };
    if done {
        end(app, returned.challenge.attempt_id, Completion::Completed).await?;
    }
    Ok((returned, done))
}

/// The start page has waited long enough.
///
/// # Errors
///
/// `challenge_not_found`; `challenge_moved` when another opening counts.
pub async fn look_is_over(app: &App, id: ChallengeId, nonce: &str) -> Result<(), OperationError> {
    let challenge = find(app, id).await?.challenge;
    if !challenge.is_opened_by(nonce) {
        return Err(ErrorCode::ChallengeMoved.into());
    }
    end(app, challenge.attempt_id, Completion::NotCompleted).await
}

/// The frame cannot show the start page, or has waited long enough for it.
///
/// # Errors
///
/// `challenge_not_found`, also for another session's.
pub async fn skip_fingerprint(
    app: &App,
    session: &PaymentSession,
    id: ChallengeId,
) -> Result<(), OperationError> {
    let challenge = find(app, id).await?.challenge;
    if challenge.session_id != session.id {
        return Err(ErrorCode::ChallengeNotFound.into());
    }
    forget_opening(app, id).await?;
    end(app, challenge.attempt_id, Completion::NotCompleted).await
}

/// A start page that has said nothing may be gone: what follows is opened anew.
async fn forget_opening(app: &App, id: ChallengeId) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let known = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    hold_session(&mut tx, known.session_id).await?;
    // Read again: it may have changed while we waited for the payment.
    let challenge = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    if challenge.asked.step.kind() == ChallengeKind::Fingerprint && challenge.opening.is_some() {
        let closed = Challenge {
            opening: None,
            opened_at: None,
            ..challenge
        };
        challenges::save(&mut tx, &closed).await?;
    }
    Ok(tx.commit().await?)
}

/// Goes on at once where the bank wants no look.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn go_on_without_method(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    let challenge = challenge_of(app, attempt).await?;
    match challenge.map(|challenge| challenge.asked.step) {
        Some(Step::Fingerprint { url: None, .. }) if attempt.state == State::ActionRequired => {
            end(app, attempt.id, Completion::NoMethod).await
        }
        Some(Step::Fingerprint { .. } | Step::Challenge(_) | Step::Redirect(_)) | None => Ok(()),
    }
}

/// Goes on where nobody has said anything for too long.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn give_up_look(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    go_on_without_method(app, attempt).await?;
    forget_opening(app, attempt.challenge_id).await?;
    end(app, attempt.id, Completion::NotCompleted).await
}

async fn challenge_of(app: &App, attempt: &Attempt) -> Result<Option<Challenge>, OperationError> {
    let mut tx = app.store.read().await?;
    Ok(challenges::find_by_attempt(&mut tx, attempt.id).await?)
}

async fn end(app: &App, attempt: AttemptId, completion: Completion) -> Result<(), OperationError> {
    hand_over(app, attempt, &BankResult::Fingerprint(completion))
        .await
        .map(|_| ())
}
