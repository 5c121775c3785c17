//! A merchant's server reads events, endpoints and what was delivered.

use checkout_protocol::api::list::List;
use checkout_protocol::api::webhook_endpoint::{self as wire, DeliveryStatus};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{
    EventId, EventKind, WebhookDeliveryKind, WebhookEndpointId, WebhookEndpointKind,
};

use crate::app::App;
use crate::domain::event::Event;
use crate::operations::OperationError;
use crate::operations::authenticate::Server;
use crate::operations::read_merchant_data::{Wanted, list, whose};
use crate::store::{events, webhook_deliveries, webhook_endpoints};

/// The merchant's event.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn event(app: &App, caller: &Server, id: EventId) -> Result<Event, OperationError> {
    let (merchant, mode) = whose(caller);
    app.store
        .look(async |mut tx| events::find(&mut tx, merchant, mode, id).await)
        .await?
        .ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

/// A page of the merchant's events.
///
/// # Errors
///
/// `resource_not_found` for a cursor that is not the merchant's.
pub async fn events(
    app: &App,
    caller: &Server,
    event_type: Option<String>,
    wanted: Wanted<EventKind>,
) -> Result<List<Event>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    if let Some(cursor) = wanted.from {
        let known = events::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = events::list(&mut tx, (merchant, mode), event_type, &wanted.page()).await?;
    Ok(list(found, |event| event))
}

/// The merchant's endpoint.
///
/// # Errors
///
/// `resource_not_found`, also for another merchant's or the other mode's.
pub async fn endpoint(
    app: &App,
    caller: &Server,
    id: WebhookEndpointId,
) -> Result<wire::WebhookEndpoint, OperationError> {
    let (merchant, mode) = whose(caller);
    let found = app
        .store
        .look(async |mut tx| webhook_endpoints::find(&mut tx, merchant, mode, id).await)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    Ok(found.view())
}

/// A page of the merchant's endpoints.
///
/// # Errors
///
/// `resource_not_found` for a cursor that is not the merchant's.
pub async fn endpoints(
    app: &App,
    caller: &Server,
    wanted: Wanted<WebhookEndpointKind>,
) -> Result<List<wire::WebhookEndpoint>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    if let Some(cursor) = wanted.from {
        let known = webhook_endpoints::find(&mut tx, merchant, mode, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = webhook_endpoints::list(&mut tx, (merchant, mode), &wanted.page()).await?;
    Ok(list(found, |endpoint| endpoint.view()))
}

/// A page of the endpoint's deliveries.
///
/// # Errors
///
/// `resource_not_found` for an endpoint or cursor that is not the merchant's.
pub async fn deliveries(
    app: &App,
    caller: &Server,
    endpoint: WebhookEndpointId,
    status: Option<DeliveryStatus>,
    wanted: Wanted<WebhookDeliveryKind>,
) -> Result<List<wire::WebhookDelivery>, OperationError> {
    let (merchant, mode) = whose(caller);
    let mut tx = app.store.read().await?;
    let endpoint = webhook_endpoints::find(&mut tx, merchant, mode, endpoint)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    if let Some(cursor) = wanted.from {
        let known = webhook_deliveries::find(&mut tx, &endpoint, cursor.id()).await?;
        wanted.check(known.is_some())?;
    }
    let found = webhook_deliveries::list(&mut tx, &endpoint, status, &wanted.page()).await?;
    Ok(list(found, |delivery| delivery.view()))
}
