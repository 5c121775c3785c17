//! `/v1/payment_sessions`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use checkout_protocol::api::payment_session as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::cors;
use crate::http::credentials::{AnyKey, SecretKey};
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer};
use crate::http::lenient::LastPart;
use crate::http::session_request;
use crate::operations::create_session::create_session;
use crate::operations::read_merchant_data;
use crate::operations::reply::{Reply, SECRET};

/// `POST /v1/payment_sessions`, by a server or a page.
pub async fn create(
    State(app): State<App>,
    caller: AnyKey,
    key: Result<IdempotencyKey, ApiError>,
    body: Result<JsonBody, ApiError>,
) -> Response {
    let reply = create_for(&app, &caller, key, body).await;
    match caller {
        AnyKey::Server(_) => reply.into_response(),
        AnyKey::Page(page) => cors::allow(reply.into_response(), page.origin.as_str()),
    }
}

async fn create_for(
    app: &App,
    caller: &AnyKey,
    key: Result<IdempotencyKey, ApiError>,
    body: Result<JsonBody, ApiError>,
) -> Result<Reply, ApiError> {
    let (key, body) = (key?, body?);
    let claim = match caller {
        AnyKey::Server(server) => key.claim(
            server.merchant.id,
            server.mode,
            SECRET.to_owned(),
            &body.bytes,
        ),
        AnyKey::Page(page) => {
            let credential = format!("{} {}", page.key.id, page.origin);
            key.claim(page.merchant.id, page.mode, credential, &body.bytes)
        }
    };
    let new = session_request::read(caller, body)?;
    let render = |session: &wire::PaymentSession| answer(StatusCode::CREATED, session);
    Ok(create_session(app, new, claim.as_ref(), render).await?)
}

/// `GET /v1/payment_sessions/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    LastPart(id): LastPart,
) -> Result<Json<wire::PaymentSession>, ApiError> {
    let id: SessionId = id.parse().map_err(|_| ErrorCode::ResourceNotFound)?;
    Ok(Json(read_merchant_data::session(&app, &caller, id).await?))
}
