//! An attempt changes its state, and payment, session and events change with it, in one transaction.

use checkout_protocol::api::payment::PaidCard;
use checkout_protocol::api::payment_method::SavedCardFacts;
use checkout_protocol::attempt::{Event, State};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, SessionId};
use checkout_protocol::timestamp::Timestamp;

use crate::acquirer::Approval;
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::bank_result::BankResult;
use crate::domain::challenge::{Asked, Challenge};
use crate::domain::customer::Customer;
use crate::domain::event::previous;
use crate::domain::payment::Payment;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::payment_session;
use crate::metrics;
use crate::operations::{OperationError, change_customers};
use crate::store::events::{self, EventType};
use crate::store::{
    Transaction, attempts, challenges, customers, owed_reversals, payment_methods,
    payment_sessions, payments,
};

/// What became of an attempt.
#[derive(Clone, Debug)]
pub enum Change {
    /// The acquirer approved it.
    Approved(Approval),
    /// The acquirer or issuer refused it.
    Declined(ErrorCode),
    /// The issuer wants the payer, or a look at the payer's browser.
    ChallengeAsked(Asked),
    /// The step came back with this.
    ChallengeReturned(BankResult),
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
    settle_and_owe(app, id, change, acquirer_reference.as_deref(), |_| false).await
}

/// The same, and notes in the same transaction that the charge must go back, if it must: this process may not live to see it
/// gone.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn settle_and_owe(
    app: &App,
    id: AttemptId,
    change: Change,
    acquirer_reference: Option<&str>,
    must_go_back: impl FnOnce(&Settled) -> bool,
) -> Result<Settled, OperationError> {
    let reference = acquirer_reference.map(str::to_owned);
    let mut tx = app.store.begin().await?;
    let settled = settle_in(app, &mut tx, id, change, reference).await?;
    if let (true, Some(reference)) = (must_go_back(&settled), acquirer_reference) {
        owed_reversals::owe(&mut tx, id, reference, app.now()).await?;
    }
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
    app.changes.announce(attempt);
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
    let known = attempts::find(tx, id)
        .await?
        .ok_or(OperationError::Internal("an attempt vanished"))?;
    let payment = payments::hold(tx, known.merchant_id, known.mode, known.payment_id)
        .await?
        .ok_or(OperationError::Internal("an attempt's payment vanished"))?;
    // Read again: it may have changed while we waited for the payment.
    let before = attempts::find(tx, id)
        .await?
        .ok_or(OperationError::Internal("an attempt vanished"))?;
    let Ok(state) = before.state.after(event(&change)) else {
        return Ok(Settled::Refused(before));
    };
    if let Change::Approved(approval) = &change {
        attach_card(app, tx, &before, &payment, approval).await?;
        renew_card(tx, &before, approval).await?;
    }
    if state == before.state || is_of_another_step(tx, &before, &change).await? {
        return Ok(Settled::Same(before));
    }
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
        authentication: match &change {
            Change::Approved(approval) if !approval.authentication.is_empty() => {
                Some(approval.authentication.clone())
            }
            _ => before.authentication.clone(),
        },
        changed_at: app.now(),
        ..before
    };
    attempts::save(tx, &attempt).await?;
    if let Change::ChallengeAsked(asked) = &change {
        open_challenge(app, tx, &attempt, asked.clone()).await?;
    }
    let card = match change {
        Change::Approved(approval) => Some(approval.card),
        _ => None,
    };
    follow(app, tx, &attempt, payment, card).await?;
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

/// Whether a result comes too late: the issuer asks for something else by now.
async fn is_of_another_step(
    tx: &mut Transaction,
    attempt: &Attempt,
    change: &Change,
) -> Result<bool, OperationError> {
    let Change::ChallengeReturned(result) = change else {
        return Ok(false);
    };
    let challenge = challenges::find_by_attempt(tx, attempt.id).await?;
    Ok(challenge.is_none_or(|challenge| !result.is_of(&challenge.asked.step)))
}

/// An acquirer that asks a second time gets the same challenge with its new step.
async fn open_challenge(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
    asked: Asked,
) -> Result<(), OperationError> {
    let Some(session_id) = attempt.session_id() else {
        return Err(OperationError::Internal(
            "a challenge for a payer who is not there",
        ));
    };
    let (time, _) = app.limits(attempt.mode).step_ms(asked.step.kind());
    let expires_at = app.now().plus_ms(time);
    match challenges::find_by_attempt(tx, attempt.id).await? {
        None => {
            let fresh = new_challenge(attempt, session_id, asked, expires_at);
            challenges::insert(tx, &fresh).await?;
        }
        Some(earlier) => challenges::save(tx, &earlier.with_step(asked, expires_at)).await?,
    }
    Ok(())
}

