//! Rows of `payment_sessions`.

use std::collections::HashMap;

use checkout_protocol::api::payment_session::{SessionMode, SessionStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, PaymentId, SessionId};
use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use sqlx::AssertSqlSafe;
use url::Url;

use super::listing::{self, Found, Page};
use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::payment_session::{Overview, PaymentSession, Shown};

const TABLE: &str = "payment_sessions";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    payment_id: String,
    shown: String,
    status: String,
    origin: Option<String>,
    return_url: Option<String>,
    cancel_url: Option<String>,
    locale: Option<String>,
    customer_id: Option<String>,
    customer_email: Option<String>,
    customer_kennitala: Option<String>,
    save_payment_method: i64,
    require_cvc_recollection: i64,
    collect_email: i64,
    enabled_methods: String,
    external_reference: Option<String>,
    metadata: String,
    expires_at_ms: i64,
    ended_at_ms: Option<i64>,
    version: i64,
    created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct OverviewRow {
    #[sqlx(flatten)]
    session: Row,
    minor_units: Option<i64>,
    currency: Option<String>,
    attempts: i64,
}

macro_rules! columns {
    () => {
        "merchant_id, mode, id, payment_id, shown, status, origin, return_url, cancel_url, locale,
         customer_id, customer_email, customer_kennitala, save_payment_method, require_cvc_recollection, collect_email,
         enabled_methods, external_reference, metadata, expires_at_ms, ended_at_ms, version, created_at_ms"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM payment_sessions ", $rest)
    };
}

macro_rules! overview {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", (SELECT minor_units FROM payments
                 WHERE payments.merchant_id = payment_sessions.merchant_id
                   AND payments.mode = payment_sessions.mode AND payments.id = payment_id) AS minor_units,
               (SELECT currency FROM payments
                 WHERE payments.merchant_id = payment_sessions.merchant_id
                   AND payments.mode = payment_sessions.mode AND payments.id = payment_id) AS currency,
               (SELECT count(*) FROM attempts WHERE attempts.session_id = payment_sessions.id) AS attempts
             FROM payment_sessions ",
            $rest
        )
    };
}

/// Adds a session.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, session: &PaymentSession) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payment_sessions
            (merchant_id, mode, id, payment_id, shown, status, origin, return_url, cancel_url, locale,
             customer_id, customer_email, customer_kennitala, save_payment_method, require_cvc_recollection, collect_email,
             enabled_methods, external_reference, metadata, expires_at_ms, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
    )
    .bind(session.merchant_id.to_string())
    .bind(session.mode.as_str())
    .bind(session.id.to_string())
    .bind(session.payment_id.to_string())
    .bind(session.shown.mode().as_str())
    .bind(session.status.as_str())
    .bind(session.shown.origin().map(Origin::as_str))
    .bind(session.return_url.as_ref().map(Url::as_str))
    .bind(session.cancel_url.as_ref().map(Url::as_str))
    .bind(&session.locale)
    .bind(session.customer.map(|id| id.to_string()))
    .bind(&session.customer_email)
    .bind(session.customer_kennitala.as_ref().map(Kennitala::digits))
    .bind(i64::from(session.save_payment_method))
    .bind(i64::from(session.require_cvc_recollection))
    .bind(i64::from(session.collect_email))
    .bind(to_json(&session.enabled_methods))
    .bind(&session.external_reference)
    .bind(to_json(&session.metadata))
    .bind(session.expires_at.0)
    .bind(session.version)
    .bind(session.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A page of the merchant's sessions, all or those of one payment.
///
/// # Errors
///
/// [`StoreError`].
pub async fn list(
    tx: &mut Transaction,
    whose: (MerchantId, Mode),
    payment: Option<PaymentId>,
    page: &Page,
) -> Result<Found<PaymentSession>, StoreError> {
    let equal = [("payment_id", payment.map(|id| id.to_string()))];
    let found: Found<Row> = listing::find(tx, select!(""), "", whose, &equal, page).await?;
    found.try_map(PaymentSession::try_from)
}

/// The versions of these sessions, of whatever merchant: this process' own long polls ask what others have changed.
///
/// # Errors
///
/// [`StoreError`].
pub async fn versions(
    tx: &mut Transaction,
    ids: &[SessionId],
) -> Result<Vec<(SessionId, i64)>, StoreError> {
    let sql = format!(
        "SELECT id, version FROM payment_sessions WHERE {}",
        tx.dialect.id_among_first()
    );
    let rows: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(to_json(&ids))
        .fetch_all(tx.connection())
        .await?;
    rows.into_iter()
        .map(|(id, version)| {
            let read = Reader {
                table: TABLE,
                id: &id,
            };
            Ok((read.parsed("id", &id)?, version))
        })
        .collect()
}

/// The merchant's session in this mode, if it exists.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: SessionId,
) -> Result<Option<PaymentSession>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE merchant_id = $1 AND mode = $2 AND id = $3"))
            .bind(merchant.to_string())
            .bind(mode.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(PaymentSession::try_from).transpose()
}

