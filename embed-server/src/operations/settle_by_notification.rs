//! The acquirer tells us what happened, signed. It may come before our own answer, late, twice, or instead of it.

use std::time::Duration;

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::attempt::State;
use checkout_protocol::id::{AttemptId, RefundId};
use checkout_protocol::money::Money;

use crate::acquirer::{News, Notification, Verdict};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::refund::RefundEvent;
use crate::operations::call_acquirer::Sending;
use crate::operations::finish_challenge::Word;
use crate::operations::finish_fingerprint::give_up_look;
use crate::operations::record_answer::{refuse_unauthenticated, undo};
use crate::operations::send_refund::{RefundChange, change_refund_in};
use crate::operations::settle_attempt::{Change, Settled, announce, settle_in};
use crate::operations::{OperationError, finish_challenge};
use crate::store::events::{self, EventType};
use crate::store::{Transaction, acquirer_notifications, attempts, challenges, payments};

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
            if approval.authentication.status.is_none() {
                authentication_first(app, &known).await?;
            }
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
    apply(app, notification, &known, change).await
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

/// An approval that says nothing of the authentication is not enough for an attempt that went through one: the acquirer is
/// asked by us, and its answer says what the authentication came to. Three have to be believed without: one about which the
/// acquirer has answered and settled nothing; one about which it has been silent until the attempt became unknown; and one of
/// a redirect that nobody came back from, which nobody can ask about – there it authenticated on its own page.
///
/// # Errors
///
/// `Internal` when it has not answered yet: the notification comes again.
async fn authentication_first(app: &App, attempt: &Attempt) -> Result<(), OperationError> {
    if attempt.state == State::Calling && app.in_flight.has(attempt) {
        return Err(UNANSWERED);
    }
    let Some(kind) = step_of(app, attempt).await? else {
        return Ok(());
    };
    let word = match (attempt.state, kind) {
        (State::ActionRequired, ChallengeKind::Fingerprint) => {
            give_up_look(app, attempt).await?;
            None
        }
        (State::ActionRequired, ChallengeKind::Challenge) => {
            finish_challenge::ask_without_return(app, attempt).await?
        }
        (State::Calling, _) => Some(finish_challenge::send(app, attempt, Sending::Again).await?),
        (State::ActionRequired, ChallengeKind::Redirect)
        | (State::Unknown | State::Authorised | State::Declined | State::Abandoned, _) => {
            return Ok(());
        }
    };
    match find(app, attempt.id).await?.map(|now| now.state) {
        Some(State::ActionRequired) => Err(UNANSWERED),
        Some(State::Calling) if word != Some(Word::Said) => Err(UNANSWERED),
        _ => Ok(()),
    }
}

const UNANSWERED: OperationError = OperationError::Internal(
    "an approval says nothing of the authentication, and the acquirer has not answered us yet",
);

async fn step_of(app: &App, attempt: &Attempt) -> Result<Option<ChallengeKind>, OperationError> {
    let mut tx = app.store.read().await?;
    let challenge = challenges::find_by_attempt(&mut tx, attempt.id).await?;
    Ok(challenge.map(|challenge| challenge.asked.step.kind()))
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
    known: &Attempt,
    change: Change,
) -> Result<(), OperationError> {
    let approved = matches!(change, Change::Approved(_));
    let reference = notification.acquirer_reference.clone();
    let mut tx = app.store.begin().await?;
    let fresh = note(app, &mut tx, notification).await?;
    if !fresh {
        return Ok(());
    }
    if has_come_back(&mut tx, known, &change).await? {
        return Err(UNANSWERED);
    }
    let settled = settle_in(app, &mut tx, known.id, change, Some(reference.clone())).await?;
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

/// Whether the payer brought the result of a redirect after the approval was to be believed without it: now the acquirer is
/// being asked.
async fn has_come_back(
    tx: &mut Transaction,
    known: &Attempt,
    change: &Change,
) -> Result<bool, OperationError> {
    match change {
        Change::Approved(approval)
            if approval.authentication.status.is_none() && known.state == State::ActionRequired =>
        {
            payments::hold(tx, known.merchant_id, known.mode, known.payment_id).await?;
            let now = attempts::find(tx, known.id).await?;
            Ok(now.is_some_and(|now| now.state == State::Calling))
        }
        _ => Ok(false),
    }
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
