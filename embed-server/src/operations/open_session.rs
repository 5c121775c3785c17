//! A frame opens its session by the client secret.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::client_secret::ClientSecret;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;

use crate::app::App;
use crate::domain::payment_session::{Overview, PaymentSession};
use crate::operations::OperationError;
use crate::operations::expire_sessions::expire_if_due;

/// The session `named` in the URL, when `presented` opens it.
///
/// # Errors
///
/// `invalid_client_secret` for a secret that is not ours or belongs to another session, `session_expired` or
/// `session_not_open` when the session ended so long ago that its secret opens nothing any more.
pub async fn open_session(
    app: &App,
    presented: &str,
    named: SessionId,
) -> Result<Overview, OperationError> {
    let secret = ClientSecret::parse(presented).map_err(|_| ErrorCode::InvalidClientSecret)?;
    if secret.session != named || !app.secret.is_ours(&secret) {
        return Err(ErrorCode::InvalidClientSecret.into());
    }
    let opened = overview_now(app, named).await?;
    let limits = app.limits(opened.session.mode);
    if opened
        .session
        .is_readable(app.now(), limits.read_after_end_ms)
    {
        return Ok(opened);
    }
    Err(match opened.session.status {
        SessionStatus::Expired => ErrorCode::SessionExpired,
        SessionStatus::Open | SessionStatus::Complete => ErrorCode::SessionNotOpen,
    }
    .into())
}

/// Whether a frame that shows the document of the session `first` may go on with `next`. The time of `first` must be over:
/// what can still be paid, or was paid, is never changed under the payer's eyes. `next` must be of the same merchant and
/// mode for a page of the same origin, because merchant, mode and page are part of that document.
///
/// # Errors
///
/// `invalid_client_secret` when it may not.
pub async fn check_same_place(
    app: &App,
    first: SessionId,
    next: &PaymentSession,
) -> Result<(), OperationError> {
    let first = overview_now(app, first).await?.session;
    let may_follow = first.status == SessionStatus::Expired
        && first.merchant_id == next.merchant_id
        && first.mode == next.mode
        && first.shown == next.shown;
    if may_follow {
        Ok(())
    } else {
        Err(ErrorCode::InvalidClientSecret.into())
    }
}

/// Expired first, if its time is over.
async fn overview_now(app: &App, id: SessionId) -> Result<Overview, OperationError> {
    let seen = overview(app, id).await?;
    if !seen.session.is_due(app.now()) {
        return Ok(seen);
    }
    expire_if_due(app, seen.session).await?;
    overview(app, id).await
}

async fn overview(app: &App, id: SessionId) -> Result<Overview, OperationError> {
    let found = app.session_reader.overview(id).await?;
    found.ok_or_else(|| ErrorCode::SessionNotFound.into())
}
