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
    let mut opened = overview(app, named).await?;
    if opened.session.is_due(app.now()) {
        expire_if_due(app, opened.session).await?;
        opened = overview(app, named).await?;
    }
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

/// Whether a frame that shows the document of the session `first` may go on with `next`: a session of the same merchant and
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
    let first = overview(app, first).await?.session;
    let is_same = first.merchant_id == next.merchant_id
        && first.mode == next.mode
        && first.shown == next.shown;
    if is_same {
        Ok(())
    } else {
        Err(ErrorCode::InvalidClientSecret.into())
    }
}

async fn overview(app: &App, id: SessionId) -> Result<Overview, OperationError> {
    let found = app.session_reader.overview(id).await?;
    found.ok_or_else(|| ErrorCode::SessionNotFound.into())
}
