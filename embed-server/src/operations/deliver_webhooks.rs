//! What is due is sent: claimed, sent without a transaction, and written down.
//!
//! Each endpoint has its own turn, several requests at a time, so that one that is slow or dead keeps no other waiting.
//! Whoever dies between sending and writing leaves a claim that runs out; then the same try is made again.

use std::time::Duration;

use checkout_protocol::id::WebhookEndpointId;
use checkout_protocol::timestamp::Timestamp;
use futures_util::future::join_all;

use crate::app::App;
use crate::domain::webhook_delivery::{Tried, WebhookDelivery};
use crate::domain::webhook_endpoint::WebhookEndpoint;
use crate::in_flight::Work;
use crate::metrics;
use crate::operations::OperationError;
use crate::store::{StoreError, events, webhook_deliveries, webhook_endpoints};
use crate::webhook::send::Post;
use crate::webhook::sign;

/// Between two looks for what is due.
pub const PAUSE: Duration = Duration::from_millis(250);

/// Requests to one endpoint at a time, by this process.
const AT_ONCE: i64 = 8;

/// Starts a turn for each endpoint for which something is due and that has none in this process.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn deliver_webhooks(app: &App) -> Result<(), OperationError> {
    let now = app.now();
    let due = app
        .store
        .look(async |mut tx| webhook_endpoints::with_due_deliveries(&mut tx, now).await)
        .await?;
    for endpoint in due {
        let Some(hold) = app.in_flight.take(Work::Endpoint(endpoint.id)) else {
            continue;
        };
        let turn = app.clone();
        app.spawn(async move {
            if let Err(error) = deliver_to(&turn, &endpoint).await {
                tracing::error!(endpoint = %endpoint.id, %error, "a turn of webhooks was broken off");
            }
            drop(hold);
        });
    }
    Ok(())
}

/// Sends what is due for the endpoint until nothing is.
async fn deliver_to(app: &App, endpoint: &WebhookEndpoint) -> Result<(), OperationError> {
    while !app.stopping.is_cancelled() {
        let claimed_until = app.now().plus_ms(app.webhook_claim_ms);
        let Some((endpoint, claimed)) = claim(app, endpoint, claimed_until).await? else {
            return Ok(());
        };
        let tried = claimed.into_iter().map(|delivery| async {
            let tried = try_once(app, &endpoint, &delivery).await;
            (delivery, tried)
        });
        let round = join_all(tried).await;
        write(app, &endpoint, round, claimed_until).await?;
    }
    Ok(())
}

/// The endpoint as it is now, and what is to be sent to it; `None` when there is nothing.
async fn claim(
    app: &App,
    known: &WebhookEndpoint,
    until: Timestamp,
) -> Result<Option<(WebhookEndpoint, Vec<WebhookDelivery>)>, OperationError> {
    let mut tx = app.store.begin().await?;
    let found = webhook_endpoints::find(&mut tx, known.merchant_id, known.mode, known.id).await?;
    let Some(endpoint) = found.filter(|endpoint| endpoint.enabled) else {
        return Ok(None);
    };
    let times = (app.now(), until);
    let claimed = webhook_deliveries::claim(&mut tx, &endpoint, times, AT_ONCE).await?;
    tx.commit().await?;
    Ok((!claimed.is_empty()).then_some((endpoint, claimed)))
}

/// What cannot be sent, for a fault of ours, is a failed try: it must not keep the others from their turn.
async fn try_once(app: &App, endpoint: &WebhookEndpoint, delivery: &WebhookDelivery) -> Tried {
    let at = app.now();
    let tried = prepare_and_send(app, endpoint, delivery)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(delivery = %delivery.id, %error, "a webhook could not be prepared");
            Tried::not_sent(at, "could not be prepared")
        });
    metrics::webhook(tried.succeeded());
    tried
}

