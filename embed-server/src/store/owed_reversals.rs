//! Rows of `owed_reversals`: charges that nobody wants and that have not gone back yet.

use checkout_protocol::id::AttemptId;
use checkout_protocol::timestamp::Timestamp;

use super::{StoreError, Transaction};

/// Notes a charge that must go back; once is enough.
///
/// # Errors
///
/// [`StoreError`].
pub async fn owe(
    tx: &mut Transaction,
    attempt: AttemptId,
    acquirer_reference: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO owed_reversals (acquirer_reference, attempt_id, owed_since_ms)
         VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(acquirer_reference)
    .bind(attempt.to_string())
    .bind(now.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The charge went back.
///
/// # Errors
///
/// [`StoreError`].
pub async fn settle(tx: &mut Transaction, acquirer_reference: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM owed_reversals WHERE acquirer_reference = $1")
        .bind(acquirer_reference)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// It is asked for now, and has its next turn after all others.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_asked(
    tx: &mut Transaction,
    acquirer_reference: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE owed_reversals SET asked_at_ms = $1 WHERE acquirer_reference = $2")
        .bind(now.0)
        .bind(acquirer_reference)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Those that were noted or asked for before `until`, whoever waits longest first: attempt and reference.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_owed(
    tx: &mut Transaction,
    until: i64,
    limit: i64,
) -> Result<Vec<(String, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT attempt_id, acquirer_reference FROM owed_reversals
         WHERE COALESCE(asked_at_ms, owed_since_ms) <= $1
         ORDER BY COALESCE(asked_at_ms, owed_since_ms) LIMIT $2",
    )
    .bind(until)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?)
}
