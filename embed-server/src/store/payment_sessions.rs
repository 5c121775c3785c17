//! Rows of `payment_sessions`.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, PaymentId, SessionId};
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use url::Url;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::payment_session::PaymentSession;

const TABLE: &str = "payment_sessions";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    payment_id: String,
    status: String,
    origin: String,
    return_url: Option<String>,
    cancel_url: Option<String>,
    locale: Option<String>,
    customer_email: Option<String>,
    external_reference: Option<String>,
    metadata: String,
    expires_at_ms: i64,
    ended_at_ms: Option<i64>,
    version: i64,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, payment_id, status, origin, return_url, cancel_url, locale,
                    customer_email, external_reference, metadata, expires_at_ms, ended_at_ms, version,
                    created_at_ms
               FROM payment_sessions ",
            $rest
        )
    };
}

/// Adds a session.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, session: &PaymentSession) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payment_sessions
            (merchant_id, mode, id, payment_id, status, origin, return_url, cancel_url, locale,
             customer_email, external_reference, metadata, expires_at_ms, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(session.merchant_id.to_string())
    .bind(session.mode.as_str())
    .bind(session.id.to_string())
    .bind(session.payment_id.to_string())
    .bind(session.status.as_str())
    .bind(session.origin.as_str())
    .bind(session.return_url.as_ref().map(Url::as_str))
    .bind(session.cancel_url.as_ref().map(Url::as_str))
    .bind(&session.locale)
    .bind(&session.customer_email)
    .bind(&session.external_reference)
    .bind(to_json(&session.metadata))
    .bind(session.expires_at.0)
    .bind(session.version)
    .bind(session.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant's session in this mode, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: SessionId,
) -> Result<Option<PaymentSession>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(PaymentSession::try_from).transpose()
}

/// The session of this id, whoever's it is: the frame and the bank know a session's or challenge's id and nothing of
/// merchants. What they may do with it is decided by the client secret, the challenge or its nonce.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_public(
    tx: &mut Transaction,
    id: SessionId,
) -> Result<Option<PaymentSession>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(PaymentSession::try_from).transpose()
}

/// Every session of a payment. The payment is one merchant's, and so are they.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_by_payment(
    tx: &mut Transaction,
    payment: PaymentId,
) -> Result<Vec<PaymentSession>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE payment_id = $1 ORDER BY id"))
        .bind(payment.to_string())
        .fetch_all(tx.connection())
        .await?;
    rows.into_iter().map(PaymentSession::try_from).collect()
}

/// Open sessions whose time is over and which no attempt keeps alive, of all merchants: expiry is our work, not theirs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_due(
    tx: &mut Transaction,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<PaymentSession>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE status = 'open' AND expires_at_ms <= $1
           AND NOT EXISTS (SELECT 1 FROM attempts
                            WHERE attempts.payment_id = payment_sessions.payment_id
                              AND attempts.state IN ('calling', 'action_required', 'unknown'))
         ORDER BY expires_at_ms LIMIT $2"
    ))
    .bind(now.0)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(PaymentSession::try_from).collect()
}

/// Writes what may change, if nobody else has since `session` was read, and raises its version.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, session: &PaymentSession) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE payment_sessions SET status = $1, ended_at_ms = $2, version = version + 1
          WHERE merchant_id = $3 AND mode = $4 AND id = $5 AND version = $6",
    )
    .bind(session.status.as_str())
    .bind(session.ended_at.map(|ended_at| ended_at.0))
    .bind(session.merchant_id.to_string())
    .bind(session.mode.as_str())
    .bind(session.id.to_string())
    .bind(session.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, session.id)
}

impl TryFrom<Row> for PaymentSession {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let mode = read.known("mode", Mode::from_text(&row.mode))?;
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode,
            payment_id: read.parsed("payment_id", &row.payment_id)?,
            status: read.known("status", SessionStatus::from_text(&row.status))?,
            origin: Origin::parse(&row.origin, mode).map_err(|_| read.corrupt("origin"))?,
            return_url: read.url("return_url", row.return_url)?,
            cancel_url: read.url("cancel_url", row.cancel_url)?,
            metadata: read.json("metadata", &row.metadata)?,
            expires_at: Timestamp(row.expires_at_ms),
            ended_at: row.ended_at_ms.map(Timestamp),
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            locale: row.locale,
            customer_email: row.customer_email,
            external_reference: row.external_reference,
        })
    }
}
