//! Rows of `idempotency_keys`: claims that commit with their effect and remember the exact answer.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::MerchantId;
use checkout_protocol::timestamp::Timestamp;

use super::{StoreError, Transaction};

/// One `Idempotency-Key` with everything that decides whether a request is the same.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Whose.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// `secret` for all secret keys together, or a publishable key with its origin: a browser can neither pre-claim
    /// nor replay a server's key.
    pub credential: String,
    /// The header's value.
    pub key: String,
    /// HTTP method.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Digest of the body.
    pub fingerprint: String,
}

/// What was answered to the first request of a claim.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Answered {
    /// HTTP method of the first request.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Digest of its body.
    pub fingerprint: String,
    /// Status of the answer.
    pub status: i64,
    /// The answer's bytes, sealed.
    pub body: String,
    /// While a call to the acquirer decides the answer: until when the first request may still be at it.
    pub running_until_ms: Option<i64>,
    /// What that request reserved.
    pub reserved: Option<String>,
}

/// An answer that stands only until the acquirer has answered.
#[derive(Clone, Debug)]
pub struct Provisional {
    /// Until when the request may be at work.
    pub running_until: Timestamp,
    /// The id of what it reserved.
    pub reserved: String,
}

/// Takes the claim with the answer that is about to be given, or returns what was answered before.
///
/// The unique insert is the lock: of two requests with one key, the second waits for the first's transaction.
///
/// # Errors
///
/// [`StoreError`].
pub async fn take(
    tx: &mut Transaction,
    claim: &Claim,
    status: u16,
    sealed_body: &str,
    provisional: Option<&Provisional>,
    now: Timestamp,
) -> Result<Option<Answered>, StoreError> {
    let rows = sqlx::query(
        "INSERT INTO idempotency_keys (merchant_id, mode, credential, idempotency_key, method, path,
                                       fingerprint, status, body, running_until_ms, reserved, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT DO NOTHING",
    )
    .bind(claim.merchant_id.to_string())
    .bind(claim.mode.as_str())
    .bind(&claim.credential)
    .bind(&claim.key)
    .bind(&claim.method)
    .bind(&claim.path)
    .bind(&claim.fingerprint)
    .bind(i64::from(status))
    .bind(sealed_body)
    .bind(provisional.map(|provisional| provisional.running_until.0))
    .bind(provisional.map(|provisional| &provisional.reserved))
    .bind(now.0)
    .execute(tx.connection())
    .await?
    .rows_affected();
    if rows == 1 {
        return Ok(None);
    }
    find(tx, claim).await
}

/// What was answered to an earlier request of this claim.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(tx: &mut Transaction, claim: &Claim) -> Result<Option<Answered>, StoreError> {
    let answered = sqlx::query_as(
        "SELECT method, path, fingerprint, status, body, running_until_ms, reserved FROM idempotency_keys
          WHERE merchant_id = $1 AND mode = $2 AND credential = $3 AND idempotency_key = $4",
    )
    .bind(claim.merchant_id.to_string())
    .bind(claim.mode.as_str())
    .bind(&claim.credential)
    .bind(&claim.key)
    .fetch_optional(tx.connection())
    .await?;
    Ok(answered)
}

/// Replaces a provisional answer by the final one.
///
/// # Errors
///
/// [`StoreError`].
pub async fn conclude(
    tx: &mut Transaction,
    claim: &Claim,
    status: u16,
    sealed_body: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE idempotency_keys SET status = $1, body = $2, running_until_ms = NULL
          WHERE merchant_id = $3 AND mode = $4 AND credential = $5 AND idempotency_key = $6
            AND running_until_ms IS NOT NULL",
    )
    .bind(i64::from(status))
    .bind(sealed_body)
    .bind(claim.merchant_id.to_string())
    .bind(claim.mode.as_str())
    .bind(&claim.credential)
    .bind(&claim.key)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets claims older than `before`, of all merchants: keys are kept for a day at least, and not for ever.
///
/// # Errors
///
/// [`StoreError`].
pub async fn forget(tx: &mut Transaction, before: Timestamp) -> Result<u64, StoreError> {
    let rows = sqlx::query("DELETE FROM idempotency_keys WHERE created_at_ms < $1")
        .bind(before.0)
        .execute(tx.connection())
        .await?
        .rows_affected();
    Ok(rows)
}
