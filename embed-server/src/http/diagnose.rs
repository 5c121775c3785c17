//! `/public/diagnose`: why a frame did not appear. Any page may ask; the answer is a code and nothing else.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::http::cors;
use crate::http::credentials::origin;
use crate::http::error::ApiError;
use crate::http::lenient::Asked;
use crate::operations::diagnose_origin::diagnose_origin;

/// The query.
#[derive(Default, Deserialize)]
pub struct Question {
    session: Option<String>,
}

/// `GET /public/diagnose?session=…`
pub async fn diagnose(
    State(app): State<App>,
    Asked(asked): Asked<Question>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let session = asked.session.and_then(|text| text.parse().ok());
    let code = diagnose_origin(&app, session, origin(&headers)).await?;
    let answer = Json(json!({ "code": code })).into_response();
    Ok(cors::allow(answer, "*"))
}
