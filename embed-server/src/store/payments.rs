//! Rows of `payments`.

use checkout_protocol::api::payment::{PaidCard, PaymentStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentId};
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
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
    customer_id: Option<String>,
    payment_method_id: Option<String>,
    session_id: Option<String>,
    description: Option<String>,
    external_reference: Option<String>,
    metadata: String,
    failure_code: Option<String>,
    card_brand: Option<String>,
    card_last4: Option<String>,
    minor_units_refunded: i64,
    version: i64,
    created_at_ms: i64,
}

macro_rules! columns {
    () => {
        "merchant_id, mode, id, minor_units, currency, status, customer_id, payment_method_id, session_id,
         description, external_reference, metadata, failure_code, card_brand, card_last4,
         minor_units_refunded, version, created_at_ms"
    };
}

/// Adds a payment.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, payment: &Payment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payments (merchant_id, mode, id, minor_units, currency, status, customer_id,
                               payment_method_id, session_id, description, external_reference, metadata,
                               minor_units_refunded, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14)",
    )
    .bind(payment.merchant_id.to_string())
    .bind(payment.mode.as_str())
    .bind(payment.id.to_string())
    .bind(payment.amount.minor_units())
    .bind(payment.amount.currency().code())
    .bind(payment.status.as_str())
    .bind(payment.customer.map(|id| id.to_string()))
    .bind(payment.payment_method.map(|id| id.to_string()))
    .bind(payment.session.map(|id| id.to_string()))
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
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM payments WHERE merchant_id = $1 AND mode = $2 AND id = $3"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Payment::try_from).transpose()
}

/// The same, held until the transaction ends: whoever else wants to change the payment, its sessions, attempts or
/// refunds waits here, on every process.
///
/// # Errors
///
/// [`StoreError`].
pub async fn hold(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: PaymentId,
) -> Result<Option<Payment>, StoreError> {
    // An update is the one text with which both databases lock a row and read what was committed last.
    let row: Option<Row> = sqlx::query_as(concat!(
        "UPDATE payments SET version = version
          WHERE merchant_id = $1 AND mode = $2 AND id = $3 RETURNING ",
        columns!()
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Payment::try_from).transpose()
}

/// Which payments a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those with this reference of the merchant's own.
    pub external_reference: Option<String>,
    /// Those of this customer.
    pub customer: Option<CustomerId>,
    /// Those that stand there.
    pub status: Option<PaymentStatus>,
}

/// A page of the merchant's payments.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    filter: &Filter,
    page: &Page,
) -> Result<Found<Payment>, StoreError> {
    let equal = [
        ("external_reference", filter.external_reference.clone()),
        ("customer_id", filter.customer.map(|id| id.to_string())),
        (
            "status",
            filter.status.map(|status| status.as_str().to_owned()),
        ),
    ];
    let select = concat!("SELECT ", columns!(), " FROM payments");
    let found: Found<Row> = listing::find(tx, select, "", whose, &equal, page).await?;
    found.try_map(Payment::try_from)
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
            SET status = $1, failure_code = $2, card_brand = $3, card_last4 = $4, customer_id = $5,
                session_id = $6, description = $7, external_reference = $8, metadata = $9,
                minor_units_refunded = $10, version = version + 1
          WHERE merchant_id = $11 AND mode = $12 AND id = $13 AND version = $14",
    )
    .bind(payment.status.as_str())
    .bind(payment.failure_code.map(ErrorCode::as_str))
    .bind(brand)
    .bind(last4)
    .bind(payment.customer.map(|id| id.to_string()))
    .bind(payment.session.map(|id| id.to_string()))
    .bind(&payment.description)
    .bind(&payment.external_reference)
    .bind(to_json(&payment.metadata))
    .bind(payment.minor_units_refunded)
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
            customer: read.id("customer_id", row.customer_id.as_deref())?,
            payment_method: read.id("payment_method_id", row.payment_method_id.as_deref())?,
            session: read.id("session_id", row.session_id.as_deref())?,
            minor_units_refunded: row.minor_units_refunded,
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
