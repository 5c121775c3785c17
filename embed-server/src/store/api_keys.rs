//! Rows of `api_keys`.

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::id::{KeyId, MerchantId};
use checkout_protocol::origin::AllowedOrigin;
use checkout_protocol::timestamp::Timestamp;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::api_key::StoredKey;

const TABLE: &str = "api_keys";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    id: String,
    mode: String,
    key_type: String,
    label: Option<String>,
    public_part: String,
    proof: String,
    last_four: String,
    allowed_origins: String,
    revoked_at_ms: Option<i64>,
    version: i64,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, id, mode, key_type, label, public_part, proof, last_four, allowed_origins,
                    revoked_at_ms, version, created_at_ms
               FROM api_keys ",
            $rest
        )
    };
}

fn origins(key: &StoredKey) -> String {
    let texts: Vec<String> = key
        .allowed_origins
        .iter()
        .map(ToString::to_string)
        .collect();
    to_json(&texts)
}

/// Adds a key.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, key: &StoredKey) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO api_keys (merchant_id, id, mode, key_type, label, public_part, proof, last_four,
                               allowed_origins, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(key.merchant_id.to_string())
    .bind(key.id.to_string())
    .bind(key.mode.as_str())
    .bind(key.key_type.as_str())
    .bind(&key.label)
    .bind(&key.public_part)
    .bind(&key.proof)
    .bind(&key.last_four)
    .bind(origins(key))
    .bind(key.version)
    .bind(key.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The key of this public part. No merchant is asked for: the key is what tells us the merchant.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_by_public_part(
    tx: &mut Transaction,
    public_part: &str,
) -> Result<Option<StoredKey>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE public_part = $1"))
        .bind(public_part)
        .fetch_optional(tx.connection())
        .await?;
    row.map(StoredKey::try_from).transpose()
}

/// The merchant's key in this mode, unless it was revoked.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: KeyId,
) -> Result<Option<StoredKey>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE merchant_id = $1 AND mode = $2 AND id = $3 AND revoked_at_ms IS NULL"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(StoredKey::try_from).transpose()
}

/// A page of the merchant's keys that were not revoked.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    page: &Page,
) -> Result<Found<StoredKey>, StoreError> {
    let working = " AND revoked_at_ms IS NULL";
    let found: Found<Row> = listing::find(tx, select!(""), working, whose, &[], page).await?;
    found.try_map(StoredKey::try_from)
}

/// Writes what may change, if nobody else has since `key` was read, and raises its version: every process forgets what
/// it knew of the key within a second.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(
    tx: &mut Transaction,
    key: &StoredKey,
    revoked_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE api_keys
            SET label = $1, public_part = $2, proof = $3, last_four = $4, allowed_origins = $5,
                revoked_at_ms = $6, version = version + 1
          WHERE merchant_id = $7 AND mode = $8 AND id = $9 AND version = $10",
    )
    .bind(&key.label)
    .bind(&key.public_part)
    .bind(&key.proof)
    .bind(&key.last_four)
    .bind(origins(key))
    .bind(revoked_at.map(|at| at.0))
    .bind(key.merchant_id.to_string())
    .bind(key.mode.as_str())
    .bind(key.id.to_string())
    .bind(key.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, key.id)
}

impl TryFrom<Row> for StoredKey {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let mode = read.known("mode", Mode::from_text(&row.mode))?;
        let origins: Vec<String> = read.json("allowed_origins", &row.allowed_origins)?;
        let allowed_origins = origins
            .iter()
            .map(|text| {
                AllowedOrigin::parse(text, mode).map_err(|_| read.corrupt("allowed_origins"))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode,
            key_type: read.known("key_type", KeyType::from_text(&row.key_type))?,
            allowed_origins,
            revoked: row.revoked_at_ms.is_some(),
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            label: row.label,
            public_part: row.public_part,
            proof: row.proof,
            last_four: row.last_four,
        })
    }
}
