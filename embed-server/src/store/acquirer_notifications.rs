//! Rows of `acquirer_notifications`: which notifications took effect, so that a repeated one changes nothing.

use checkout_protocol::timestamp::Timestamp;

use super::{StoreError, Transaction};

/// Notes a notification; `false` when it was noted before.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note(
    tx: &mut Transaction,
    acquirer_reference: &str,
    event_code: &str,
    success: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "INSERT INTO acquirer_notifications (acquirer_reference, event_code, success, received_at_ms)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(acquirer_reference)
    .bind(event_code)
    .bind(i64::from(success))
    .bind(now.0)
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows == 1)
}
