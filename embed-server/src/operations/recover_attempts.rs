//! Finds attempts that a crash or a silent acquirer left behind, and ends what has waited too long. It never charges.

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::api_key::Mode;
use checkout_protocol::attempt::State;

use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::operations::OperationError;
use crate::operations::call_acquirer::Sending;
use crate::operations::finish_challenge::ask_without_return;
use crate::operations::finish_fingerprint::give_up_look;
use crate::operations::record_answer::undo;
use crate::operations::settle_attempt::{Change, settle_attempt};
use crate::operations::{charge_saved_card, finish_challenge};
use crate::store::{attempts, owed_reversals};

const BATCH: i64 = 100;

/// How long a process may work on a challenge result before another one takes it for lost.
const LOST_AFTER_MS: i64 = 60_000;

/// When recovery runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// This process has just started: what an earlier one was sending is lost now.
    Start,
    /// From time to time.
    Sweep,
}

/// Goes over everything that may be stuck. What fails for one attempt is logged and does not keep the others waiting.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn recover_attempts(app: &App, when: When) -> Result<(), OperationError> {
    let now = app.now().0;
    let lost_before = match when {
        When::Start => now,
        When::Sweep => now - LOST_AFTER_MS,
    };
    for attempt in stuck(app, State::Calling, lost_before).await? {
        log(&attempt, recover(app, &attempt).await);
    }
    for (id, reference) in owed(app, lost_before).await? {
        if let Err(error) = reverse_again(app, &id, &reference).await {
            tracing::error!(attempt = id, %error, "a charge that must go back could not be looked after yet");
        }
    }
    for mode in [Mode::Test, Mode::Live] {
        for kind in ChallengeKind::ALL {
            for attempt in open_too_long(app, mode, kind).await? {
                log(&attempt, end_step(app, &attempt, kind).await);
            }
        }
    }
    Ok(())
}

async fn owed(app: &App, until: i64) -> Result<Vec<(String, String)>, OperationError> {
    let mut tx = app.store.read().await?;
    Ok(owed_reversals::find_owed(&mut tx, until, BATCH).await?)
}

async fn find(app: &App, id: &str) -> Result<Option<Attempt>, OperationError> {
    let Ok(id) = id.parse() else {
        return Ok(None);
    };
    let mut tx = app.store.read().await?;
    Ok(attempts::find(&mut tx, id).await?)
}

/// A charge that nobody wants, and whose reversal was not taken note of so far.
async fn reverse_again(app: &App, id: &str, reference: &str) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    owed_reversals::note_asked(&mut tx, reference, app.now()).await?;
    tx.commit().await?;
    if let Some(attempt) = find(app, id).await? {
        undo(app, &attempt, Some(reference)).await;
    } else {
        tracing::error!(
            attempt = id,
            "a charge must be undone and its attempt is gone: undo it by hand"
        );
    }
    Ok(())
}

async fn open_too_long(
    app: &App,
    mode: Mode,
    kind: ChallengeKind,
) -> Result<Vec<Attempt>, OperationError> {
    let (time, late) = app.limits(mode).step_ms(kind);
    let until = app.now().0 - time - late;
    let mut tx = app.store.read().await?;
    Ok(attempts::find_at_step(&mut tx, mode, kind, until, BATCH).await?)
}

/// Whoever can be asked without the payer is asked; else the payer has left.
async fn end_step(app: &App, attempt: &Attempt, kind: ChallengeKind) -> Result<(), OperationError> {
    match kind {
        ChallengeKind::Fingerprint => give_up_look(app, attempt).await,
        ChallengeKind::Challenge => ask_without_return(app, attempt).await.map(|_| ()),
        ChallengeKind::Redirect => settle_attempt(app, attempt.id, Change::Left, None)
            .await
            .map(|_| ()),
    }
}

async fn recover(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    let too_old = attempt.changed_at.0 <= app.now().0 - app.limits(attempt.mode).unknown_after_ms;
    if too_old {
        tracing::error!(attempt = %attempt.id, "no news of a charge: ask the acquirer, then `embed-server attempts settle`");
        settle_attempt(app, attempt.id, Change::NoNews, None).await?;
    } else if attempt.press.is_none() {
        charge_saved_card::send(app, attempt, Sending::Again).await?;
    } else if attempt.challenge_result.is_some() {
        finish_challenge::send(app, attempt, Sending::Again).await?;
    }
    Ok(())
}

fn log(attempt: &Attempt, recovered: Result<(), OperationError>) {
    if let Err(error) = recovered {
        tracing::error!(attempt = %attempt.id, %error, "an attempt could not be looked after yet");
    }
}

async fn stuck(app: &App, state: State, until: i64) -> Result<Vec<Attempt>, OperationError> {
    let mut tx = app.store.read().await?;
    Ok(attempts::find_stuck(&mut tx, state, until, BATCH).await?)
}
