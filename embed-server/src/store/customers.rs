//! Rows of `customers`.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{CustomerId, MerchantId};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::customer::Customer;

const TABLE: &str = "customers";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    email: String,
    details: String,
    metadata: String,
    default_payment_method_id: Option<String>,
    version: i64,
    created_at_ms: i64,
}

macro_rules! columns {
    () => {
        "merchant_id, mode, id, email, details, metadata, default_payment_method_id, version, created_at_ms"
    };
}

/// Adds a customer.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, customer: &Customer) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO customers (merchant_id, mode, id, email, details, metadata, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(customer.merchant_id.to_string())
    .bind(customer.mode.as_str())
    .bind(customer.id.to_string())
    .bind(&customer.email)
    .bind(to_json(&customer.details))
    .bind(to_json(&customer.metadata))
    .bind(customer.version)
    .bind(customer.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant's customer in this mode, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: CustomerId,
) -> Result<Option<Customer>, StoreError> {
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM customers WHERE merchant_id = $1 AND mode = $2 AND id = $3"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Customer::try_from).transpose()
}

/// The same, held until the transaction ends. Whoever holds a payment, too, holds that first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn hold(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: CustomerId,
) -> Result<Option<Customer>, StoreError> {
    let row: Option<Row> = sqlx::query_as(concat!(
        "UPDATE customers SET version = version
          WHERE merchant_id = $1 AND mode = $2 AND id = $3 RETURNING ",
        columns!()
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Customer::try_from).transpose()
}

/// A page of the merchant's customers, all or those with one e-mail address.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    email: Option<String>,
    page: &Page,
) -> Result<Found<Customer>, StoreError> {
    let select = concat!("SELECT ", columns!(), " FROM customers");
    let equal = [("email", email)];
    let found: Found<Row> = listing::find(tx, select, "", whose, &equal, page).await?;
    found.try_map(Customer::try_from)
}

/// Writes what may change, if nobody else has since `customer` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, customer: &Customer) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE customers
            SET email = $1, details = $2, metadata = $3, default_payment_method_id = $4,
                version = version + 1
          WHERE merchant_id = $5 AND mode = $6 AND id = $7 AND version = $8",
    )
    .bind(&customer.email)
    .bind(to_json(&customer.details))
    .bind(to_json(&customer.metadata))
    .bind(customer.default_payment_method.map(|id| id.to_string()))
    .bind(customer.merchant_id.to_string())
    .bind(customer.mode.as_str())
    .bind(customer.id.to_string())
    .bind(customer.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, customer.id)
}

impl TryFrom<Row> for Customer {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            details: read.json("details", &row.details)?,
            metadata: read.json("metadata", &row.metadata)?,
            default_payment_method: read.id(
                "default_payment_method_id",
                row.default_payment_method_id.as_deref(),
            )?,
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            email: row.email,
        })
    }
}
