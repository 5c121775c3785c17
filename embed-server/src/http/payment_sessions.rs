//! `/v1/payment_sessions`

use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use checkout_protocol::api::payment_session as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::credentials::{AnyKey, SecretKey, caller_address};
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::PathPart;
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::http::{cors, rate_limit, session_request};
use crate::operations::create_session::create_session;
use crate::operations::limit_rate::Counted;
use crate::operations::read_merchant_data;
use crate::operations::reply::{self, Reply};

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["payment"];

/// Where a request comes from, for counting.
pub struct From(Option<std::net::IpAddr>);

impl FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(caller_address(parts, app)))
    }
}

/// `POST /v1/payment_sessions`, by a server or a page.
pub async fn create(
    State(app): State<App>,
    caller: AnyKey,
    from: From,
    key: Result<IdempotencyKey, ApiError>,
    body: Result<JsonBody, ApiError>,
) -> Response {
    let reply = create_for(&app, &caller, &from, key, body).await;
    match caller {
        AnyKey::Server(_) => reply.into_response(),
        AnyKey::Page(page) => cors::allow(reply.into_response(), page.origin.as_str()),
    }
}

async fn create_for(
    app: &App,
    caller: &AnyKey,
    from: &From,
    key: Result<IdempotencyKey, ApiError>,
    body: Result<JsonBody, ApiError>,
) -> Result<Reply, ApiError> {
    let (key, body) = (key?, body?);
    let claim = match caller {
        AnyKey::Server(server) => {
            let claim = key.of_server(server, &body.bytes);
            if let Some(earlier) = earlier(app, server, claim.as_ref()).await? {
                return Ok(earlier);
            }
            let counted = Counted::Session(server.merchant.id, server.mode);
            rate_limit::admit(app, counted).await?;
            claim
        }
        AnyKey::Page(page) => {
            let credential = format!("{} {}", page.key.id, page.origin);
            let claim = key.claim(page.merchant.id, page.mode, credential, &body.bytes);
            if let Some(claim) = &claim
                && let Some(earlier) = reply::find(app, claim).await?
            {
                return Ok(earlier);
            }
            rate_limit::admit(app, Counted::Page(page.key.id, from.0)).await?;
            claim
        }
    };
    let new = session_request::read(caller, body, app.kennitala_enforced)?;
    let render = |session: &wire::PaymentSession| answer(StatusCode::CREATED, session);
    let outcome = create_session(app, new, claim.as_ref(), render).await;
    concluded(app, claim.as_ref(), outcome).await
}

/// `GET /v1/payment_sessions/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: SessionId = id.parse().map_err(|_| ErrorCode::ResourceNotFound)?;
    let session = read_merchant_data::session(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &session).await
}

/// `GET /v1/payment_sessions`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let payment = asked.id("payment")?;
    let sessions = read_merchant_data::sessions(&app, &caller, payment, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &sessions).await
}
