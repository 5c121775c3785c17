//! Rows of `refunds`. Whoever changes one holds its payment first.

use checkout_protocol::api::refund::RefundStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, PaymentId, RefundId};
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::refund::Refund;

const TABLE: &str = "refunds";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    payment_id: String,
    minor_units: i64,
    currency: String,
    status: String,
    reason: Option<String>,
    failure_reason: Option<String>,
    metadata: String,
    charge_reference: String,
    acquirer_reference: Option<String>,
    changed_at_ms: i64,
    version: i64,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, payment_id, minor_units, currency, status, reason, failure_reason,
                    metadata, charge_reference, acquirer_reference, changed_at_ms, version, created_at_ms
               FROM refunds ",
            $rest
        )
    };
}

/// Adds a refund.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, refund: &Refund) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO refunds (merchant_id, mode, id, payment_id, minor_units, currency, status, reason,
                              metadata, charge_reference, changed_at_ms, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(refund.merchant_id.to_string())
    .bind(refund.mode.as_str())
    .bind(refund.id.to_string())
    .bind(refund.payment_id.to_string())
    .bind(refund.amount.minor_units())
    .bind(refund.amount.currency().code())
    .bind(refund.status.as_str())
    .bind(&refund.reason)
    .bind(to_json(&refund.metadata))
    .bind(&refund.charge_reference)
    .bind(refund.changed_at.0)
    .bind(refund.version)
    .bind(refund.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant's refund in this mode, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: RefundId,
) -> Result<Option<Refund>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(Refund::try_from).transpose()
}

/// The refund of this id, whoever's it is: the acquirer knows nothing else of it.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_any(tx: &mut Transaction, id: RefundId) -> Result<Option<Refund>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(Refund::try_from).transpose()
}

/// A page of the merchant's refunds, all or those of one payment.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    payment: Option<PaymentId>,
    page: &Page,
) -> Result<Found<Refund>, StoreError> {
    let equal = [("payment_id", payment.map(|id| id.to_string()))];
    let found: Found<Row> = listing::find(tx, select!(""), "", whose, &equal, page).await?;
    found.try_map(Refund::try_from)
}

/// How much of a payment was given back (`succeeded`) or is being given back (`pending`), in minor units.
///
/// # Errors
///
/// [`StoreError`].
pub async fn sum(
    tx: &mut Transaction,
    (merchant, mode): (MerchantId, Mode),
    payment: PaymentId,
    status: RefundStatus,
) -> Result<i64, StoreError> {
    let sum = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(minor_units), 0) AS BIGINT) FROM refunds
          WHERE merchant_id = $1 AND mode = $2 AND payment_id = $3 AND status = $4",
    )
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(payment.to_string())
    .bind(status.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(sum)
}

/// Refunds that the acquirer has not taken since before `until`, of all merchants: sending them is our work.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_unsent(
    tx: &mut Transaction,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Refund>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE status = 'pending' AND acquirer_reference IS NULL AND changed_at_ms <= $1
         ORDER BY changed_at_ms LIMIT $2"
    ))
    .bind(until.0)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(Refund::try_from).collect()
}

/// Writes what may change, if nobody else has since `refund` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, refund: &Refund) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE refunds
            SET status = $1, failure_reason = $2, acquirer_reference = $3, changed_at_ms = $4,
                version = version + 1
          WHERE merchant_id = $5 AND mode = $6 AND id = $7 AND version = $8",
    )
    .bind(refund.status.as_str())
    .bind(&refund.failure_reason)
    .bind(&refund.acquirer_reference)
    .bind(refund.changed_at.0)
    .bind(refund.merchant_id.to_string())
    .bind(refund.mode.as_str())
    .bind(refund.id.to_string())
    .bind(refund.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, refund.id)
}

impl TryFrom<Row> for Refund {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let currency = read.known("currency", Currency::from_code(&row.currency))?;
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            payment_id: read.parsed("payment_id", &row.payment_id)?,
            amount: Money::new(row.minor_units, currency)
                .map_err(|_| read.corrupt("minor_units"))?,
            status: read.known("status", RefundStatus::from_text(&row.status))?,
            metadata: read.json("metadata", &row.metadata)?,
            changed_at: Timestamp(row.changed_at_ms),
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            reason: row.reason,
            failure_reason: row.failure_reason,
            charge_reference: row.charge_reference,
            acquirer_reference: row.acquirer_reference,
        })
    }
}
