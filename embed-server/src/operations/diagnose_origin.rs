//! Why a frame did not appear: a page that the browser refused cannot see why, so its element asks.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;
use checkout_protocol::origin::Origin;

use crate::app::App;
use crate::operations::OperationError;
use crate::operations::expire_sessions::expire_if_due;
use crate::store::payment_sessions;

/// The reason, if the server can see one. It tells nothing that the page does not know already.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn diagnose_origin(
    app: &App,
    session: Option<SessionId>,
    origin: Option<&str>,
) -> Result<Option<ErrorCode>, OperationError> {
    let Some(id) = session else {
        return Ok(Some(ErrorCode::SessionNotFound));
    };
    let mut tx = app.store.read().await?;
    let Some(session) = payment_sessions::find_public(&mut tx, id).await? else {
        return Ok(Some(ErrorCode::SessionNotFound));
    };
    drop(tx);
    let session = expire_if_due(app, session).await?;
    let same_origin = origin
        .and_then(|text| Origin::parse(text, session.mode).ok())
        .is_some_and(|origin| Some(&origin) == session.shown.origin());
    Ok(match session.status {
        _ if !same_origin => Some(ErrorCode::OriginNotAllowed),
        SessionStatus::Expired => Some(ErrorCode::SessionExpired),
        SessionStatus::Open | SessionStatus::Complete => None,
    })
}
