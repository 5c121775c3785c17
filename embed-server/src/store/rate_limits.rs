//! Rows of `rate_limits`: allowances that every process must count the same.

use super::{StoreError, Transaction};

/// Takes one request from a bucket, if it is not used up: the new moment at which it would be empty, in microseconds.
///
/// One statement, so that two processes cannot both take the last one.
///
/// # Errors
///
/// [`StoreError`].
pub async fn take(
    tx: &mut Transaction,
    bucket: &str,
    now_us: i64,
    interval_us: i64,
    tolerance_us: i64,
) -> Result<Option<i64>, StoreError> {
    let taken = sqlx::query_scalar(
        "INSERT INTO rate_limits (bucket, empty_at_us) VALUES ($1, $2 + $3)
         ON CONFLICT (bucket) DO UPDATE
            SET empty_at_us = CASE WHEN rate_limits.empty_at_us > $2 THEN rate_limits.empty_at_us
                                   ELSE $2 END + $3
          WHERE rate_limits.empty_at_us <= $2 + $4
         RETURNING empty_at_us",
    )
    .bind(bucket)
    .bind(now_us)
    .bind(interval_us)
    .bind(tolerance_us)
    .fetch_optional(tx.connection())
    .await?;
    Ok(taken)
}

/// When a bucket would be empty, in microseconds; `None` for one that nobody used.
///
/// # Errors
///
/// [`StoreError`].
pub async fn empty_at(tx: &mut Transaction, bucket: &str) -> Result<Option<i64>, StoreError> {
    let at = sqlx::query_scalar("SELECT empty_at_us FROM rate_limits WHERE bucket = $1")
        .bind(bucket)
        .fetch_optional(tx.connection())
        .await?;
    Ok(at)
}

/// Forgets buckets that are empty.
///
/// # Errors
///
/// [`StoreError`].
pub async fn forget(tx: &mut Transaction, now_us: i64) -> Result<u64, StoreError> {
    let rows = sqlx::query("DELETE FROM rate_limits WHERE empty_at_us < $1")
        .bind(now_us)
        .execute(tx.connection())
        .await?
        .rows_affected();
    Ok(rows)
}
