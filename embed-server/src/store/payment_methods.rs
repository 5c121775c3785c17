//! Rows of `payment_methods`: saved cards, by the acquirer's token.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentMethodId};
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, to_json};
use crate::domain::payment_method::PaymentMethod;

const TABLE: &str = "payment_methods";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    customer_id: String,
    acquirer_token: String,
    card: String,
    detached_at_ms: Option<i64>,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, customer_id, acquirer_token, card, detached_at_ms, created_at_ms
               FROM payment_methods ",
            $rest
        )
    };
}

/// Adds a saved card; `false` when the customer has it already.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, method: &PaymentMethod) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "INSERT INTO payment_methods (merchant_id, mode, id, customer_id, acquirer_token, card,
                                      forgotten, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT DO NOTHING",
    )
    .bind(method.merchant_id.to_string())
    .bind(method.mode.as_str())
    .bind(method.id.to_string())
    .bind(method.customer.to_string())
    .bind(&method.acquirer_token)
    .bind(to_json(&method.card))
    .bind(method.created_at.0)
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// The merchant's payment method in this mode, unless it was detached.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: PaymentMethodId,
) -> Result<Option<PaymentMethod>, StoreError> {
    let found = find_with_detached(tx, merchant, mode, id).await?;
    Ok(found.filter(|method| method.detached_at.is_none()))
}

/// The same, also when it was detached: for what was charged to it before.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_with_detached(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: PaymentMethodId,
) -> Result<Option<PaymentMethod>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(PaymentMethod::try_from).transpose()
}

/// A page of the merchant's payment methods, all or those of one customer.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    customer: Option<CustomerId>,
    page: &Page,
) -> Result<Found<PaymentMethod>, StoreError> {
    let attached = " AND detached_at_ms IS NULL";
    let equal = [("customer_id", customer.map(|id| id.to_string()))];
    let found: Found<Row> = listing::find(tx, select!(""), attached, whose, &equal, page).await?;
    found.try_map(PaymentMethod::try_from)
}

/// Writes what is known of its card anew.
///
/// # Errors
///
/// [`StoreError`].
pub async fn save_card(tx: &mut Transaction, method: &PaymentMethod) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE payment_methods SET card = $1 WHERE merchant_id = $2 AND mode = $3 AND id = $4",
    )
    .bind(to_json(&method.card))
    .bind(method.merchant_id.to_string())
    .bind(method.mode.as_str())
    .bind(method.id.to_string())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes a payment method from its customer; `false` when that was done before.
///
/// # Errors
///
/// [`StoreError`].
pub async fn detach(
    tx: &mut Transaction,
    method: &PaymentMethod,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "UPDATE payment_methods SET detached_at_ms = $1
          WHERE merchant_id = $2 AND mode = $3 AND id = $4 AND detached_at_ms IS NULL",
    )
    .bind(now.0)
    .bind(method.merchant_id.to_string())
    .bind(method.mode.as_str())
    .bind(method.id.to_string())
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Detached cards that the acquirer still knows, of all merchants: making it forget them is our work, not theirs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_unforgotten(
    tx: &mut Transaction,
    limit: i64,
) -> Result<Vec<PaymentMethod>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE detached_at_ms IS NOT NULL AND forgotten = 0 ORDER BY detached_at_ms LIMIT $1"
    ))
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(PaymentMethod::try_from).collect()
}

/// Notes that the acquirer has forgotten a detached card.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_forgotten(
    tx: &mut Transaction,
    method: &PaymentMethod,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE payment_methods SET forgotten = 1 WHERE merchant_id = $1 AND mode = $2 AND id = $3",
    )
    .bind(method.merchant_id.to_string())
    .bind(method.mode.as_str())
    .bind(method.id.to_string())
    .execute(tx.connection())
    .await?;
    Ok(())
}

impl TryFrom<Row> for PaymentMethod {
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
            customer: read.parsed("customer_id", &row.customer_id)?,
            card: read.json("card", &row.card)?,
            detached_at: row.detached_at_ms.map(Timestamp),
            created_at: Timestamp(row.created_at_ms),
            acquirer_token: row.acquirer_token,
        })
    }
}
