//! Rows of `events`: what a merchant can be told of, written in the transaction that made it happen.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{EventId, MerchantId};
use checkout_protocol::timestamp::Timestamp;
use serde::Serialize;

use super::{StoreError, Transaction, to_json};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventType {
    /// A payment was collected.
    PaymentSucceeded,
    /// An attempt failed; another may follow and succeed.
    PaymentFailed,
    /// The acquirer was asked to undo a charge that came too late.
    PaymentReversed,
    /// A refund reached the card holder's bank.
    PaymentRefunded,
    /// A refund did not, or came back.
    RefundFailed,
    /// A session's time is over.
    PaymentSessionExpired,
    /// A card was saved.
    PaymentMethodAttached,
    /// A customer was made.
    CustomerCreated,
    /// A customer was changed.
    CustomerUpdated,
}

impl EventType {
    /// As merchants know it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentSucceeded => "payment.succeeded",
            Self::PaymentFailed => "payment.failed",
            Self::PaymentReversed => "payment.reversed",
            Self::PaymentRefunded => "payment.refunded",
            Self::RefundFailed => "refund.failed",
            Self::PaymentMethodAttached => "payment_method.attached",
            Self::CustomerCreated => "customer.created",
            Self::CustomerUpdated => "customer.updated",
            Self::PaymentSessionExpired => "payment_session.expired",
        }
    }
}

/// Whose event, and when.
#[derive(Clone, Copy, Debug)]
pub struct Happened {
    /// A new id.
    pub id: EventId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// When.
    pub at: Timestamp,
}

/// Adds an event. `data` is what a GET of the resource answers at this moment.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(
    tx: &mut Transaction,
    happened: Happened,
    event_type: EventType,
    data: &impl Serialize,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (merchant_id, mode, id, event_type, data, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(happened.merchant_id.to_string())
    .bind(happened.mode.as_str())
    .bind(happened.id.to_string())
    .bind(event_type.as_str())
    .bind(to_json(data))
    .bind(happened.at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The types of a merchant's events, oldest first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn types(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
) -> Result<Vec<String>, StoreError> {
    let types = sqlx::query_scalar(
        "SELECT event_type FROM events WHERE merchant_id = $1 AND mode = $2 ORDER BY created_at_ms, id",
    )
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .fetch_all(tx.connection())
    .await?;
    Ok(types)
}
