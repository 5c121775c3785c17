//! Rows of `webhook_endpoints`.

use checkout_protocol::api::webhook_endpoint::SignatureFormat;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, WebhookEndpointId};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::webhook_endpoint::{PATIENCE_MS, WebhookEndpoint};

const TABLE: &str = "webhook_endpoints";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    url: String,
    description: Option<String>,
    enabled_events: String,
    signature_format: String,
    enabled: i64,
    disabled_reason: Option<String>,
    secret: String,
    old_secret: Option<String>,
    old_secret_until_ms: Option<i64>,
    version: i64,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, url, description, enabled_events, signature_format, enabled,
                    disabled_reason, secret, old_secret, old_secret_until_ms, version, created_at_ms
               FROM webhook_endpoints ",
            $rest
        )
    };
}

/// Adds an endpoint.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO webhook_endpoints (merchant_id, mode, id, url, description, enabled_events, signature_format,
                                        enabled, secret, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .bind(endpoint.url.as_str())
    .bind(&endpoint.description)
    .bind(to_json(&endpoint.enabled_events))
    .bind(endpoint.signature_format.as_str())
    .bind(i64::from(endpoint.enabled))
    .bind(&endpoint.sealed_secret)
    .bind(endpoint.version)
    .bind(endpoint.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant's endpoint in this mode.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: WebhookEndpointId,
) -> Result<Option<WebhookEndpoint>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(WebhookEndpoint::try_from).transpose()
}

/// All endpoints of the merchant in this mode that are told of events.
///
/// # Errors
///
/// [`StoreError`].
pub async fn enabled(
    tx: &mut Transaction,
    (merchant, mode): (MerchantId, Mode),
) -> Result<Vec<WebhookEndpoint>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE merchant_id = $1 AND mode = $2 AND enabled = 1"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(WebhookEndpoint::try_from).collect()
}

/// A page of the merchant's endpoints.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    page: &Page,
) -> Result<Found<WebhookEndpoint>, StoreError> {
    let found: Found<Row> = listing::find(tx, select!(""), "", whose, &[], page).await?;
    found.try_map(WebhookEndpoint::try_from)
}

/// The endpoints of all merchants for which something is due at `now`, and which nobody is at.
///
/// # Errors
///
/// [`StoreError`].
pub async fn with_due_deliveries(
    tx: &mut Transaction,
    now: Timestamp,
) -> Result<Vec<WebhookEndpoint>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE enabled = 1
           AND EXISTS (SELECT 1 FROM webhook_deliveries
                        WHERE endpoint_id = webhook_endpoints.id AND status = 'pending'
                          AND next_attempt_at_ms <= $1 AND claimed_until_ms <= $1)"
    ))
    .bind(now.0)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(WebhookEndpoint::try_from).collect()
}

/// Writes what a merchant may change, if nobody else has since `endpoint` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    let (old_secret, until) = endpoint
        .old_secret
        .as_ref()
        .map(|(secret, until)| (secret, until.0))
        .unzip();
    // Whoever enables an endpoint gives it a new chance.
    let rows = sqlx::query(
        "UPDATE webhook_endpoints
            SET url = $1, description = $2, enabled_events = $3, signature_format = $4, enabled = $5,
                disabled_reason = $6, secret = $7, old_secret = $8, old_secret_until_ms = $9,
                failing_since_ms = CASE WHEN enabled = 0 AND $5 = 1 THEN NULL ELSE failing_since_ms END,
                version = version + 1
          WHERE merchant_id = $10 AND mode = $11 AND id = $12 AND version = $13",
    )
    .bind(endpoint.url.as_str())
    .bind(&endpoint.description)
    .bind(to_json(&endpoint.enabled_events))
    .bind(endpoint.signature_format.as_str())
    .bind(i64::from(endpoint.enabled))
    .bind(&endpoint.disabled_reason)
    .bind(&endpoint.sealed_secret)
    .bind(old_secret)
    .bind(until)
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .bind(endpoint.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, endpoint.id)
}

/// Removes an endpoint that has no deliveries any more.
///
/// # Errors
///
/// [`StoreError`].
pub async fn delete(tx: &mut Transaction, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "DELETE FROM webhook_endpoints WHERE merchant_id = $1 AND mode = $2 AND id = $3",
    )
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, endpoint.id)
}

/// Somebody is there.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_success(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE webhook_endpoints SET failing_since_ms = NULL
          WHERE merchant_id = $1 AND mode = $2 AND id = $3 AND failing_since_ms IS NOT NULL",
    )
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Nobody was there at `now`. Says whether that was once too often: then the endpoint is disabled.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_failure(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
    now: Timestamp,
) -> Result<bool, StoreError> {
    sqlx::query(
        "UPDATE webhook_endpoints SET failing_since_ms = $1
          WHERE merchant_id = $2 AND mode = $3 AND id = $4 AND failing_since_ms IS NULL",
    )
    .bind(now.0)
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .execute(tx.connection())
    .await?;
    let reason = "nothing was delivered for five days";
    disable(tx, endpoint, reason, now.plus_ms(-PATIENCE_MS)).await
}

/// Disables an endpoint that has failed since `since` or longer. Says whether it was enabled.
///
/// # Errors
///
/// [`StoreError`].
pub async fn disable(
    tx: &mut Transaction,
    endpoint: &WebhookEndpoint,
    reason: &str,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "UPDATE webhook_endpoints SET enabled = 0, disabled_reason = $1, version = version + 1
          WHERE merchant_id = $2 AND mode = $3 AND id = $4 AND enabled = 1 AND failing_since_ms <= $5",
    )
    .bind(reason)
    .bind(endpoint.merchant_id.to_string())
    .bind(endpoint.mode.as_str())
    .bind(endpoint.id.to_string())
    .bind(since.0)
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows > 0)
}

impl TryFrom<Row> for WebhookEndpoint {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let format = SignatureFormat::from_text(&row.signature_format);
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            url: read.parsed("url", &row.url)?,
            enabled_events: read.json("enabled_events", &row.enabled_events)?,
            signature_format: read.known("signature_format", format)?,
            enabled: row.enabled != 0,
            old_secret: row
                .old_secret
                .zip(row.old_secret_until_ms)
                .map(|(secret, until)| (secret, Timestamp(until))),
            description: row.description,
            disabled_reason: row.disabled_reason,
            sealed_secret: row.secret,
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
        })
    }
}
