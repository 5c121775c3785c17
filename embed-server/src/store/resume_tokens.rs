//! Rows of `resume_tokens`.

use checkout_protocol::id::SessionId;
use checkout_protocol::timestamp::Timestamp;

use super::{Reader, StoreError, Transaction};

/// Adds a token.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(
    tx: &mut Transaction,
    token_hash: &str,
    session: SessionId,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO resume_tokens (token_hash, session_id, expires_at_ms) VALUES ($1, $2, $3)",
    )
    .bind(token_hash)
    .bind(session.to_string())
    .bind(expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Uses a token, which belongs to `redeemer` from then on: its session; nothing when the token is unknown, over, or
/// somebody else's.
///
/// One statement, so that two pages cannot both be the first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn redeem(
    tx: &mut Transaction,
    token_hash: &str,
    redeemer: &str,
    now: Timestamp,
) -> Result<Option<SessionId>, StoreError> {
    let session: Option<String> = sqlx::query_scalar(
        "UPDATE resume_tokens SET redeemer = $1
          WHERE token_hash = $2 AND expires_at_ms > $3 AND (redeemer IS NULL OR redeemer = $1)
         RETURNING session_id",
    )
    .bind(redeemer)
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(tx.connection())
    .await?;
    let read = Reader {
        table: "resume_tokens",
        id: token_hash,
    };
    session.map(|id| read.parsed("session_id", &id)).transpose()
}

/// Forgets tokens whose time is over.
///
/// # Errors
///
/// [`StoreError`].
pub async fn forget(tx: &mut Transaction, now: Timestamp) -> Result<u64, StoreError> {
    let rows = sqlx::query("DELETE FROM resume_tokens WHERE expires_at_ms <= $1")
        .bind(now.0)
        .execute(tx.connection())
        .await?
        .rows_affected();
    Ok(rows)
}
