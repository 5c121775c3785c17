//! `/webhooks/adyen`: the acquirer's notifications. Only the signature says who is calling.

use axum::extract::{Request, State};
use checkout_protocol::error_code::ErrorCode;

use crate::acquirer::NotificationError;
use crate::app::App;
use crate::http::body::read_bytes;
use crate::http::error::ApiError;
use crate::operations::OperationError;
use crate::operations::settle_by_notification::settle_by_notification;

/// Applies what is signed, and says so only when all of it took effect; else the acquirer sends it again.
pub async fn adyen(State(app): State<App>, request: Request) -> Result<&'static str, ApiError> {
    let body = read_bytes(request, &app).await?;
    let notifications = app.acquirer.read_notifications(&body).map_err(|error| {
        tracing::warn!(%error, "a notification was refused");
        match error {
            NotificationError::Malformed => ErrorCode::InvalidJson,
            NotificationError::Signature => ErrorCode::InvalidSignature,
        }
    })?;
    let worker = app.clone();
    // Whoever tells us may not wait for long, and what the acquirer answers meanwhile must not be lost with the request.
    let work = app.spawn(async move {
        let mut first_failure = Ok(());
        for notification in &notifications {
            let settled = settle_by_notification(&worker, notification).await;
            first_failure = first_failure.and(settled);
        }
        first_failure
    });
    work.await
        .map_err(|_| OperationError::Internal("a notification panicked"))??;
    Ok("[accepted]")
}
