//! `/v1/refunds`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::refund as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::RefundId;

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::Query;
use crate::http::rate_limit;
use crate::http::shown::{shown, shown_list};
use crate::operations::create_refund::{NewRefund, create_refund};
use crate::operations::limit_rate::Counted;
use crate::operations::reply::Reply;
use crate::operations::{OperationError, Refusal, read_merchant_data};

/// What `POST /v1/refunds` takes.
pub const CREATE: &[&str] = &["amount", "metadata", "payment", "reason"];

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["payment"];

/// `POST /v1/refunds`
pub async fn create(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    rate_limit::admit(&app, Counted::Money(caller.merchant.id, caller.mode)).await?;
    let mut fields = body.strict(CREATE)?;
    let minor_units = fields.whole_number("amount", ErrorCode::InvalidAmount)?;
    if minor_units.is_some_and(|minor_units| minor_units < 1) {
        let problem = "must be at least 1; leave it out to refund all that is left";
        return Err(Refusal::about(ErrorCode::InvalidAmount, "amount", problem).into());
    }
    let payment = fields.id("payment")?.ok_or_else(|| {
        Refusal::about(
            ErrorCode::MissingParameter,
            "payment",
            "is required, such as pay_…",
        )
    })?;
    let new = NewRefund {
        payment,
        minor_units,
        reason: fields.text("reason", 500)?,
        metadata: fields.metadata()?,
    };
    // A caller that hangs up must not stop a refund half-way: the work goes on without the connection.
    let work = app.clone().spawn(async move {
        let render = |refund: &wire::Refund| answer(StatusCode::CREATED, refund);
        let outcome = create_refund(&app, &caller, new, claim.as_ref(), render).await;
        concluded(&app, claim.as_ref(), outcome).await
    });
    work.await
        .map_err(|_| OperationError::Internal("a refund's creation panicked"))?
}

/// `GET /v1/refunds/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: RefundId = resource_id(&id)?;
    let refund = read_merchant_data::refund(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &refund).await
}

/// `GET /v1/refunds`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let payment = asked.id("payment")?;
    let refunds = read_merchant_data::refunds(&app, &caller, payment, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &refunds).await
}
