//! Rows of `api_keys`.

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::origin::AllowedOrigin;
use checkout_protocol::timestamp::Timestamp;

use super::{Reader, StoreError, Transaction, to_json};
use crate::domain::api_key::StoredKey;

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    id: String,
    mode: String,
    key_type: String,
    public_part: String,
    proof: String,
    last_four: String,
    allowed_origins: String,
    revoked_at_ms: Option<i64>,
    version: i64,
    created_at_ms: i64,
}

/// Adds a key.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, key: &StoredKey) -> Result<(), StoreError> {
    let origins: Vec<String> = key
        .allowed_origins
        .iter()
        .map(ToString::to_string)
        .collect();
    sqlx::query(
        "INSERT INTO api_keys (merchant_id, id, mode, key_type, public_part, proof, last_four,
                               allowed_origins, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(key.merchant_id.to_string())
    .bind(key.id.to_string())
    .bind(key.mode.as_str())
    .bind(key.key_type.as_str())
    .bind(&key.public_part)
    .bind(&key.proof)
    .bind(&key.last_four)
    .bind(to_json(&origins))
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
    let row: Option<Row> = sqlx::query_as(
        "SELECT merchant_id, id, mode, key_type, public_part, proof, last_four, allowed_origins,
                revoked_at_ms, version, created_at_ms
           FROM api_keys WHERE public_part = $1",
    )
    .bind(public_part)
    .fetch_optional(tx.connection())
    .await?;
    row.map(StoredKey::try_from).transpose()
}

impl TryFrom<Row> for StoredKey {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: "api_keys",
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
            public_part: row.public_part,
            proof: row.proof,
            last_four: row.last_four,
        })
    }
}
