//! Rows of `attempts`.

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::api_key::Mode;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, MerchantId, PaymentId, SessionId};
use checkout_protocol::money::{Currency, Money};
use checkout_protocol::timestamp::Timestamp;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::attempt::{Attempt, Press};
use crate::domain::bank_result::BankResult;

const TABLE: &str = "attempts";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    payment_id: String,
    session_id: Option<String>,
    client_attempt: Option<String>,
    payment_method_id: Option<String>,
    save_card: i64,
    state: String,
    minor_units: i64,
    currency: String,
    challenge_id: String,
    acquirer_reference: Option<String>,
    decline_code: Option<String>,
    challenge_result: Option<String>,
    retry_of: Option<String>,
    authentication: Option<String>,
    changed_at_ms: i64,
    version: i64,
    created_at_ms: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, payment_id, session_id, client_attempt, payment_method_id, save_card,
                    state, minor_units, currency, challenge_id, acquirer_reference, decline_code,
                    challenge_result, retry_of, authentication, changed_at_ms, version, created_at_ms
               FROM attempts ",
            $rest
        )
    };
}

/// Adds an attempt. A unique index refuses a second live one on its payment, and a press sent twice.
///
/// # Errors
///
/// [`StoreError`]; see [`StoreError::is_conflict`].
pub async fn insert(tx: &mut Transaction, attempt: &Attempt) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO attempts
            (merchant_id, mode, id, payment_id, session_id, client_attempt, payment_method_id, save_card,
             state, minor_units, currency, challenge_id, retry_of, changed_at_ms, version, created_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(attempt.merchant_id.to_string())
    .bind(attempt.mode.as_str())
    .bind(attempt.id.to_string())
    .bind(attempt.payment_id.to_string())
    .bind(attempt.press.as_ref().map(|press| press.session_id.to_string()))
    .bind(attempt.press.as_ref().map(|press| &press.client_attempt))
    .bind(attempt.payment_method.map(|id| id.to_string()))
    .bind(i64::from(attempt.save_card))
    .bind(attempt.state.as_str())
    .bind(attempt.amount.minor_units())
    .bind(attempt.amount.currency().code())
    .bind(attempt.challenge_id.to_string())
    .bind(attempt.retry_of.map(|id| id.to_string()))
    .bind(attempt.changed_at.0)
    .bind(attempt.version)
    .bind(attempt.created_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The attempt of this id, whoever's it is: the acquirer knows nothing else of it, and it is never shown to a merchant.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(tx: &mut Transaction, id: AttemptId) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(Attempt::try_from).transpose()
}

/// The attempt of one press in one session. The press' id is worth nothing in another session.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_by_press(
    tx: &mut Transaction,
    press: &Press,
) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE session_id = $1 AND client_attempt = $2"))
        .bind(press.session_id.to_string())
        .bind(&press.client_attempt)
        .fetch_optional(tx.connection())
        .await?;
    row.map(Attempt::try_from).transpose()
}

/// The attempt on a payment that may still charge, if there is one.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_live(
    tx: &mut Transaction,
    merchant: MerchantId,
    mode: Mode,
    payment: PaymentId,
) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE merchant_id = $1 AND mode = $2 AND payment_id = $3
           AND state IN ('calling', 'action_required', 'unknown')"
    ))
    .bind(merchant.to_string())
    .bind(mode.as_str())
    .bind(payment.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Attempt::try_from).transpose()
}

/// The attempt that collected a payment, if one did. The payment is one merchant's, and so is it.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_authorised(
    tx: &mut Transaction,
    payment: PaymentId,
) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE payment_id = $1 AND state = 'authorised' ORDER BY id LIMIT 1"
    ))
    .bind(payment.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Attempt::try_from).transpose()
}

/// The newest attempt on a payment. The payment is one merchant's, and so is it.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_newest_of_payment(
    tx: &mut Transaction,
    payment: PaymentId,
) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE payment_id = $1 ORDER BY id DESC LIMIT 1"))
            .bind(payment.to_string())
            .fetch_optional(tx.connection())
            .await?;
    row.map(Attempt::try_from).transpose()
}

/// The newest attempt of a session.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_newest(
    tx: &mut Transaction,
    session: SessionId,
) -> Result<Option<Attempt>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!(
        "WHERE session_id = $1 ORDER BY created_at_ms DESC, id DESC LIMIT 1"
    ))
    .bind(session.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(Attempt::try_from).transpose()
}

