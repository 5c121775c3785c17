//! A merchant's server says where it wants to be told of events. A secret is shown once, and kept sealed.

use checkout_protocol::api::webhook_endpoint as wire;
use checkout_protocol::api::webhook_endpoint::{DeliveryStatus, SignatureFormat};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{WebhookDeliveryId, WebhookEndpointId};
use checkout_protocol::timestamp::Timestamp;
use serde_json::json;
use url::Url;

use crate::app::App;
use crate::domain::event::{API_VERSION, Event};
use crate::domain::webhook_delivery::WebhookDelivery;
use crate::domain::webhook_endpoint::{ALL, OLD_SECRET_MS, WebhookEndpoint};
use crate::operations::authenticate::Server;
use crate::operations::deliver_webhooks::{sealed_for, send};
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal};
use crate::store::events::EventType;
use crate::store::idempotency_keys::Claim;
use crate::store::{Transaction, webhook_deliveries, webhook_endpoints};
use crate::webhook::sign;

/// The longest URL that is taken.
const URL_MAX: usize = 2_000;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    /// Where events are to be sent.
    pub url: String,
    /// Of which types.
    pub events: Vec<String>,
    /// The merchant's own words.
    pub description: Option<String>,
    /// Which signature is expected.
    pub signature_format: SignatureFormat,
    /// Whether it is to be told at once.
    pub enabled: bool,
}

/// Makes an endpoint and shows its secret, which nothing shows again.
///
/// # Errors
///
/// `invalid_parameter`.
pub async fn create(
    app: &App,
    caller: &Server,
    new: NewEndpoint,
    claim: Option<&Claim>,
    render: impl Fn(&wire::WebhookEndpointWithSecret) -> Answer,
) -> Result<Reply, OperationError> {
    let id: WebhookEndpointId = app.id();
    let secret = sign::new_secret(&app.entropy.bytes());
    let endpoint = WebhookEndpoint {
        id,
        merchant_id: caller.merchant.id,
        mode: caller.mode,
        url: checked_url(app, caller, &new.url)?,
        description: new.description,
        enabled_events: checked_events(new.events)?,
        signature_format: new.signature_format,
        enabled: new.enabled,
        disabled_reason: None,
        sealed_secret: app.secret.seal(secret.as_bytes(), &sealed_for(id)),
        old_secret: None,
        version: 1,
        created_at: app.now(),
    };
    let answer = render(&endpoint.view_with(&secret));
    let mut tx = app.store.begin().await?;
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    webhook_endpoints::insert(&mut tx, &endpoint).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

fn checked_url(app: &App, caller: &Server, text: &str) -> Result<Url, OperationError> {
    let refused =
        |problem: String| Refusal::about(ErrorCode::InvalidParameter, "url", problem).into();
    let url: Url = text
        .parse()
        .map_err(|_| refused("must be a URL, such as https://shop.example/borga".to_owned()))?;
    if url.as_str().len() > URL_MAX {
        return Err(refused(format!("must have at most {URL_MAX} characters")));
    }
    match app.webhooks.check(&url, caller.mode) {
        Ok(()) => Ok(url),
        Err(problem) => Err(refused(problem.to_string())),
    }
}

fn checked_events(events: Vec<String>) -> Result<Vec<String>, OperationError> {
    let known = |event: &str| event == ALL || EventType::ALL.iter().any(|it| it.as_str() == event);
    if let Some(unknown) = events.iter().find(|event| !known(event)) {
        let problem = format!("has `{unknown}`, which is no event type; `*` stands for all");
        return Err(Refusal::about(ErrorCode::InvalidParameter, "enabled_events", problem).into());
    }
    if events.is_empty() {
        let problem = "must name at least one event type, or `*` for all";
        return Err(Refusal::about(ErrorCode::InvalidParameter, "enabled_events", problem).into());
    }
    Ok(events)
}

/// What is to be changed of an endpoint; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct EndpointChange {
    /// Where events are to be sent from now on.
    pub url: Option<String>,
    /// Of which types.
    pub events: Option<Vec<String>>,
    /// The merchant's own words.
    pub description: Option<String>,
    /// Which signature is expected.
    pub signature_format: Option<SignatureFormat>,
    /// Whether it is told of events.
    pub enabled: Option<bool>,
}

