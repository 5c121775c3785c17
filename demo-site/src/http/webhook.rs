//! What the payment API tells the shop's server: here, and nowhere else, an order counts as delivered.
//!
//! The signature is checked over the bytes as they came, before anything reads them. An event may come twice and is then
//! the same event; one that is not for the shop is answered like one that is, so that it is not sent again.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::Shop;
use crate::gateway::Payment;
use crate::outcome::{Outcome, of_payment};

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Value,
}

/// `POST /webhooks/borga`
pub async fn receive(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(secret) = &shop.settings.webhook_secret else {
        return StatusCode::NOT_FOUND;
    };
    let proven = standardwebhooks::Webhook::new(secret.reveal())
        .and_then(|webhook| webhook.verify(&body, &headers));
    if let Err(error) = proven {
        tracing::warn!(%error, "an event was not proven to be from Borga");
        return StatusCode::BAD_REQUEST;
    }
    let Ok(event) = serde_json::from_slice::<Event>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    if event.kind == "payment.succeeded" {
        deliver(&shop, event);
    }
    StatusCode::NO_CONTENT
}

/// The amount is compared before anything leaves: a session made with a publishable key got its amount in a browser.
fn deliver(shop: &Shop, event: Event) {
    let Ok(payment) = serde_json::from_value::<Payment>(event.data) else {
        return;
    };
    let order = payment
        .external_reference
        .as_deref()
        .and_then(|id| shop.orders.find(id));
    let Some(order) = order else {
        return;
    };
    if of_payment(&order, &payment) == Outcome::Paid {
        let first = order.delivered_by.set(event.id).is_ok();
        tracing::info!(order = %order.id, first, "an order was paid");
    }
}
