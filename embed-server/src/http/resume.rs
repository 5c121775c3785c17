//! `/public/resume`: what a page asks that a payer came back to. The token in the body is all that opens it, so any page may
//! call; the answer is a status and nothing else.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::cors;
use crate::http::error::ApiError;
use crate::operations::resume_session::resume_session;

/// Longer than any token of ours.
const TOKEN_MAX: usize = 64;

/// `POST /public/resume`
pub async fn resume(State(app): State<App>, body: JsonBody) -> Response {
    let answered = answer(&app, body).await;
    cors::allow(answered.into_response(), "*")
}

async fn answer(app: &App, body: JsonBody) -> Result<Response, ApiError> {
    let mut fields = body.tolerant();
    let token = fields.required_text("token", TOKEN_MAX)?;
    let redeemer = fields.required_text("redeemer", TOKEN_MAX)?;
    let resumed = resume_session(app, &token, &redeemer).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(resumed)).into_response())
}
