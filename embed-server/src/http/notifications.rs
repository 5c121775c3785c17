//! `/webhooks/adyen`: the acquirer's notifications. Only the signature says who is calling.

use axum::extract::{Request, State};
use checkout_protocol::error_code::ErrorCode;

use crate::acquirer::NotificationError;
use crate::app::App;
use crate::http::body::read_bytes;
use crate::http::error::ApiError;
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
    for notification in &notifications {
        settle_by_notification(&app, notification).await?;
    }
    Ok("[accepted]")
}