/// How many attempts a session has had.
///
/// # Errors
///
/// [`StoreError`].
pub async fn count(tx: &mut Transaction, session: SessionId) -> Result<i64, StoreError> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM attempts WHERE session_id = $1")
        .bind(session.to_string())
        .fetch_one(tx.connection())
        .await?;
    Ok(count)
}

/// Attempts in one state since before `until`, of all merchants: recovery is our work, not theirs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_stuck(
    tx: &mut Transaction,
    state: State,
    until: i64,
    limit: i64,
) -> Result<Vec<Attempt>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE state = $1 AND changed_at_ms <= $2 ORDER BY changed_at_ms LIMIT $3"
    ))
    .bind(state.as_str())
    .bind(until)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

/// Attempts at an open step of this kind since before `until`, of all merchants: recovery is our work, not theirs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_at_step(
    tx: &mut Transaction,
    mode: Mode,
    kind: ChallengeKind,
    until: i64,
    limit: i64,
) -> Result<Vec<Attempt>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE state = 'action_required' AND changed_at_ms <= $1 AND mode = $2
           AND challenge_id IN (SELECT id FROM challenges WHERE kind = $3)
         ORDER BY changed_at_ms LIMIT $4"
    ))
    .bind(until)
    .bind(mode.as_str())
    .bind(kind.as_str())
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

/// Writes what may change, if nobody else has since `attempt` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, attempt: &Attempt) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE attempts
            SET state = $1, acquirer_reference = $2, decline_code = $3, challenge_result = $4,
                authentication = $5, changed_at_ms = $6, version = version + 1
          WHERE merchant_id = $7 AND mode = $8 AND id = $9 AND version = $10",
    )
    .bind(attempt.state.as_str())
    .bind(&attempt.acquirer_reference)
    .bind(attempt.decline_code.map(ErrorCode::as_str))
    .bind(attempt.challenge_result.as_ref().map(BankResult::to_text))
    .bind(attempt.authentication.as_ref().map(to_json))
    .bind(attempt.changed_at.0)
    .bind(attempt.merchant_id.to_string())
    .bind(attempt.mode.as_str())
    .bind(attempt.id.to_string())
    .bind(attempt.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, attempt.id)
}

/// Lets another attempt have the press of this one, whose id becomes one that no frame can name.
///
/// # Errors
///
/// [`StoreError`].
pub async fn give_up_press(tx: &mut Transaction, attempt: &Attempt) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE attempts SET client_attempt = client_attempt || '/refused'
          WHERE merchant_id = $1 AND mode = $2 AND id = $3",
    )
    .bind(attempt.merchant_id.to_string())
    .bind(attempt.mode.as_str())
    .bind(attempt.id.to_string())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes note that the card of the attempt is kept now, or was kept before. Says whether it is this time: what the
/// acquirer says again, perhaps after the card was detached, keeps no second one.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_card_kept(tx: &mut Transaction, attempt: &Attempt) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "UPDATE attempts SET save_card = 0
          WHERE merchant_id = $1 AND mode = $2 AND id = $3 AND save_card = 1",
    )
    .bind(attempt.merchant_id.to_string())
    .bind(attempt.mode.as_str())
    .bind(attempt.id.to_string())
    .execute(tx.connection())
    .await?
    .rows_affected();
    Ok(rows == 1)
}

impl TryFrom<Row> for Attempt {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let currency = read.known("currency", Currency::from_code(&row.currency))?;
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            payment_id: read.parsed("payment_id", &row.payment_id)?,
            press: match (
                read.id("session_id", row.session_id.as_deref())?,
                row.client_attempt,
            ) {
                (Some(session_id), Some(client_attempt)) => Some(Press {
                    session_id,
                    client_attempt,
                }),
                (None, None) => None,
                _ => return Err(read.corrupt("client_attempt")),
            },
            payment_method: read.id("payment_method_id", row.payment_method_id.as_deref())?,
            save_card: row.save_card != 0,
            state: read.known("state", State::from_text(&row.state))?,
            amount: Money::new(row.minor_units, currency)
                .map_err(|_| read.corrupt("minor_units"))?,
            challenge_id: read.parsed("challenge_id", &row.challenge_id)?,
            decline_code: row.decline_code.as_deref().and_then(ErrorCode::from_text),
            changed_at: Timestamp(row.changed_at_ms),
            version: row.version,
            created_at: Timestamp(row.created_at_ms),
            retry_of: read.id("retry_of", row.retry_of.as_deref())?,
            authentication: match &row.authentication {
                Some(text) => Some(read.json("authentication", text)?),
                None => None,
            },
            acquirer_reference: row.acquirer_reference,
            challenge_result: row.challenge_result.as_deref().map(BankResult::from_text),
        })
    }
}
