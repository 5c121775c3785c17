//! A merchant's server reads its payments and sessions.

use checkout_protocol::api::payment as payment_wire;
use checkout_protocol::api::payment_session as session_wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{PaymentId, SessionId};

use crate::app::App;
use crate::operations::OperationError;
use crate::operations::authenticate::Server;
use crate::operations::expire_sessions::expire_if_due;
use crate::store::{payment_sessions, payments};

/// The merchant's payment.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn payment(
    app: &App,
    caller: &Server,
    id: PaymentId,
) -> Result<payment_wire::Payment, OperationError> {
    let mut tx = app.store.read().await?;
    let payment = payments::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(payment.view())
}

/// The merchant's session, with its client secret while it is open.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn session(
    app: &App,
    caller: &Server,
    id: SessionId,
) -> Result<session_wire::PaymentSession, OperationError> {
    let mut tx = app.store.read().await?;
    let session = payment_sessions::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let payment = payments::find(
        &mut tx,
        session.merchant_id,
        session.mode,
        session.payment_id,
    )
    .await?
    .ok_or(ErrorCode::ResourceNotFound)?;
    drop(tx);
    let session = expire_if_due(app, session).await?;
    Ok(session.view(payment.amount, &app.secret.client_secret(session.id)))
}
