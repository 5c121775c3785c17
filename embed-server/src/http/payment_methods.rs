//! `/v1/payment_methods`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::payment_method as wire;
use checkout_protocol::id::PaymentMethodId;

use crate::app::App;
use crate::http::body::OptionalBody;
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::operations::change_payment_methods::{detach, set_default};
use crate::operations::read_merchant_data;
use crate::operations::reply::Reply;

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["customer"];

/// `GET /v1/payment_methods/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: PaymentMethodId = resource_id(&id)?;
    let method = read_merchant_data::payment_method(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &method).await
}

/// `GET /v1/payment_methods`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let customer = asked.id("customer")?;
    let page = asked.page()?;
    let methods = read_merchant_data::payment_methods(&app, &caller, customer, page).await?;
    shown_list(&app, &caller, &asked, &methods).await
}

/// `POST /v1/payment_methods/{id}/set_default`
pub async fn make_default(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    OptionalBody(body): OptionalBody,
) -> Result<Reply, ApiError> {
    let id: PaymentMethodId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    body.strict(&[])?;
    let render = |method: &wire::PaymentMethod| answer(StatusCode::OK, method);
    let outcome = set_default(&app, &caller, id, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `DELETE /v1/payment_methods/{id}`
pub async fn delete(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
) -> Result<Json<wire::Detached>, ApiError> {
    let id: PaymentMethodId = resource_id(&id)?;
    detach(&app, &caller, id).await?;
    Ok(Json(wire::Detached {
        id,
        deleted: true,
        detached: true,
    }))
}