/// Changes an endpoint.
///
/// # Errors
///
/// `resource_not_found`, `invalid_parameter`.
pub async fn update(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
    change: EndpointChange,
    claim: Option<&Claim>,
    render: impl Fn(&wire::WebhookEndpoint) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let before = find(&mut tx, caller, id).await?;
    let after = WebhookEndpoint {
        url: match &change.url {
            Some(url) => checked_url(app, caller, url)?,
            None => before.url.clone(),
        },
        enabled_events: match change.events {
            Some(events) => checked_events(events)?,
            None => before.enabled_events.clone(),
        },
        description: change.description.or(before.description.clone()),
        signature_format: change.signature_format.unwrap_or(before.signature_format),
        enabled: change.enabled.unwrap_or(before.enabled),
        disabled_reason: before
            .disabled_reason
            .clone()
            .filter(|_| change.enabled != Some(true)),
        ..before
    };
    let answer = render(&after.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    webhook_endpoints::save(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Gives the endpoint a new secret and shows it; the old one signs along for a day.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn rotate_secret(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
    claim: Option<&Claim>,
    render: impl Fn(&wire::WebhookEndpointWithSecret) -> Answer,
) -> Result<Reply, OperationError> {
    let secret = sign::new_secret(&app.entropy.bytes());
    let mut tx = app.store.begin().await?;
    let before = find(&mut tx, caller, id).await?;
    let until = app.now().plus_ms(OLD_SECRET_MS);
    let after = WebhookEndpoint {
        sealed_secret: app.secret.seal(secret.as_bytes(), &sealed_for(id)),
        old_secret: Some((before.sealed_secret.clone(), until)),
        ..before
    };
    let answer = render(&after.view_with(&secret));
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    webhook_endpoints::save(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Removes the endpoint, with what it was not told yet.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn delete(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let endpoint = find(&mut tx, caller, id).await?;
    webhook_deliveries::delete_of(&mut tx, &endpoint).await?;
    webhook_endpoints::delete(&mut tx, &endpoint).await?;
    Ok(tx.commit().await?)
}

/// Sends a sample event now and says what came of it. The sample is kept nowhere.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn test(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
    claim: Option<&Claim>,
    render: impl Fn(&wire::DeliveryAttempt) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.read().await?;
    let endpoint = find(&mut tx, caller, id).await?;
    drop(tx);
    let event = Event {
        id: app.id(),
        event_type: "webhook_endpoint.test".to_owned(),
        created_at: app.now(),
        mode: caller.mode,
        api_version: API_VERSION,
        data: json!({"webhook_endpoint": endpoint.id}),
        previous_attributes: None,
    };
    let body = serde_json::to_vec(&event)
        .map_err(|_| OperationError::Internal("an event cannot be written"))?;
    let tried = send(app, &endpoint, &event.id.to_string(), body).await?;
    let answer = render(&tried.view());
    if let Some(claim) = claim
        && let Some(earlier) = reply::keep(app, claim, &answer).await?
    {
        return Ok(earlier);
    }
    Ok(Reply::Fresh(answer))
}

/// Has a delivery tried again at once, whatever became of it before.
///
/// # Errors
///
/// `resource_not_found`.
pub async fn retry(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
    delivery: WebhookDeliveryId,
    claim: Option<&Claim>,
    render: impl Fn(&wire::WebhookDelivery) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let endpoint = find(&mut tx, caller, id).await?;
    let before = webhook_deliveries::find(&mut tx, &endpoint, delivery)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let claimed_until = before.claimed_until;
    let after = WebhookDelivery {
        status: DeliveryStatus::Pending,
        next_attempt_at: Some(app.now()),
        // Somebody may be at it just now; then this is the next try.
        claimed_until: Timestamp(0),
        ..before
    };
    let answer = render(&after.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    webhook_deliveries::record(&mut tx, &after, claimed_until).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

async fn find(
    tx: &mut Transaction,
    caller: &Server,
    id: WebhookEndpointId,
) -> Result<WebhookEndpoint, OperationError> {
    webhook_endpoints::find(tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or_else(|| ErrorCode::ResourceNotFound.into())
}
