//! Proof that a payer's frame is calling: the client secret of the session in the URL.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;
use serde::Deserialize;

use crate::app::App;
use crate::domain::payment_session::Overview;
use crate::http::credentials::bearer;
use crate::http::error::ApiError;
use crate::http::request_id::note_merchant;
use crate::operations::open_session::open_session;

/// A session that its client secret opened.
pub struct OpenedSession(pub Overview);

#[derive(Deserialize)]
struct InPath {
    id: String,
}

impl FromRequestParts<App> for OpenedSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Path(InPath { id }) = Path::<InPath>::from_request_parts(parts, app)
            .await
            .map_err(|_| ErrorCode::SessionNotFound)?;
        let id: SessionId = id.parse().map_err(|_| ErrorCode::SessionNotFound)?;
        let secret = bearer(&parts.headers).ok_or(ErrorCode::InvalidClientSecret)?;
        let opened = open_session(app, secret, id).await?;
        note_merchant(opened.session.merchant_id, opened.session.mode);
        Ok(Self(opened))
    }
}
