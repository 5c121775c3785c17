//! Rows of `merchants`.

use checkout_protocol::id::MerchantId;
use checkout_protocol::timestamp::Timestamp;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::merchant::Merchant;

const TABLE: &str = "merchants";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    live_enabled: i64,
    redirect_domains: String,
    created_at_ms: i64,
}

/// Adds a merchant.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, merchant: &Merchant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO merchants (id, name, live_enabled, redirect_domains, created_at_ms)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(merchant.id.to_string())
    .bind(&merchant.name)
    .bind(i64::from(merchant.live_enabled))
    .bind(to_json(&merchant.redirect_domains))
    .bind(merchant.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The merchant, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(tx: &mut Transaction, id: MerchantId) -> Result<Option<Merchant>, StoreError> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, live_enabled, redirect_domains, created_at_ms FROM merchants WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Merchant::try_from).transpose()
}

/// Writes what may change: verification and redirect domains.
///
/// # Errors
///
/// [`StoreError`].
pub async fn save(tx: &mut Transaction, merchant: &Merchant) -> Result<(), StoreError> {
    let rows =
        sqlx::query("UPDATE merchants SET live_enabled = $1, redirect_domains = $2 WHERE id = $3")
            .bind(i64::from(merchant.live_enabled))
            .bind(to_json(&merchant.redirect_domains))
            .bind(merchant.id.to_string())
            .execute(tx.connection())
            .await?
            .rows_affected();
    changed(rows, TABLE, merchant.id)
}

impl TryFrom<Row> for Merchant {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            live_enabled: row.live_enabled != 0,
            redirect_domains: read.json("redirect_domains", &row.redirect_domains)?,
            created_at: Timestamp(row.created_at_ms),
            name: row.name,
        })
    }
}
