//! Rows of `webhook_deliveries`: the outbox. Who tries one claims it first, for a time; the time is also the mark by
//! which a claim is told from a later one.

use checkout_protocol::api::webhook_endpoint::DeliveryStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, WebhookDeliveryId};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction};
use crate::domain::webhook_delivery::{Tried, WebhookDelivery};
use crate::domain::webhook_endpoint::WebhookEndpoint;

const TABLE: &str = "webhook_deliveries";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    endpoint_id: String,
    event_id: String,
    event_type: String,
    status: String,
    attempts: i64,
    next_attempt_at_ms: Option<i64>,
    claimed_until_ms: i64,
    last_attempt_at_ms: Option<i64>,
    last_http_status: Option<i64>,
    last_took_ms: Option<i64>,
    last_error: Option<String>,
    last_answer: Option<String>,
    created_at_ms: i64,
}

macro_rules! columns {
    () => {
        "merchant_id, mode, id, endpoint_id, event_id,
         (SELECT event_type FROM events WHERE events.id = webhook_deliveries.event_id) AS event_type,
         status, attempts, next_attempt_at_ms, claimed_until_ms, last_attempt_at_ms, last_http_status, last_took_ms,
         last_error, last_answer, created_at_ms"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM webhook_deliveries ", $rest)
    };
}

/// Adds a delivery, unless the endpoint has one of this event already.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, delivery: &WebhookDelivery) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO webhook_deliveries (merchant_id, mode, id, endpoint_id, event_id, status, attempts,
                                         next_attempt_at_ms, claimed_until_ms, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0, $8)
         ON CONFLICT DO NOTHING",
    )
    .bind(delivery.merchant_id.to_string())
    .bind(delivery.mode.as_str())
    .bind(delivery.id.to_string())
    .bind(delivery.endpoint_id.to_string())
    .bind(delivery.event_id.to_string())
    .bind(delivery.status.as_str())
    .bind(delivery.next_attempt_at.map(|at| at.0))
    .bind(delivery.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The endpoint's delivery of this id.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
    id: WebhookDeliveryId,
) -> Result<Option<WebhookDelivery>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE merchant_id = $1 AND mode = $2 AND endpoint_id = $3 AND id = $4"
    ))
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(WebhookDelivery::try_from).transpose()
}

/// A page of the endpoint's deliveries, of one status if that is asked for.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
    status: Option<DeliveryStatus>,
    page: &Page,
) -> Result<Found<WebhookDelivery>, StoreError> {
    let whose: (MerchantId, Mode) = (endpoint.merchant_id, endpoint.mode);
    let equal = [
        ("endpoint_id", Some(endpoint.id.to_string())),
        ("status", status.map(|status| status.as_str().to_owned())),
    ];
    let found: Found<Row> = listing::find(tx, select!(""), "", whose, &equal, page).await?;
    found.try_map(WebhookDelivery::try_from)
}

/// Claims at most so many of the endpoint's due deliveries until `until`, the longest due first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn claim(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
    (now, until): (Timestamp, Timestamp),
    most: i64,
) -> Result<Vec<WebhookDelivery>, StoreError> {
    // The outer conditions are looked at again when another process had the row: PostgreSQL then sees its new state.
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "UPDATE webhook_deliveries SET claimed_until_ms = $1
          WHERE status = 'pending' AND next_attempt_at_ms <= $2 AND claimed_until_ms <= $2
            AND id IN (SELECT id FROM webhook_deliveries
                        WHERE endpoint_id = $3 AND status = 'pending' AND next_attempt_at_ms <= $2
                          AND claimed_until_ms <= $2
                        ORDER BY next_attempt_at_ms LIMIT $4)
         RETURNING ",
        columns!()
    ))
    .bind(until.0)
    .bind(now.0)
    .bind(endpoint.id.to_string())
    .bind(most)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(WebhookDelivery::try_from).collect()
}

/// Writes what came of a try, if the claim is still the one of `claimed_until`; says whether it was.
///
/// # Errors
///
/// [`StoreError`].
pub async fn record(
    tx: &mut Transaction,
    delivery: &WebhookDelivery,
    claimed_until: Timestamp,
) -> Result<bool, StoreError> {
    let last = delivery.last.as_ref();
    let rows = sqlx::query(
        "UPDATE webhook_deliveries
            SET status = $1, attempts = $2, next_attempt_at_ms = $3, claimed_until_ms = $4, last_attempt_at_ms = $5,
                last_http_status = $6, last_took_ms = $7, last_error = $8, last_answer = $9
          WHERE merchant_id = $10 AND mode = $11 AND id = $12 AND claimed_until_ms = $13",
    )
    .bind(delivery.status.as_str())
    .bind(i64::from(delivery.attempts))
    .bind(delivery.next_attempt_at.map(|at| at.0))
    .bind(delivery.claimed_until.0)
    .bind(last.map(|tried| tried.at.0))
    .bind(last.and_then(|tried| tried.http_status.map(i64::from)))
    .bind(last.map(|tried| tried.took_ms))
    .bind(last.and_then(|tried| tried.error.clone()))
    .bind(last.and_then(|tried| tried.answer.clone()))
    .bind(delivery.merchant_id.to_string())
    .bind(delivery.mode.as_str())
    .bind(delivery.id.to_string())
    .bind(claimed_until.0)
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows > 0)
}

/// Removes the endpoint's deliveries.
///
/// # Errors
///
/// [`StoreError`].
pub async fn delete_of(tx: &mut Transaction, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM webhook_deliveries WHERE merchant_id = $1 AND mode = $2 AND endpoint_id = $3",
    )
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How many deliveries of all merchants are due at `now`, and since when the longest.
///
/// # Errors
///
/// [`StoreError`].
pub async fn backlog(
    tx: &mut Transaction,
    now: Timestamp,
) -> Result<(i64, Option<Timestamp>), StoreError> {
    let (count, oldest): (i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), MIN(next_attempt_at_ms) FROM webhook_deliveries
          WHERE status = 'pending' AND next_attempt_at_ms <= $1",
    )
    .bind(now.0)
    .fetch_one(tx.connection())
    .await?;
    Ok((count, oldest.map(Timestamp)))
}

impl TryFrom<Row> for WebhookDelivery {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let http_status = row
            .last_http_status
            .map(|status| u16::try_from(status).map_err(|_| read.corrupt("last_http_status")));
        let last = row.last_attempt_at_ms.map(|at| {
            Ok::<_, StoreError>(Tried {
                at: Timestamp(at),
                took_ms: row.last_took_ms.unwrap_or_default(),
                http_status: http_status.transpose()?,
                error: row.last_error,
                answer: row.last_answer,
                retry_after_ms: None,
            })
        });
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            endpoint_id: read.parsed("endpoint_id", &row.endpoint_id)?,
            event_id: read.parsed("event_id", &row.event_id)?,
            status: read.known("status", DeliveryStatus::from_text(&row.status))?,
            attempts: u32::try_from(row.attempts).map_err(|_| read.corrupt("attempts"))?,
            last: last.transpose()?,
            event_type: row.event_type,
            next_attempt_at: row.next_attempt_at_ms.map(Timestamp),
            claimed_until: Timestamp(row.claimed_until_ms),
            created_at: Timestamp(row.created_at_ms),
        })
    }
}