/// The session of this id, whoever's it is: the frame and the bank know a session's or challenge's id and nothing of
/// merchants. What they may do with it is decided by the client secret, the challenge or its nonce.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_public(
    tx: &mut Transaction,
    id: SessionId,
) -> Result<Option<PaymentSession>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(PaymentSession::try_from).transpose()
}

/// [`find`], with its overview, in one statement.
///
/// # Errors
///
/// [`StoreError`].
pub async fn overview(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    id: SessionId,
) -> Result<Option<Overview>, StoreError> {
    let row: Option<OverviewRow> = sqlx::query_as(overview!(
        "WHERE merchant_id = $1 AND mode = $2 AND id = $3"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Overview::try_from).transpose()
}

/// [`find_public`] of many at once, with their overviews.
///
/// # Errors
///
/// [`StoreError`].
pub async fn overviews_public(
    tx: &mut Transaction,
    ids: &[SessionId],
) -> Result<HashMap<SessionId, Overview>, StoreError> {
    let sql = format!(
        concat!(overview!("WHERE"), " {}"),
        tx.dialect.id_among_first()
    );
    let rows: Vec<OverviewRow> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(to_json(&ids))
        .fetch_all(tx.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let overview = Overview::try_from(row)?;
            Ok((overview.session.id, overview))
        })
        .collect()
}

/// Every session of a payment. The payment is one merchant's, and so are they.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_by_payment(
    tx: &mut Transaction,
    payment: PaymentId,
) -> Result<Vec<PaymentSession>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE payment_id = $1 ORDER BY id"))
        .bind(payment.to_string())
        .fetch_all(tx.connection())
        .await?;
    rows.into_iter().map(PaymentSession::try_from).collect()
}

/// Open sessions whose time is over and which no attempt keeps alive, of all merchants: expiry is our work, not theirs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_due(
    tx: &mut Transaction,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<PaymentSession>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE status = 'open' AND expires_at_ms <= $1
           AND NOT EXISTS (SELECT 1 FROM attempts
                            WHERE attempts.payment_id = payment_sessions.payment_id
                              AND attempts.state IN ('calling', 'action_required', 'unknown'))
         ORDER BY expires_at_ms LIMIT $2"
    ))
    .bind(now.0)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(PaymentSession::try_from).collect()
}

/// Writes what may change, if nobody else has since `session` was read, and raises its version.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, session: &PaymentSession) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE payment_sessions SET status = $1, ended_at_ms = $2, version = version + 1
          WHERE merchant_id = $3 AND mode = $4 AND id = $5 AND version = $6",
    )
    .bind(session.status.as_str())
    .bind(session.ended_at.map(|ended_at| ended_at.0))
    .bind(session.merchant_id.to_string())
    .bind(session.mode.as_str())
    .bind(session.id.to_string())
    .bind(session.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, session.id)
}

impl TryFrom<OverviewRow> for Overview {
    type Error = StoreError;

    fn try_from(row: OverviewRow) -> Result<Self, StoreError> {
        let id = row.session.id.clone();
        let read = Reader {
            table: TABLE,
            id: &id,
        };
        let currency = row.currency.as_deref().and_then(Currency::from_code);
        let amount = row.minor_units.zip(currency);
        let amount =
            amount.and_then(|(minor_units, currency)| Money::new(minor_units, currency).ok());
        Ok(Self {
            session: row.session.try_into()?,
            amount: read.known("payment_id", amount)?,
            was_tried: row.attempts > 0,
        })
    }
}

impl TryFrom<Row> for PaymentSession {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let mode = read.known("mode", Mode::from_text(&row.mode))?;
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode,
            payment_id: read.parsed("payment_id", &row.payment_id)?,
            status: read.known("status", SessionStatus::from_text(&row.status))?,
            shown: shown(read, mode, &row.shown, row.origin.as_deref())?,
            customer: read.id("customer_id", row.customer_id.as_deref())?,
            customer_kennitala: row
                .customer_kennitala
                .map(|text| Kennitala::parse(&text).map_err(|_| read.corrupt("customer_kennitala")))
                .transpose()?,
            save_payment_method: row.save_payment_method != 0,
            require_cvc_recollection: row.require_cvc_recollection != 0,
            collect_email: row.collect_email != 0,
            enabled_methods: read.json("enabled_methods", &row.enabled_methods)?,
            return_url: read.url("return_url", row.return_url)?,
            cancel_url: read.url("cancel_url", row.cancel_url)?,
            metadata: read.json("metadata", &row.metadata)?,
            expires_at: Timestamp(row.expires_at_ms),
            ended_at: row.ended_at_ms.map(Timestamp),
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            locale: row.locale,
            customer_email: row.customer_email,
            external_reference: row.external_reference,
        })
    }
}

fn shown(
    read: Reader<'_>,
    mode: Mode,
    shown: &str,
    origin: Option<&str>,
) -> Result<Shown, StoreError> {
    match (SessionMode::from_text(shown), origin) {
        (Some(SessionMode::Hosted), None) => Ok(Shown::Hosted),
        (Some(SessionMode::Embedded), Some(origin)) => Origin::parse(origin, mode)
            .map(Shown::Embedded)
            .map_err(|_| read.corrupt("origin")),
        _ => Err(read.corrupt("shown")),
    }
}
