//! `/public/diagnose`: why a frame did not appear. Any page may ask; the answer is an error and nothing else.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use checkout_protocol::error_code::ErrorCode;
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
    let found = diagnose_origin(&app, session, origin(&headers)).await?;
    // With its text: the catalogue would weigh on every page that has a checkout.
    let answer = found.map_or(json!({ "code": null }), |code| {
        let message = match code {
            // Whichever key made the session; the catalogue speaks of publishable ones.
            ErrorCode::OriginNotAllowed => "The payment session was made for another origin.",
            code => code.text(),
        };
        json!({ "code": code, "type": code.error_type(), "message": message })
    });
    let answer = Json(answer).into_response();
    Ok(cors::allow(answer, "*"))
}
