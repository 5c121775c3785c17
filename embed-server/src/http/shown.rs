//! Answers to reads: expanded as asked, and never kept by a cache.

use axum::Json;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::query::Asked;
use crate::operations::authenticate::Server;
use crate::operations::expand::expand;

const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The answer, expanded.
///
/// # Errors
///
/// `invalid_parameter` for a field that cannot be expanded.
pub async fn shown(
    app: &App,
    caller: &Server,
    asked: &Asked,
    answer: &impl Serialize,
) -> Result<Response, ApiError> {
    if asked.expand.is_empty() {
        return Ok((NO_STORE, Json(answer)).into_response());
    }
    let expanded = expand(app, caller, answer, &asked.expand).await?;
    Ok((NO_STORE, Json(expanded)).into_response())
}
