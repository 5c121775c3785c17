//! What the acquirer answered becomes the attempt's state. What is not understood is never a success and never a
//! decline.

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::AttemptId;

use crate::acquirer::{Answer, Approval, CallError, Verdict};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::operations::OperationError;
use crate::operations::settle_attempt::{Change, Settled, settle_and_owe};
use crate::store::{attempts, challenges, owed_reversals};

/// Which call was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The charge itself.
    Authorise,
    /// The result of a step of its authentication.
    Finish,
}

/// Records the answer; `None` when the attempt still waits for news.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn record_answer(
    app: &App,
    id: AttemptId,
    call: Call,
    answer: Result<Answer, CallError>,
) -> Result<Option<Attempt>, OperationError> {
    let (change, reference) = match answer {
        Ok(answer) => (read(id, call, answer.verdict), answer.acquirer_reference),
        Err(error) => (read_error(id, call, &error), None),
    };
    let change = match change {
        None => return Ok(None),
        // Nobody brings the real one any more, and whoever went on waiting for it would wait for ever.
        Some(Change::ChallengeStillOpen) if is_over(app, id).await? => {
            Change::Declined(ErrorCode::ChallengeAbandoned)
        }
        Some(Change::ChallengeAsked(_)) if asks_without_end(app, id).await? => {
            tracing::error!(attempt = %id, "the acquirer asks for step after step");
            Change::Declined(ErrorCode::ChallengeAbandoned)
        }
        Some(change) => change,
    };
    if let Change::Approved(approval) = &change {
        refuse_unauthenticated(app, id, approval, reference.as_deref()).await?;
    }
    let approved = matches!(change, Change::Approved(_));
    let settled = settle_and_owe(app, id, change, reference.as_deref(), |settled| {
        approved && matches!(settled, Settled::Refused(_))
    })
    .await?;
    if let (Settled::Refused(attempt), true) = (&settled, approved) {
        undo(app, attempt, reference.as_deref()).await;
    }
    Ok(Some(settled.attempt()))
}

/// A charge that stands on no authentication is none: the attempt is declined first, so that the approval comes too late
/// and is undone like every charge that nobody wants.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn refuse_unauthenticated(
    app: &App,
    id: AttemptId,
    approval: &Approval,
    acquirer_reference: Option<&str>,
) -> Result<(), OperationError> {
    let authentication = &approval.authentication;
    let Err(code) = authentication.may_charge(app.when_unavailable) else {
        return Ok(());
    };
    tracing::warn!(attempt = %id, status = ?authentication.status, "charged without an authentication that would allow it");
    let declined = Change::Declined(code);
    let settled = settle_and_owe(app, id, declined, acquirer_reference, |settled| {
        matches!(settled, Settled::Changed(_))
    })
    .await?;
    if let Settled::Refused(attempt) = settled
        && attempt.state == State::Authorised
    {
        // A notification without a word on it was believed before, and the order may be on its way.
        tracing::error!(attempt = %id, "this charge stands without an authentication that would allow it: refund it, or accept the risk");
    }
    Ok(())
}

/// Whether the time for the payer's step, and for late news of it, is over.
async fn is_over(app: &App, id: AttemptId) -> Result<bool, OperationError> {
    let mut tx = app.store.read().await?;
    let challenge = challenges::find_by_attempt(&mut tx, id).await?;
    Ok(challenge.is_some_and(|challenge| {
        let (_, late_ms) = app
            .limits(challenge.mode)
            .step_ms(challenge.asked.step.kind());
        app.now().0 >= challenge.expires_at.0 + late_ms
    }))
}

/// Banks ask twice at most; an attempt has the time of this many steps at the bank.
const STEPS: i64 = 3;

/// Whether the attempt has had its time: a further step would hold the session open, and the payer, for ever.
async fn asks_without_end(app: &App, id: AttemptId) -> Result<bool, OperationError> {
    let mut tx = app.store.read().await?;
    let attempt = attempts::find(&mut tx, id).await?;
    Ok(attempt.is_some_and(|attempt| {
        let (bank_ms, late_ms) = app.limits(attempt.mode).step_ms(ChallengeKind::Challenge);
        app.now().0 >= attempt.created_at.0 + STEPS * (bank_ms + late_ms)
    }))
}

fn read(id: AttemptId, call: Call, verdict: Verdict) -> Option<Change> {
    match verdict {
        // Somebody brought another payment's result here; the right one may still come.
        Verdict::Foreign(why) if call == Call::Finish => {
            tracing::warn!(attempt = %id, why, "a challenge result of another payment");
            Some(Change::ChallengeStillOpen)
        }
        Verdict::Authorised(card) => Some(Change::Approved(card)),
        Verdict::Declined(code) => Some(Change::Declined(code)),
        Verdict::Challenge(asked) => Some(Change::ChallengeAsked(asked)),
        Verdict::Pending => None,
        Verdict::Foreign(why) | Verdict::Unclear(why) => {
            tracing::error!(attempt = %id, why, "the acquirer's answer cannot be trusted: settle this attempt by hand");
            Some(Change::NoNews)
        }
    }
}

fn read_error(id: AttemptId, call: Call, error: &CallError) -> Option<Change> {
    match (call, error) {
        (Call::Authorise, CallError::NotSent(_)) => {
            tracing::error!(attempt = %id, %error, "the acquirer cannot be reached");
            Some(Change::Declined(ErrorCode::ProcessingError))
        }
        (Call::Authorise, CallError::Rejected { code, .. }) => {
            tracing::error!(attempt = %id, %error, "the acquirer refused a charge as malformed");
            // Adyen 101: the card number fails its check.
            Some(Change::Declined(match code.as_str() {
                "101" => ErrorCode::IncorrectNumber,
                _ => ErrorCode::ProcessingError,
            }))
        }
        // Only these speak of the result; 401 and 403 speak of our own settings.
        (
            Call::Finish,
            CallError::Rejected {
                status: 400 | 422, ..
            },
        ) => {
            tracing::warn!(attempt = %id, %error, "the acquirer does not know this challenge result");
            Some(Change::ChallengeStillOpen)
        }
        (Call::Finish, CallError::NotSent(_) | CallError::Rejected { .. })
        | (_, CallError::NoAnswer(_) | CallError::Trouble(_)) => {
            tracing::warn!(attempt = %id, %error, "no answer of the acquirer; its notification will tell");
            None
        }
    }
}

/// Gives back what was charged although nobody wants it any more.
///
/// A failure is only logged: the charge is owed, and recovery brings us here again until it has gone back, as does the
/// acquirer's notification of the same charge.
pub async fn undo(app: &App, attempt: &Attempt, acquirer_reference: Option<&str>) -> bool {
    let Some(reference) = acquirer_reference else {
        tracing::error!(attempt = %attempt.id, "a charge must be undone and has no reference: undo it by hand");
        return false;
    };
    match app.acquirer.reverse(attempt.id, reference).await {
        Ok(()) => {
            tracing::warn!(attempt = %attempt.id, state = attempt.state.as_str(), "a late charge was reversed");
            if let Err(error) = no_longer_owed(app, reference).await {
                // It is reversed once more, which changes nothing.
                tracing::error!(attempt = %attempt.id, %error, "a reversal is still noted as owed");
            }
            true
        }
        Err(error) => {
            tracing::error!(attempt = %attempt.id, %error, "a late charge could not be reversed yet");
            false
        }
    }
}

async fn no_longer_owed(app: &App, acquirer_reference: &str) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    owed_reversals::settle(&mut tx, acquirer_reference).await?;
    Ok(tx.commit().await?)
}
