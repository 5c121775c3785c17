//! `/v1/events`

use axum::extract::State;
use axum::response::Response;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::EventId;

use crate::app::App;
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::operations::{Refusal, read_events};
use crate::store::events::EventType;

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["type"];

/// `GET /v1/events/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: EventId = resource_id(&id)?;
    let event = read_events::event(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &event).await
}

/// `GET /v1/events`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let event_type = match asked.text("type") {
        None => None,
        Some(text) if EventType::ALL.iter().any(|it| it.as_str() == text) => Some(text.to_owned()),
        Some(_) => {
            let problem = "must be an event type, such as payment.succeeded";
            return Err(Refusal::about(ErrorCode::InvalidParameter, "type", problem).into());
        }
    };
    let events = read_events::events(&app, &caller, event_type, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &events).await
}
