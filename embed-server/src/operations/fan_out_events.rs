//! Each event becomes one delivery for each endpoint that wants to be told of it.
//!
//! Done after the change that made the event, so that no payer waits for it, and in one transaction with the mark that
//! it is done, so that no event is forgotten and none is told twice.

use std::collections::hash_map::{Entry, HashMap};

use checkout_protocol::api::webhook_endpoint::DeliveryStatus;
use checkout_protocol::timestamp::Timestamp;

use crate::app::App;
use crate::domain::webhook_delivery::WebhookDelivery;
use crate::operations::OperationError;
use crate::store::{events, webhook_deliveries, webhook_endpoints};

const BATCH: i64 = 100;

/// Writes the deliveries of all events that have none yet.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn fan_out_events(app: &App) -> Result<(), OperationError> {
    // Most of the time there is nothing to do, and looking takes no write lock.
    let look = || {
        app.store
            .look(async |mut tx| events::has_to_fan_out(&mut tx).await)
    };
    while look().await? {
        fan_out_batch(app).await?;
    }
    Ok(())
}

async fn fan_out_batch(app: &App) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    let mut endpoints = HashMap::new();
    for event in events::take_to_fan_out(&mut tx, BATCH).await? {
        let whose = (event.merchant_id, event.mode);
        let enabled = match endpoints.entry(whose) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(webhook_endpoints::enabled(&mut tx, whose).await?)
            }
        };
        let wanting = enabled
            .iter()
            .filter(|endpoint| endpoint.wants(&event.event_type));
        for endpoint in wanting {
            let delivery = WebhookDelivery {
                id: app.id(),
                merchant_id: event.merchant_id,
                mode: event.mode,
                endpoint_id: endpoint.id,
                event_id: event.id,
                event_type: event.event_type.clone(),
                status: DeliveryStatus::Pending,
                attempts: 0,
                next_attempt_at: Some(app.now()),
                claimed_until: Timestamp(0),
                last: None,
                created_at: app.now(),
            };
            webhook_deliveries::insert(&mut tx, &delivery).await?;
        }
    }
    Ok(tx.commit().await?)
}