fn new_challenge(
    attempt: &Attempt,
    session_id: SessionId,
    asked: Asked,
    expires_at: Timestamp,
) -> Challenge {
    Challenge {
        id: attempt.challenge_id,
        merchant_id: attempt.merchant_id,
        mode: attempt.mode,
        session_id,
        attempt_id: attempt.id,
        asked,
        opening: None,
        opened_at: None,
        expires_at,
        version: 1,
    }
}

/// What follows for the payment, the session and the events.
async fn follow(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
    before: Payment,
    card: Option<PaidCard>,
) -> Result<(), OperationError> {
    let (status_before, view_before) = (before.status, before.view());
    let payment = Payment {
        card: card.or(before.card.clone()),
        ..before.with_attempt(attempt.state, attempt.decline_code)
    };
    payments::save(tx, &payment).await?;
    follow_in_sessions(app, tx, attempt).await?;
    let event_type = match attempt.state {
        State::Authorised if !status_before.was_collected() => EventType::PaymentSucceeded,
        State::Declined | State::Abandoned => EventType::PaymentFailed,
        State::Authorised | State::Calling | State::ActionRequired | State::Unknown => {
            return Ok(());
        }
    };
    let happened = app.happened(payment.merchant_id, payment.mode);
    let view = payment.view();
    let previous = previous(&view_before, &view);
    Ok(events::insert(tx, happened, event_type, &view, Some(previous)).await?)
}

/// What is paid is paid in every session that was made for it. The attempt's own session is saved also when only its
/// version changes: the frame's long poll hears of the attempt by it.
async fn follow_in_sessions(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
) -> Result<(), OperationError> {
    for session in payment_sessions::find_by_payment(tx, attempt.payment_id).await? {
        if attempt.state == State::Authorised {
            let complete = session.after(payment_session::Event::Paid, app.now());
            payment_sessions::save(tx, &complete).await?;
        } else if Some(session.id) == attempt.session_id() {
            payment_sessions::save(tx, &session).await?;
        }
    }
    Ok(())
}

/// A saved card that its issuer has renewed is shown as it is now.
async fn renew_card(
    tx: &mut Transaction,
    attempt: &Attempt,
    approval: &Approval,
) -> Result<(), OperationError> {
    let (Some(id), Some((month, year))) = (attempt.payment_method, approval.expiry) else {
        return Ok(());
    };
    let whose = (attempt.merchant_id, attempt.mode);
    let Some(mut method) = payment_methods::find(tx, whose.0, whose.1, id).await? else {
        return Ok(());
    };
    let known = (method.card.exp_month, method.card.exp_year);
    if known != (Some(month), Some(year)) {
        (method.card.exp_month, method.card.exp_year) = (Some(month), Some(year));
        payment_methods::save_card(tx, &method).await?;
    }
    Ok(())
}

/// The card that the payer let the merchant keep becomes the customer's, once: by whichever word of the acquirer names
/// it first.
async fn attach_card(
    app: &App,
    tx: &mut Transaction,
    attempt: &Attempt,
    payment: &Payment,
    approval: &Approval,
) -> Result<(), OperationError> {
    let (true, Some(kept), Some(customer)) = (attempt.save_card, &approval.kept, payment.customer)
    else {
        return Ok(());
    };
    if !attempts::note_card_kept(tx, attempt).await? {
        return Ok(());
    }
    let customer = customers::hold(tx, attempt.merchant_id, attempt.mode, customer)
        .await?
        .ok_or(OperationError::Internal("a payment's customer vanished"))?;
    let method = PaymentMethod {
        id: app.id(),
        merchant_id: attempt.merchant_id,
        mode: attempt.mode,
        customer: customer.id,
        acquirer_token: kept.token.clone(),
        card: SavedCardFacts {
            brand: approval.card.brand.clone(),
            last4: approval.card.last4.clone(),
            exp_month: kept.exp_month,
            exp_year: kept.exp_year,
        },
        detached_at: None,
        created_at: app.now(),
    };
    if !payment_methods::insert(tx, &method).await? {
        return Ok(());
    }
    if customer.default_payment_method.is_none() {
        let before = customer.view();
        let after = Customer {
            default_payment_method: Some(method.id),
            ..customer
        };
        change_customers::save(app, tx, &before, &after).await?;
    }
    let happened = app.happened(attempt.merchant_id, attempt.mode);
    let event_type = EventType::PaymentMethodAttached;
    Ok(events::insert(tx, happened, event_type, &method.view(), None).await?)
}
