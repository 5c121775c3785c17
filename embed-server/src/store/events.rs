//! Rows of `events`: what a merchant can be told of, written in the transaction that made it happen.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{EventId, MerchantId};
use checkout_protocol::timestamp::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, to_json};
use crate::domain::event::{API_VERSION, Event};

const TABLE: &str = "events";

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
    /// A saved card was taken from its customer, by the merchant or by the payer.
    PaymentMethodDetached,
    /// A customer was made.
    CustomerCreated,
    /// A customer was changed.
    CustomerUpdated,
}

impl EventType {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::PaymentSucceeded,
        Self::PaymentFailed,
        Self::PaymentReversed,
        Self::PaymentRefunded,
        Self::RefundFailed,
        Self::PaymentSessionExpired,
        Self::PaymentMethodAttached,
        Self::PaymentMethodDetached,
        Self::CustomerCreated,
        Self::CustomerUpdated,
    ];

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
            Self::PaymentMethodDetached => "payment_method.detached",
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

/// Adds an event. `data` is what a GET of the resource answers at this moment, `previous` what the change replaced.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(
    tx: &mut Transaction,
    happened: Happened,
    event_type: EventType,
    data: &impl Serialize,
    previous: Option<Value>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (merchant_id, mode, id, event_type, data, previous, fanned_out, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
    )
    .bind(happened.merchant_id.to_string())
    .bind(happened.mode.as_str())
    .bind(happened.id.to_string())
    .bind(event_type.as_str())
    .bind(to_json(data))
    .bind(previous.map(|previous| to_json(&previous)))
    .bind(happened.at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    mode: String,
    event_type: String,
    data: String,
    previous: Option<String>,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, mode, event_type, data, previous, created_at_ms FROM events ",
            $rest
        )
    };
}

/// The merchant's event.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: EventId,
) -> Result<Option<Event>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(Event::try_from).transpose()
}

/// A page of the merchant's events, of one type if that is asked for.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    event_type: Option<String>,
    page: &Page,
) -> Result<Found<Event>, StoreError> {
    let equal = [("event_type", event_type)];
    let found: Found<Row> = listing::find(tx, select!(""), "", whose, &equal, page).await?;
    found.try_map(Event::try_from)
}

/// An event whose deliveries are to be written now.
#[derive(Clone, Debug)]
pub struct ToFanOut {
    /// Which.
    pub id: EventId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// What happened.
    pub event_type: String,
}

/// Whether there are events whose deliveries are not written yet.
///
/// # Errors
///
/// [`StoreError`].
pub async fn has_to_fan_out(tx: &mut Transaction) -> Result<bool, StoreError> {
    let first: Option<i64> =
        sqlx::query_scalar("SELECT fanned_out FROM events WHERE fanned_out = 0 LIMIT 1")
            .fetch_optional(tx.connection())
            .await?;
    Ok(first.is_some())
}

/// Takes at most so many events whose deliveries are not written yet, the oldest first. Whoever takes them writes their
/// deliveries in the same transaction.
///
/// # Errors
///
/// [`StoreError`].
pub async fn take_to_fan_out(tx: &mut Transaction, most: i64) -> Result<Vec<ToFanOut>, StoreError> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "UPDATE events SET fanned_out = 1
          WHERE fanned_out = 0 AND id IN (SELECT id FROM events WHERE fanned_out = 0 ORDER BY id LIMIT $1)
         RETURNING id, merchant_id, mode, event_type",
    )
    .bind(most)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|(id, merchant, mode, event_type)| {
            let read = Reader {
                table: TABLE,
                id: &id,
            };
            Ok(ToFanOut {
                id: read.parsed("id", &id)?,
                merchant_id: read.parsed("merchant_id", &merchant)?,
                mode: read.known("mode", Mode::from_text(&mode))?,
                event_type,
            })
        })
        .collect()
}

impl TryFrom<Row> for Event {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let previous = row.previous.as_deref();
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            api_version: API_VERSION,
            data: read.json("data", &row.data)?,
            previous_attributes: previous
                .map(|previous| read.json("previous", previous))
                .transpose()?,
            event_type: row.event_type,
            created_at: Timestamp(row.created_at_ms),
        })
    }
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
