//! Rows of `payments`.

use checkout_protocol::api::payment::{PaidCard, PaymentStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{MerchantId, PaymentId};
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::timestamp::Timestamp;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::payment::Payment;

const TABLE: &str = "payments";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    minor_units: i64,
    currency: String,
    status: String,
    description: Option<String>,
    external_reference: Option<String>,
    metadata: String,
    failure_code: Option<String>,
    card_brand: Option<String>,
    card_last4: Option<String>,
    version: i64,
    created_at_ms: i64,
}

/// Adds a payment.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, payment: &Payment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payments (merchant_id, mode, id, minor_units, currency, status, description,
                               external_reference, metadata, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(payment.merchant_id.to_string())
    .bind(payment.mode.as_str())
    .bind(payment.id.to_string())
    .bind(payment.amount.minor_units())
    .bind(payment.amount.currency().code())
    .bind(payment.status.as_str())
    .bind(&payment.description)
    .bind(&payment.external_reference)
    .bind(to_json(&payment.metadata))
    .bind(payment.version)
    .bind(payment.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant's payment in this mode, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: PaymentId,
) -> Result<Option<Payment>, StoreError> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT merchant_id, mode, id, minor_units, currency, status, description,
                external_reference, metadata, failure_code, card_brand, card_last4, version,
                created_at_ms
           FROM payments WHERE merchant_id = $1 AND mode = $2 AND id = $3",
    )
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Payment::try_from).transpose()
}

/// Writes what may change, if nobody else has since `payment` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, payment: &Payment) -> Result<(), StoreError> {
    let (brand, last4) = match &payment.card {
        Some(card) => (card.brand.as_ref(), card.last4.as_ref()),
        None => (None, None),
    };
    let rows = sqlx::query(
        "UPDATE payments
            SET status = $1, failure_code = $2, card_brand = $3, card_last4 = $4, version = version + 1
          WHERE merchant_id = $5 AND mode = $6 AND id = $7 AND version = $8",
    )
    .bind(payment.status.as_str())
    .bind(payment.failure_code.map(ErrorCode::as_str))
    .bind(brand)
    .bind(last4)
    .bind(payment.merchant_id.to_string())
    .bind(payment.mode.as_str())
    .bind(payment.id.to_string())
    .bind(payment.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, payment.id)
}

impl TryFrom<Row> for Payment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let currency = read.known("currency", Currency::from_code(&row.currency))?;
        let amount =
            Money::new(row.minor_units, currency).map_err(|_| read.corrupt("minor_units"))?;
        let card = (row.card_brand.is_some() || row.card_last4.is_some()).then_some(PaidCard {
            brand: row.card_brand,
            last4: row.card_last4,
        });
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            amount,
            status: read.known("status", PaymentStatus::from_text(&row.status))?,
            metadata: read.json("metadata", &row.metadata)?,
            failure_code: row.failure_code.as_deref().and_then(ErrorCode::from_text),
            card,
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            description: row.description,
            external_reference: row.external_reference,
        })
    }
}
