//! An attempt changes its state, and payment, session and events change with it, in one transaction.

use checkout_protocol::api::payment::PaidCard;
use checkout_protocol::attempt::{Event, State};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::AttemptId;

use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::challenge::{BankVisit, Challenge};
use crate::domain::payment::Payment;
use crate::domain::payment_session;
use crate::domain::payment_session::PaymentSession;
use crate::metrics;
use crate::operations::OperationError;
use crate::store::events::{self, EventType, Happened};
use crate::store::{Transaction, attempts, challenges, payment_sessions, payments};

/// What became of an attempt.
#[derive(Clone, Debug)]
pub enum Change {
    /// The acquirer approved it.
    Approved(PaidCard),
    /// The acquirer or issuer refused it.
    Declined(ErrorCode),
    /// The issuer wants the payer.
    ChallengeAsked(BankVisit),
    /// The bank's page came back with this.
    ChallengeReturned(String),
    /// The acquirer did not know what the bank's page brought; the real one may still come.
    ChallengeStillOpen,
    /// The payer left the challenge.
    Left,
    /// No usable answer in time.
    NoNews,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Settled {
    /// The attempt as it is now.
    Changed(Attempt),
    /// It already stood there.
    Same(Attempt),
    /// Its state does not take the change; it is as it was.
    Refused(Attempt),
}

impl Settled {
    /// The attempt, whatever came of the change.
    #[must_use]
    pub fn attempt(self) -> Attempt {
        match self {
            Self::Changed(attempt) | Self::Same(attempt) | Self::Refused(attempt) => attempt,
        }
    }
}

/// Applies a change to an attempt.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn settle_attempt(
    app: &App,
    id: AttemptId,
    change: Change,
    acquirer_reference: Option<String>,
) -> Result<Settled, OperationError> {
    let mut tx = app.store.begin().await?;
    let settled = settle_in(app, &mut tx, id, change, acquirer_reference).await?;
    tx.commit().await?;
    if let Settled::Changed(attempt) = &settled {
        announce(app, attempt).await?;
    }
    Ok(settled)
}

/// Wakes everyone who waits for a session of the attempt's payment; after the commit.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn announce(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    metrics::attempt_changed(attempt.state);
    app.changes.announce(attempt.session_id);
    if attempt.state == State::Authorised {
        let mut tx = app.store.read().await?;
        for session in payment_sessions::find_by_payment(&mut tx, attempt.payment_id).await? {
            app.changes.announce(session.id);
        }
    }
    Ok(())
}

/// The same within a transaction; the caller announces the session's change after the commit.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn settle_in(
    app: &App,
    tx: &mut Transaction,
    id: AttemptId,
    change: Change,
    acquirer_reference: Option<String>,
) -> Result<Settled, OperationError> {
    let before = attempts::find(tx, id)
        .await?
        .ok_or(OperationError::Internal("an attempt vanished"))?;
    let state = match before.state.after(event(&change)) {
        Ok(state) if state == before.state => return Ok(Settled::Same(before)),
        Ok(state) => state,
        Err(_) => return Ok(Settled::Refused(before)),
    };
    let attempt = Attempt {
        state,
        acquirer_reference: acquirer_reference.or(before.acquirer_reference.clone()),
        decline_code: match &change {
            Change::Declined(code) => Some(*code),
            _ => None,
        },
        challenge_result: match &change {
            Change::ChallengeReturned(result) => Some(result.clone()),
            Change::ChallengeStillOpen => None,
            _ => before.challenge_result.clone(),
        },
        changed_at: app.now(),
        ..before
    };
    attempts::save(tx, &attempt).await?;
    if let Change::ChallengeAsked(visit) = &change {
        open_challenge(app, tx, &attempt, visit.clone()).await?;
    }
    let card = match change {
        Change::Approved(card) => Some(card),
        _ => None,
    };
    follow(app, tx, &attempt, card).await?;
    Ok(Settled::Changed(attempt))
}

const fn event(change: &Change) -> Event {
    match change {
        Change::Approved(_) => Event::Approved,
        Change::Declined(_) => Event::Refused,
        Change::ChallengeAsked(_) | Change::ChallengeStillOpen => Event::ChallengeAsked,
        Change::ChallengeReturned(_) => Event::ChallengeReturned,
        Change::Left => Event::Left,
        Change::NoNews => Event::NoNews,
    }
}

/// An acquirer that asks a second time gets the same challenge with its new way to the bank.
async fn open_challenge(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
    visit: BankVisit,
) -> Result<(), OperationError> {
    let fresh = new_challenge(app, attempt, visit);
    match challenges::find_by_attempt(tx, attempt.id).await? {
        None => challenges::insert(tx, &fresh).await?,
        Some(earlier) => {
            let again = Challenge {
                version: earlier.version,
                ..fresh
            };
            challenges::save(tx, &again).await?;
        }
    }
    Ok(())
}

fn new_challenge(app: &App, attempt: &Attempt, visit: BankVisit) -> Challenge {
    Challenge {
        id: attempt.challenge_id,
        merchant_id: attempt.merchant_id,
        mode: attempt.mode,
        session_id: attempt.session_id,
        attempt_id: attempt.id,
        visit,
        opening: None,
        opened_at: None,
        expires_at: app.now().plus_ms(app.limits(attempt.mode).bank_ms),
        version: 1,
    }
}

/// What follows for the payment, the session and the events.
async fn follow(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
    card: Option<PaidCard>,
) -> Result<(), OperationError> {
    let now = app.now();
    let before = payments::find(tx, attempt.merchant_id, attempt.mode, attempt.payment_id)
        .await?
        .ok_or(OperationError::Internal("an attempt's payment vanished"))?;
    let status_before = before.status;
    let payment = Payment {
        card: card.or(before.card.clone()),
        ..before.with_attempt(attempt.state, attempt.decline_code)
    };
    payments::save(tx, &payment).await?;

    let session = payment_sessions::find_public(tx, attempt.session_id)
        .await?
        .ok_or(OperationError::Internal("an attempt's session vanished"))?;
    let session = match attempt.state {
        State::Authorised => session.after(payment_session::Event::Paid, now),
        State::Calling
        | State::ActionRequired
        | State::Declined
        | State::Unknown
        | State::Abandoned => session,
    };
    // Saved also when only its version changes: the frame's long poll hears of the attempt by it.
    payment_sessions::save(tx, &session).await?;
    if attempt.state == State::Authorised {
        complete_other_sessions(app, tx, &session).await?;
    }

    let event_type = match attempt.state {
        State::Authorised if !status_before.was_collected() => EventType::PaymentSucceeded,
        State::Declined | State::Abandoned => EventType::PaymentFailed,
        State::Authorised | State::Calling | State::ActionRequired | State::Unknown => {
            return Ok(());
        }
    };
    let happened = Happened {
        id: app.id(),
        merchant_id: payment.merchant_id,
        mode: payment.mode,
        at: now,
    };
    Ok(events::insert(tx, happened, event_type, &payment.view()).await?)
}

/// What is paid is paid in every session that was made for it.
async fn complete_other_sessions(
    app: &App,
    tx: &mut Transaction,
    paid: &PaymentSession,
) -> Result<(), OperationError> {
    for session in payment_sessions::find_by_payment(tx, paid.payment_id).await? {
        if session.id != paid.id {
            let complete = session.after(payment_session::Event::Paid, app.now());
            payment_sessions::save(tx, &complete).await?;
        }
    }
    Ok(())
}
