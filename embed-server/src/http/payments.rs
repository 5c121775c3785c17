//! `/v1/payments`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::payment as wire;
use checkout_protocol::api::payment::PaymentStatus;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::PaymentId;

use crate::app::App;
use crate::http::body::JsonBody;
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, resource_id};
use crate::http::query::{Asked, Query};
use crate::http::rate_limit;
use crate::http::session_request::money;
use crate::http::shown::{shown, shown_list};
use crate::operations::authenticate::Server;
use crate::operations::change_payments::{PaymentChange, update_payment};
use crate::operations::create_payment::{NewPayment, create_payment, present};
use crate::operations::limit_rate::Counted;
use crate::operations::read_merchant_data::PaymentFilter;
use crate::operations::reply::{self, Reply};
use crate::operations::{OperationError, Refusal, read_merchant_data};
use crate::store::idempotency_keys::Claim;

/// What `POST /v1/payments` takes.
pub const CREATE: &[&str] = &[
    "amount",
    "currency",
    "customer",
    "description",
    "external_reference",
    "metadata",
    "payment_method",
];

/// What an update takes.
pub const UPDATE: &[&str] = &["description", "external_reference", "metadata"];

/// What a list can be filtered by.
pub const FILTERS: &[&str] = &["customer", "external_reference", "status"];

/// `POST /v1/payments`
pub async fn create(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let claim = key.of_server(&caller, &body.bytes);
    match earlier(&app, &caller, claim.as_ref()).await? {
        Some(Reply::Died(reserved)) => return revived(&app, &caller, claim, &reserved).await,
        Some(earlier) => return Ok(earlier),
        None => {}
    }
    rate_limit::admit(&app, Counted::Money(caller.merchant.id, caller.mode)).await?;
    let mut fields = body.strict(CREATE)?;
    let new = NewPayment {
        amount: money(&mut fields)?,
        customer: fields.id("customer")?,
        payment_method: fields.id("payment_method")?,
        description: fields.text("description", 500)?,
        external_reference: fields.text("external_reference", 200)?,
        metadata: fields.metadata()?,
    };
    // A caller that hangs up must not stop a charge half-way: the work goes on without the connection.
    let work = app.clone().spawn(async move {
        let outcome = create_payment(&app, &caller, new, claim.as_ref(), render).await;
        concluded(&app, claim.as_ref(), outcome).await
    });
    work.await
        .map_err(|_| OperationError::Internal("a payment's creation panicked"))?
}

fn render(payment: &wire::Payment) -> reply::Answer {
    answer(StatusCode::CREATED, payment)
}

/// The first request died while the acquirer was called: what it reserved is answered as it is now, and as long as that
/// is not final, the next one reads it again.
async fn revived(
    app: &App,
    caller: &Server,
    claim: Option<Claim>,
    reserved: &str,
) -> Result<Reply, ApiError> {
    let id: PaymentId = reserved
        .parse()
        .map_err(|_| OperationError::Internal("a claim reserved no payment"))?;
    let payment = present(app, caller, id).await?;
    let answer = render(&payment);
    if let (Some(claim), true) = (claim, payment.status != PaymentStatus::Processing) {
        reply::conclude(app, &claim, &answer).await?;
    }
    Ok(Reply::Replayed(answer))
}

/// `POST` and `PATCH /v1/payments/{id}`
pub async fn update(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let id: PaymentId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let mut fields = body.strict(UPDATE)?;
    let change = PaymentChange {
        description: fields.text("description", 500)?,
        external_reference: fields.text("external_reference", 200)?,
        metadata: fields.metadata()?,
    };
    let render = |payment: &wire::Payment| answer(StatusCode::OK, payment);
    let outcome = update_payment(&app, &caller, id, change, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `GET /v1/payments/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let id: PaymentId = resource_id(&id)?;
    let payment = read_merchant_data::payment(&app, &caller, id).await?;
    shown(&app, &caller, &asked, &payment).await
}

/// `GET /v1/payments`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(FILTERS)?;
    let filter = PaymentFilter {
        external_reference: asked.text("external_reference").map(str::to_owned),
        customer: asked.id("customer")?,
        status: status(&asked)?,
    };
    let payments = read_merchant_data::payments(&app, &caller, filter, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &payments).await
}

/// Some documents call the first status `pending`.
fn status(asked: &Asked) -> Result<Option<PaymentStatus>, ApiError> {
    match asked.text("status") {
        None => Ok(None),
        Some("pending") => Ok(Some(PaymentStatus::Created)),
        Some(text) => {
            let status = PaymentStatus::from_text(text).ok_or_else(|| {
                let known = PaymentStatus::ALL.map(PaymentStatus::as_str).join(", ");
                let problem = format!("must be one of {known}");
                Refusal::about(ErrorCode::InvalidParameter, "status", problem)
            })?;
            Ok(Some(status))
        }
    }
}