async fn prepare_and_send(
    app: &App,
    endpoint: &WebhookEndpoint,
    delivery: &WebhookDelivery,
) -> Result<Tried, OperationError> {
    let (merchant, mode, id) = (delivery.merchant_id, delivery.mode, delivery.event_id);
    let event = app
        .store
        .look(async |mut tx| events::find(&mut tx, merchant, mode, id).await)
        .await?
        .ok_or(OperationError::Internal("a delivery's event vanished"))?;
    let body = serde_json::to_vec(&event)
        .map_err(|_| OperationError::Internal("an event cannot be written"))?;
    send(app, endpoint, &id.to_string(), body).await
}

/// Signs the body and sends it once.
///
/// # Errors
///
/// [`OperationError::Store`] when the endpoint's secret cannot be read.
pub async fn send(
    app: &App,
    endpoint: &WebhookEndpoint,
    id: &str,
    body: Vec<u8>,
) -> Result<Tried, OperationError> {
    let now = app.now();
    let secrets = secrets(app, endpoint, now)?;
    let format = endpoint.signature_format;
    let post = Post {
        url: &endpoint.url,
        mode: endpoint.mode,
        headers: sign::headers(format, &secrets, id, now.0.div_euclid(1_000), &body),
        body,
    };
    Ok(app.webhooks.send(post, now).await)
}

/// The secrets that sign now, the current one first.
fn secrets(
    app: &App,
    endpoint: &WebhookEndpoint,
    now: Timestamp,
) -> Result<Vec<String>, OperationError> {
    let old = endpoint
        .old_secret
        .iter()
        .filter(|(_, until)| now < *until)
        .map(|(sealed, _)| sealed);
    std::iter::once(&endpoint.sealed_secret)
        .chain(old)
        .map(|sealed| {
            let opened = app.secret.open(sealed, &sealed_for(endpoint.id));
            let text = opened.and_then(|bytes| String::from_utf8(bytes).ok());
            text.ok_or_else(|| {
                StoreError::Corrupt {
                    table: "webhook_endpoints",
                    column: "secret",
                    id: endpoint.id.to_string(),
                }
                .into()
            })
        })
        .collect()
}

/// What a secret is sealed for.
#[must_use]
pub fn sealed_for(endpoint: WebhookEndpointId) -> String {
    format!("webhook secret of {endpoint}")
}

async fn write(
    app: &App,
    endpoint: &WebhookEndpoint,
    round: Vec<(WebhookDelivery, Tried)>,
    claimed_until: Timestamp,
) -> Result<(), OperationError> {
    let now = app.now();
    let pauses = app.limits(endpoint.mode).webhook_pauses_ms;
    let somebody_is_there = round.iter().any(|(_, tried)| tried.succeeded());
    let is_gone = round.iter().any(|(_, tried)| tried.is_gone());
    let mut tx = app.store.begin().await?;
    for (delivery, tried) in round {
        let id = delivery.id;
        let after = delivery.after(tried, now, &pauses);
        if !webhook_deliveries::record(&mut tx, &after, claimed_until).await? {
            tracing::warn!(delivery = %id, "a delivery took longer than its claim, or its endpoint is gone");
        }
    }
    let disabled = if somebody_is_there {
        webhook_endpoints::note_success(&mut tx, endpoint).await?;
        false
    } else {
        webhook_endpoints::note_failure(&mut tx, endpoint, now).await?
            || is_gone
                && webhook_endpoints::disable(&mut tx, endpoint, "answered 410 Gone", now).await?
    };
    tx.commit().await?;
    if disabled {
        tracing::warn!(endpoint = %endpoint.id, "a webhook endpoint was disabled");
    }
    Ok(())
}

/// Counts what is due, for the metrics.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn measure_backlog(app: &App) -> Result<(), OperationError> {
    let now = app.now();
    let (due, oldest) = app
        .store
        .look(async |mut tx| webhook_deliveries::backlog(&mut tx, now).await)
        .await?;
    let oldest_s = oldest.map_or(0, |oldest| (now.0 - oldest.0) / 1_000);
    metrics::webhook_backlog(
        u32::try_from(due).unwrap_or(u32::MAX),
        u32::try_from(oldest_s).unwrap_or(u32::MAX),
    );
    Ok(())
}
