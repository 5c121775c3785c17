//! Sessions whose time is over end, unless an attempt is in flight.

use checkout_protocol::api::payment_session as wire;
use checkout_protocol::id::SessionId;

use crate::app::App;
use crate::domain::event::previous;
use crate::domain::payment_session::{Event, PaymentSession};
use crate::operations::OperationError;
use crate::operations::confirm_payment::hold_session;
use crate::store::events::{self, EventType};
use crate::store::{attempts, payment_sessions};

const BATCH: i64 = 100;

/// Ends every session that is due; returns how many.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn expire_sessions(app: &App) -> Result<usize, OperationError> {
    let mut tx = app.store.read().await?;
    let due = payment_sessions::find_due(&mut tx, app.now(), BATCH).await?;
    drop(tx);
    let mut ended = 0;
    for session in due {
        ended += usize::from(expire(app, session.id).await?.ended_at.is_some());
    }
    Ok(ended)
}

/// The session as it is now: a session that is due is ended first.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn expire_if_due(
    app: &App,
    session: PaymentSession,
) -> Result<PaymentSession, OperationError> {
    if session.is_due(app.now()) {
        expire(app, session.id).await
    } else {
        Ok(session)
    }
}

async fn expire(app: &App, id: SessionId) -> Result<PaymentSession, OperationError> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let (session, payment) = hold_session(&mut tx, id)
        .await?
        .ok_or(OperationError::Internal("a session vanished"))?;
    let live = attempts::find_live(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    );
    if !session.is_due(now) || live.await?.is_some() {
        return Ok(session);
    }
    let secret = app.secret.client_secret(session.id);
    // What was shown once is not told again, not even as what was before.
    let view_before = wire::PaymentSession {
        client_secret: None,
        ..session.view(payment.amount, &app.checkout_origin, &secret)
    };
    let ended = session.after(Event::DeadlinePassed, now);
    payment_sessions::save(&mut tx, &ended).await?;
    let happened = app.happened(ended.merchant_id, ended.mode);
    let view = ended.view(payment.amount, &app.checkout_origin, &secret);
    let previous = Some(previous(&view_before, &view));
    let event_type = EventType::PaymentSessionExpired;
    events::insert(&mut tx, happened, event_type, &view, previous).await?;
    tx.commit().await?;
    app.changes.announce(ended.id);
    Ok(ended)
}
