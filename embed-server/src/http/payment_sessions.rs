//! `/v1/payment_sessions`

use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use checkout_protocol::api::payment_session as wire;
use checkout_protocol::id::SessionId;

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::credentials::{AnyKey, SecretKey, caller_address};
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::http::{cors, rate_limit, session_request};
use crate::operations::authenticate::Server;
use crate::operations::create_session::{Collect, create_session};
use crate::operations::limit_rate::{Counted, count, uncount};
use crate::operations::read_merchant_data;
use crate::operations::reply::{self, Answer, Reply};

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
    match caller {
        AnyKey::Server(server) => create_for_server(app, caller, server, key, body).await,
        AnyKey::Page(page) => {
            let credential = format!("{} {}", page.key.id, page.origin);
            let claim = key.claim(page.merchant.id, page.mode, credential, &body.bytes);
            if let Some(claim) = &claim
                && let Some(earlier) = reply::find(app, claim).await?
            {
                return Ok(earlier);
            }
            rate_limit::admit(app, Counted::Page(page.key.id, from.0)).await?;
            let new = session_request::read(caller, body, app.kennitala_enforced)?;
            let outcome = create_session(app, new, claim.as_ref(), rendered).await;
            concluded(app, claim.as_ref(), outcome).await
        }
    }
}

fn rendered(session: &wire::PaymentSession) -> Answer {
    answer(StatusCode::CREATED, session)
}

async fn create_for_server(
    app: &App,
    caller: &AnyKey,
    server: &Server,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let claim = key.of_server(server, &body.bytes);
    let counted = Counted::Session(server.merchant.id, server.mode);
    let standing = count(app, counted).await?;
    let new = session_request::read(caller, body, app.kennitala_enforced);
    // A session of a new payment takes its claim where it is written, and a repeated request is found out there: most are
    // not, and need no look for an earlier one. Whatever could be refused before that must look first.
    let takes_its_claim = matches!(&new, Ok(new) if matches!(new.what, Collect::New(_)));
    if !(standing.admitted && takes_its_claim)
        && let Some(earlier) = earlier(app, server, claim.as_ref()).await?
    {
        if standing.admitted {
            uncount(app, counted);
        }
        return Ok(earlier);
    }
    rate_limit::note(standing)?;
    let outcome = create_session(app, new?, claim.as_ref(), rendered).await;
    let reply = concluded(app, claim.as_ref(), outcome).await?;
    if let Reply::Replayed(_) = reply {
        uncount(app, counted);
        uncount(app, Counted::Request(server.merchant.id, server.mode));
    }
    Ok(reply)
}

/// `GET /v1/payment_sessions/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: SessionId = resource_id(&id)?;
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
