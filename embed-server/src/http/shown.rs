//! Answers to reads: expanded as asked, and never kept by a cache.

use axum::Json;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::api::list::List;
use checkout_protocol::error_code::ErrorCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::openapi::expansions;
use crate::http::query::Asked;
use crate::operations::Refusal;
use crate::operations::authenticate::Server;
use crate::operations::expand::expand;

const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The answer, expanded.
///
/// # Errors
///
/// `invalid_parameter` for a field that cannot be expanded.
pub async fn shown<T: Serialize + ToSchema>(
    app: &App,
    caller: &Server,
    asked: &Asked,
    answer: &T,
) -> Result<Response, ApiError> {
    shown_with::<T>(app, caller, asked, answer).await
}

/// The page of a list, each of its entries expanded.
///
/// # Errors
///
/// As [`shown`], also when the page is empty.
pub async fn shown_list<T: Serialize + ToSchema>(
    app: &App,
    caller: &Server,
    asked: &Asked,
    answer: &List<T>,
) -> Result<Response, ApiError> {
    shown_with::<T>(app, caller, asked, answer).await
}

/// The paths are those that the document names, whatever stands in this answer.
async fn shown_with<T: ToSchema>(
    app: &App,
    caller: &Server,
    asked: &Asked,
    answer: &impl Serialize,
) -> Result<Response, ApiError> {
    if asked.expand.is_empty() {
        return Ok((NO_STORE, Json(answer)).into_response());
    }
    let known = expansions::of::<T>();
    for path in asked.expand.iter().map(|path| path.join(".")) {
        if !known.contains(&path) {
            let problem = format!("cannot expand `{path}` here");
            return Err(Refusal::about(ErrorCode::InvalidParameter, "expand[]", problem).into());
        }
    }
    let expanded = expand(app, caller, answer, &asked.expand).await?;
    Ok((NO_STORE, Json(expanded)).into_response())
}
