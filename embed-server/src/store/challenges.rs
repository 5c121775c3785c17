//! Rows of `challenges`.

use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{AttemptId, ChallengeId};
use checkout_protocol::timestamp::Timestamp;
use url::Url;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::challenge::{BankVisit, Challenge, Opening, VisitMethod};

const TABLE: &str = "challenges";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    session_id: String,
    attempt_id: String,
    method: String,
    url: String,
    fields: String,
    surface: Option<String>,
    nonce: Option<String>,
    page_url: Option<String>,
    opened_at_ms: Option<i64>,
    expires_at_ms: i64,
    version: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, session_id, attempt_id, method, url, fields, surface, nonce,
                    page_url, opened_at_ms, expires_at_ms, version
               FROM challenges ",
            $rest
        )
    };
}

/// Adds a challenge.
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(tx: &mut Transaction, challenge: &Challenge) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO challenges (merchant_id, mode, id, session_id, attempt_id, method, url, fields,
                                 expires_at_ms, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(challenge.merchant_id.to_string())
    .bind(challenge.mode.as_str())
    .bind(challenge.id.to_string())
    .bind(challenge.session_id.to_string())
    .bind(challenge.attempt_id.to_string())
    .bind(challenge.visit.method.as_str())
    .bind(&challenge.visit.url)
    .bind(to_json(&challenge.visit.fields))
    .bind(challenge.expires_at.0)
    .bind(challenge.version)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The challenge of this id, whoever's it is: a bank's page comes back with the id alone.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find(tx: &mut Transaction, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(Challenge::try_from).transpose()
}

/// The challenge of an attempt.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_by_attempt(
    tx: &mut Transaction,
    attempt: AttemptId,
) -> Result<Option<Challenge>, StoreError> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE attempt_id = $1"))
        .bind(attempt.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(Challenge::try_from).transpose()
}

/// Writes what may change, if nobody else has since `challenge` was read.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody has.
pub async fn save(tx: &mut Transaction, challenge: &Challenge) -> Result<(), StoreError> {
    let opening = challenge.opening.as_ref();
    let rows = sqlx::query(
        "UPDATE challenges
            SET surface = $1, nonce = $2, page_url = $3, opened_at_ms = $4, method = $5, url = $6,
                fields = $7, expires_at_ms = $8, version = version + 1
          WHERE merchant_id = $9 AND mode = $10 AND id = $11 AND version = $12",
    )
    .bind(opening.map(|opening| opening.surface.as_str()))
    .bind(opening.map(|opening| opening.nonce.as_str()))
    .bind(
        opening
            .and_then(|opening| opening.page_url.as_ref())
            .map(Url::as_str),
    )
    .bind(challenge.opened_at.map(|opened_at| opened_at.0))
    .bind(challenge.visit.method.as_str())
    .bind(&challenge.visit.url)
    .bind(to_json(&challenge.visit.fields))
    .bind(challenge.expires_at.0)
    .bind(challenge.merchant_id.to_string())
    .bind(challenge.mode.as_str())
    .bind(challenge.id.to_string())
    .bind(challenge.version)
    .execute(tx.connection())
    .await?
    .rows_affected();
    changed(rows, TABLE, challenge.id)
}

impl TryFrom<Row> for Challenge {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read = Reader {
            table: TABLE,
            id: &row.id,
        };
        let opening = match (row.surface, row.nonce) {
            (Some(surface), Some(nonce)) => Some(Opening {
                surface: read.known("surface", SurfaceKind::from_text(&surface))?,
                nonce,
                page_url: read.url("page_url", row.page_url)?,
            }),
            (None, None) => None,
            _ => return Err(read.corrupt("nonce")),
        };
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            session_id: read.parsed("session_id", &row.session_id)?,
            attempt_id: read.parsed("attempt_id", &row.attempt_id)?,
            visit: BankVisit {
                method: read.known("method", VisitMethod::from_text(&row.method))?,
                fields: read.json("fields", &row.fields)?,
                url: row.url,
            },
            opening,
            opened_at: row.opened_at_ms.map(Timestamp),
            expires_at: Timestamp(row.expires_at_ms),
            version: row.version,
        })
    }
}
