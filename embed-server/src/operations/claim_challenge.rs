//! A start page asks to go to the bank. Only the opening that the frame announced last may.

use std::time::Duration;

use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;

use crate::app::App;
use crate::domain::challenge::{Challenge, Claim, Way};
use crate::operations::OperationError;
use crate::operations::confirm_payment::hold_session;
use crate::store::{attempts, challenges, payment_sessions};

/// How long a start page may be ahead of the frame's announcement of it.
const WAIT_FOR_FRAME: Duration = Duration::from_secs(5);

/// Where the start page goes.
///
/// # Errors
///
/// `challenge_not_found`; `challenge_moved` when another opening counts, the payer has left for the bank already, or
/// the attempt has ended.
pub async fn claim_challenge(
    app: &App,
    id: ChallengeId,
    nonce: &str,
) -> Result<Way, OperationError> {
    let mut tx = app.store.read().await?;
    let challenge = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    drop(tx);
    let deadline = tokio::time::Instant::now() + WAIT_FOR_FRAME;
    let changed = app.changes.of(challenge.session_id);
    loop {
        let notified = changed.notified();
        tokio::pin!(notified);
        notified.as_mut().enable();
        if let Some(way) = try_claim(app, id, nonce).await? {
            app.changes.announce(challenge.session_id);
            return Ok(way);
        }
        // In slices, because the frame's announcement may have reached another process.
        let slice = tokio::time::Instant::now() + SLICE;
        let _ = tokio::time::timeout_at(slice.min(deadline), notified).await;
        if tokio::time::Instant::now() >= deadline {
            return Err(ErrorCode::ChallengeMoved.into());
        }
    }
}

/// How long a start page may miss what another process was told.
const SLICE: Duration = Duration::from_millis(250);

async fn try_claim(app: &App, id: ChallengeId, nonce: &str) -> Result<Option<Way>, OperationError> {
    let mut tx = app.store.begin().await?;
    let known = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    let (session, _) = hold_session(&mut tx, known.session_id)
        .await?
        .ok_or(OperationError::Internal("a challenge's session vanished"))?;
    // Read again: it may have changed while we waited for the payment.
    let challenge = challenges::find(&mut tx, id)
        .await?
        .ok_or(ErrorCode::ChallengeNotFound)?;
    let attempt = attempts::find(&mut tx, challenge.attempt_id)
        .await?
        .ok_or(OperationError::Internal("a challenge's attempt vanished"))?;
    if attempt.state != State::ActionRequired {
        return Err(ErrorCode::ChallengeMoved.into());
    }
    match challenge.claim(nonce) {
        Claim::Elsewhere => return Err(ErrorCode::ChallengeMoved.into()),
        Claim::NotYet => return Ok(None),
        Claim::Granted => {}
    }
    let limits = app.limits(challenge.mode);
    let way = challenge.way(app.checkout_origin.as_str(), limits.fingerprint_ms);
    let opened = Challenge {
        opened_at: challenge.opened_at.or(Some(app.now())),
        ..challenge
    };
    challenges::save(&mut tx, &opened).await?;
    // Raises the version: the frame hears that the payer is at the bank.
    payment_sessions::save(&mut tx, &session).await?;
    tx.commit().await?;
    Ok(Some(way))
}
