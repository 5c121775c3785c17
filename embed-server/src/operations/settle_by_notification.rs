//! The acquirer tells us what happened, signed. It may come before our own answer, late, twice, or instead of it.

use std::time::Duration;

use checkout_protocol::attempt::State;
use checkout_protocol::id::{AttemptId, RefundId};
use checkout_protocol::money::Money;

use crate::acquirer::{News, Notification, Verdict};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::refund::RefundEvent;
use crate::operations::OperationError;
use crate::operations::record_answer::{refuse_unauthenticated, undo};
use crate::operations::send_refund::{RefundChange, change_refund_in};
use crate::operations::settle_attempt::{Change, Settled, announce, settle_in};
use crate::store::events::{self, EventType};
use crate::store::{Transaction, acquirer_notifications, attempts, payments};

/// Applies a notification that was verified. When it fails, the acquirer sends it again.
///
/// # Errors
///
/// [`OperationError::Store`]; `Internal` when a late charge could not be reversed yet.
pub async fn settle_by_notification(
    app: &App,
    notification: &Notification,
) -> Result<(), OperationError> {
    match &notification.news {
        News::Authorisation {
            attempt,
            verdict,
            amount,
        } => settle_charge(app, notification, *attempt, verdict, *amount).await,
        News::Refund {
            refund,
            event,
            amount,
        } => settle_refund(app, notification, *refund, event.clone(), *amount).await,
        News::Other => Ok(()),
    }
}

async fn settle_charge(
    app: &App,
    notification: &Notification,
    attempt: AttemptId,
    verdict: &Verdict,
    amount: Option<Money>,
) -> Result<(), OperationError> {
    let Some(known) = own_answer_first(app, attempt).await? else {
        tracing::error!(%attempt, "a notification is about an attempt that we never made");
        return Ok(());
    };
    let change = match agreed(verdict, amount, known.amount) {
        Verdict::Authorised(approval) => {
            let reference = Some(notification.acquirer_reference.as_str());
            refuse_unauthenticated(app, attempt, &approval, reference).await?;
            Change::Approved(approval)
        }
        Verdict::Declined(code) => Change::Declined(code),
        Verdict::Challenge(_) | Verdict::Pending => return Ok(()),
        Verdict::Foreign(why) | Verdict::Unclear(why) => {
            tracing::error!(%attempt, why, "a notification cannot be trusted: settle this attempt by hand");
            Change::NoNews
        }
    };
    apply(app, notification, attempt, change).await
}

/// A refund of another amount than was asked for is not believed.
async fn settle_refund(
    app: &App,
    notification: &Notification,
    id: RefundId,
    event: RefundEvent,
    amount: Option<Money>,
) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    if !note(app, &mut tx, notification).await? {
        return Ok(());
    }
    match change_refund_in(app, &mut tx, id, amount, event).await? {
        RefundChange::Changed | RefundChange::Same => {}
        RefundChange::OtherAmount => {
            tracing::error!(refund = %id, "a notification is about another amount: look at this refund by hand");
        }
        RefundChange::NotOurs => {
            tracing::error!(refund = %id, "a notification is about a refund that we never made");
        }
    }
    Ok(tx.commit().await?)
}

/// Notes the notification; `false` when it took effect before.
async fn note(
    app: &App,
    tx: &mut Transaction,
    notification: &Notification,
) -> Result<bool, OperationError> {
    let Notification {
        acquirer_reference,
        event_code,
        success,
        ..
    } = notification;
    let now = app.now();
    Ok(acquirer_notifications::note(tx, acquirer_reference, event_code, *success, now).await?)
}

/// How long a notification waits for the answer to our own call, which says more: why a card was declined, and which
/// card paid.
const WAIT_FOR_ANSWER: Duration = Duration::from_secs(5);

/// The attempt, after the call that this process has under way for it, if there is one.
async fn own_answer_first(app: &App, id: AttemptId) -> Result<Option<Attempt>, OperationError> {
    let Some(attempt) = find(app, id).await? else {
        return Ok(None);
    };
    let answered = app.changes.until(&attempt, WAIT_FOR_ANSWER, || async {
        let now = find(app, id).await?;
        let calling = now
            .as_ref()
            .is_some_and(|attempt| attempt.state == State::Calling && app.in_flight.has(attempt));
        Ok::<_, OperationError>(if calling { None } else { now })
    });
    let answered = answered.await?;
    Ok(answered.or(Some(attempt)))
}

async fn find(app: &App, id: AttemptId) -> Result<Option<Attempt>, OperationError> {
    let mut tx = app.store.read().await?;
    Ok(attempts::find(&mut tx, id).await?)
}

/// An approval of another amount than was asked for is not believed.
fn agreed(verdict: &Verdict, amount: Option<Money>, asked: Money) -> Verdict {
    match verdict {
        Verdict::Authorised(_) if amount != Some(asked) => {
            Verdict::Unclear("the notification is about another amount".to_owned())
        }
        other => other.clone(),
    }
}

async fn apply(
    app: &App,
    notification: &Notification,
    attempt: AttemptId,
    change: Change,
) -> Result<(), OperationError> {
    let approved = matches!(change, Change::Approved(_));
    let reference = notification.acquirer_reference.clone();
    let mut tx = app.store.begin().await?;
    let fresh = note(app, &mut tx, notification).await?;
    if !fresh {
        return Ok(());
    }
    let settled = settle_in(app, &mut tx, attempt, change, Some(reference.clone())).await?;
    match &settled {
        // The note is not kept until the charge is undone, so that the acquirer goes on telling us.
        Settled::Refused(left) if approved && left.state != State::Authorised => {
            drop(tx);
            if !undo(app, left, Some(&reference)).await {
                return Err(OperationError::Internal(
                    "a late charge is not reversed yet",
                ));
            }
            note_reversal(app, notification, left).await?;
        }
        Settled::Refused(_) | Settled::Same(_) => tx.commit().await?,
        Settled::Changed(attempt) => {
            tx.commit().await?;
            announce(app, attempt).await?;
        }
    }
    Ok(())
}

async fn note_reversal(
    app: &App,
    notification: &Notification,
    attempt: &Attempt,
) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let fresh = note(app, &mut tx, notification).await?;
    let payment = payments::find(
        &mut tx,
        attempt.merchant_id,
        attempt.mode,
        attempt.payment_id,
    )
    .await?;
    if let (true, Some(payment)) = (fresh, payment) {
        let happened = app.happened(attempt.merchant_id, attempt.mode);
        events::insert(
            &mut tx,
            happened,
            EventType::PaymentReversed,
            &payment.view(),
            None,
        )
        .await?;
    }
    Ok(tx.commit().await?)
}
