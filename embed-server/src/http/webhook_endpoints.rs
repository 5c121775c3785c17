//! `/v1/webhook_endpoints`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use checkout_protocol::api::webhook_endpoint as wire;
use checkout_protocol::api::webhook_endpoint::{DeliveryStatus, SignatureFormat};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{WebhookDeliveryId, WebhookEndpointId};

use crate::app::App;
use crate::http::body::{Fields, JsonBody, OptionalBody};
use crate::http::credentials::SecretKey;
use crate::http::error::ApiError;
use crate::http::idempotency::{IdempotencyKey, answer, concluded, earlier};
use crate::http::lenient::{PathPart, TwoPathParts, resource_id};
use crate::http::query::Query;
use crate::http::shown::{shown, shown_list};
use crate::operations::change_webhook_endpoints::{self, EndpointChange, NewEndpoint};
use crate::operations::reply::Reply;
use crate::operations::{Refusal, read_events};

/// What create and update take. `events` is the other name of `enabled_events`.
pub const FIELDS: &[&str] = &[
    "description",
    "enabled",
    "enabled_events",
    "events",
    "signature_format",
    "url",
];

/// What the list of deliveries can be filtered by.
pub const DELIVERY_FILTERS: &[&str] = &["status"];

/// Event types of one endpoint at most.
const EVENTS_MAX: usize = 100;

struct Endpoint {
    url: Option<String>,
    events: Option<Vec<String>>,
    /// Whether the webhook guide's name was used.
    says_events: bool,
    description: Option<String>,
    signature_format: Option<SignatureFormat>,
    enabled: Option<bool>,
}

fn read(mut fields: Fields) -> Result<Endpoint, ApiError> {
    let says_events = fields.has("events");
    if says_events && fields.has("enabled_events") {
        return Err(invalid(
            "events",
            "must not stand beside enabled_events, which means the same",
        ));
    }
    let name = if says_events {
        "events"
    } else {
        "enabled_events"
    };
    let format = fields.text("signature_format", 20)?.map(|text| {
        SignatureFormat::from_text(&text)
            .ok_or_else(|| invalid("signature_format", "must be v1 or hex"))
    });
    Ok(Endpoint {
        url: fields.text("url", 2_000)?,
        events: fields.texts(name, EVENTS_MAX)?,
        says_events,
        description: fields.text("description", 500)?,
        signature_format: format.transpose()?,
        enabled: fields.flag("enabled")?,
    })
}

fn invalid(name: &str, problem: &str) -> ApiError {
    Refusal::about(ErrorCode::InvalidParameter, name, problem).into()
}

fn missing(name: &str, problem: &str) -> ApiError {
    Refusal::about(ErrorCode::MissingParameter, name, problem).into()
}

/// `POST /v1/webhook_endpoints`
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
    let read = read(body.strict(FIELDS)?)?;
    // The webhook guide's name comes with the signature that this guide describes.
    let usual = if read.says_events {
        SignatureFormat::Hex
    } else {
        SignatureFormat::V1
    };
    let new = NewEndpoint {
        url: read
            .url
            .ok_or_else(|| missing("url", "must be the URL that events are sent to"))?,
        events: read
            .events
            .ok_or_else(|| missing("enabled_events", "must list event types, or `*` for all"))?,
        description: read.description,
        signature_format: read.signature_format.unwrap_or(usual),
        enabled: read.enabled.unwrap_or(true),
    };
    let render = |endpoint: &wire::WebhookEndpointWithSecret| answer(StatusCode::CREATED, endpoint);
    let outcome =
        change_webhook_endpoints::create(&app, &caller, new, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `POST` and `PATCH /v1/webhook_endpoints/{id}`
pub async fn update(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    body: JsonBody,
) -> Result<Reply, ApiError> {
    let id: WebhookEndpointId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    let read = read(body.strict(FIELDS)?)?;
    let change = EndpointChange {
        url: read.url,
        events: read.events,
        description: read.description,
        signature_format: read.signature_format,
        enabled: read.enabled,
    };
    let render = |endpoint: &wire::WebhookEndpoint| answer(StatusCode::OK, endpoint);
    let outcome =
        change_webhook_endpoints::update(&app, &caller, id, change, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `POST /v1/webhook_endpoints/{id}/rotate_secret`
pub async fn rotate_secret(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    OptionalBody(body): OptionalBody,
) -> Result<Reply, ApiError> {
    let id: WebhookEndpointId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    body.strict(&[])?;
    let render = |endpoint: &wire::WebhookEndpointWithSecret| answer(StatusCode::OK, endpoint);
    let outcome =
        change_webhook_endpoints::rotate_secret(&app, &caller, id, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `POST /v1/webhook_endpoints/{id}/test`
pub async fn test(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    key: IdempotencyKey,
    OptionalBody(body): OptionalBody,
) -> Result<Reply, ApiError> {
    let id: WebhookEndpointId = resource_id(&id)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    body.strict(&[])?;
    let render = |tried: &wire::DeliveryAttempt| answer(StatusCode::OK, tried);
    let outcome = change_webhook_endpoints::test(&app, &caller, id, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}

/// `DELETE /v1/webhook_endpoints/{id}`
pub async fn delete(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
) -> Result<StatusCode, ApiError> {
    change_webhook_endpoints::delete(&app, &caller, resource_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/webhook_endpoints/{id}`
pub async fn retrieve(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_one()?;
    let endpoint = read_events::endpoint(&app, &caller, resource_id(&id)?).await?;
    shown(&app, &caller, &asked, &endpoint).await
}

/// `GET /v1/webhook_endpoints`
pub async fn list(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(&[])?;
    let endpoints = read_events::endpoints(&app, &caller, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &endpoints).await
}

/// `GET /v1/webhook_endpoints/{id}/deliveries`
pub async fn deliveries(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    PathPart(id): PathPart,
    query: Query,
) -> Result<Response, ApiError> {
    let asked = query.of_list(DELIVERY_FILTERS)?;
    let status = asked.text("status").map(|text| {
        DeliveryStatus::from_text(text)
            .ok_or_else(|| invalid("status", "must be pending, succeeded or failed"))
    });
    let (id, status) = (resource_id(&id)?, status.transpose()?);
    let found = read_events::deliveries(&app, &caller, id, status, asked.page()?).await?;
    shown_list(&app, &caller, &asked, &found).await
}

/// `POST /v1/webhook_endpoints/{id}/deliveries/{delivery}/retry`
pub async fn retry(
    State(app): State<App>,
    SecretKey(caller): SecretKey,
    TwoPathParts(id, delivery): TwoPathParts,
    key: IdempotencyKey,
    OptionalBody(body): OptionalBody,
) -> Result<Reply, ApiError> {
    let id: WebhookEndpointId = resource_id(&id)?;
    let delivery: WebhookDeliveryId = resource_id(&delivery)?;
    let claim = key.of_server(&caller, &body.bytes);
    if let Some(earlier) = earlier(&app, &caller, claim.as_ref()).await? {
        return Ok(earlier);
    }
    body.strict(&[])?;
    let render = |delivery: &wire::WebhookDelivery| answer(StatusCode::OK, delivery);
    let outcome =
        change_webhook_endpoints::retry(&app, &caller, id, delivery, claim.as_ref(), render).await;
    concluded(&app, claim.as_ref(), outcome).await
}
