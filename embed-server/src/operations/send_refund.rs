//! A reserved refund goes to the acquirer, as often as it takes, and what the acquirer says of it becomes the refund's
//! and the payment's state.

use checkout_protocol::api::refund::RefundStatus;
use checkout_protocol::id::RefundId;
use checkout_protocol::money::Money;

use crate::acquirer::{CallError, GiveBack};
use crate::app::App;
use crate::domain::event::previous;
use crate::domain::refund::{Refund, RefundEvent};
use crate::in_flight::Work;
use crate::operations::OperationError;
use crate::store::events::{self, EventType};
use crate::store::{Transaction, payments, refunds};

const BATCH: i64 = 100;

/// How long a process may be at a refund before another one takes it for lost.
const LOST_AFTER_MS: i64 = 60_000;

/// Asks the acquirer for the refund, once; without an answer the refund stays pending and is sent again later, with the
/// same idempotency key.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn send_refund(app: &App, refund: &Refund) -> Result<(), OperationError> {
    let Some(_hold) = app.in_flight.take(Work::Refund(refund.id)) else {
        return Ok(());
    };
    let request = GiveBack {
        refund: refund.id,
        charge_reference: refund.charge_reference.clone(),
        amount: refund.amount,
    };
    let event = match app.acquirer.refund(&request).await {
        Ok(reference) => RefundEvent::Taken(reference),
        // Only what the acquirer says of the request itself; 401 and 403 speak of our own settings.
        Err(CallError::Rejected {
            status: 400 | 422,
            code,
        }) => RefundEvent::Failed(format!("the acquirer refused it: {code}")),
        Err(error) => {
            tracing::warn!(refund = %refund.id, %error, "a refund has no answer yet and is sent again");
            return Ok(());
        }
    };
    let mut tx = app.store.begin().await?;
    change_refund_in(app, &mut tx, refund.id, Some(refund.amount), event).await?;
    Ok(tx.commit().await?)
}

/// Sends what the acquirer has not taken yet. What fails for one refund does not keep the others waiting.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn send_lost_refunds(app: &App) -> Result<(), OperationError> {
    let mut tx = app.store.read().await?;
    let until = app.now().plus_ms(-LOST_AFTER_MS);
    let unsent = refunds::find_unsent(&mut tx, until, BATCH).await?;
    drop(tx);
    for refund in unsent {
        if let Err(error) = send_refund(app, &refund).await {
            tracing::error!(refund = %refund.id, %error, "a refund could not be sent yet");
        }
    }
    Ok(())
}

/// What came of something that the acquirer said of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundChange {
    /// The refund is another one now.
    Changed,
    /// It changed nothing.
    Same,
    /// The acquirer speaks of another amount.
    OtherAmount,
    /// There is no such refund.
    NotOurs,
}

/// Applies it, with what follows for the payment and the events.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn change_refund_in(
    app: &App,
    tx: &mut Transaction,
    id: RefundId,
    amount: Option<Money>,
    event: RefundEvent,
) -> Result<RefundChange, OperationError> {
    let Some(known) = refunds::find_any(tx, id).await? else {
        return Ok(RefundChange::NotOurs);
    };
    if amount != Some(known.amount) {
        return Ok(RefundChange::OtherAmount);
    }
    let payment = payments::hold(tx, known.merchant_id, known.mode, known.payment_id)
        .await?
        .ok_or(OperationError::Internal("a refund's payment vanished"))?;
    // Read again: it may have changed while we waited for the payment.
    let before = refunds::find_any(tx, id)
        .await?
        .ok_or(OperationError::Internal("a refund vanished"))?;
    let (status_before, refund_before) = (before.status, before.view());
    let Some(refund) = before.after(event, app.now()) else {
        return Ok(RefundChange::Same);
    };
    refunds::save(tx, &refund).await?;
    if refund.status == status_before {
        return Ok(RefundChange::Changed);
    }
    let whose = (payment.merchant_id, payment.mode);
    let refunded = refunds::sum(tx, whose, payment.id, RefundStatus::Succeeded).await?;
    let payment_before = payment.view();
    let payment = payment.with_refunded(refunded);
    payments::save(tx, &payment).await?;
    let happened = app.happened(payment.merchant_id, payment.mode);
    match refund.status {
        RefundStatus::Succeeded => {
            let view = payment.view();
            let previous = Some(previous(&payment_before, &view));
            events::insert(tx, happened, EventType::PaymentRefunded, &view, previous).await?;
        }
        RefundStatus::Failed => {
            let view = refund.view();
            let previous = Some(previous(&refund_before, &view));
            events::insert(tx, happened, EventType::RefundFailed, &view, previous).await?;
        }
        RefundStatus::Pending => {}
    }
    Ok(RefundChange::Changed)
}
