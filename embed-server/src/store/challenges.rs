//! Rows of `challenges`.

use checkout_protocol::api::session_view::{ChallengeKind, SurfaceKind, WindowSize};
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{AttemptId, ChallengeId};
use checkout_protocol::timestamp::Timestamp;
use url::Url;

use super::{Reader, StoreError, Transaction, changed, to_json};
use crate::domain::challenge::{
    Asked, BankVisit, Challenge, ChallengeRequest, Opening, Step, VisitMethod,
};

const TABLE: &str = "challenges";

#[derive(sqlx::FromRow)]
struct Row {
    merchant_id: String,
    mode: String,
    id: String,
    session_id: String,
    attempt_id: String,
    kind: String,
    method: String,
    url: String,
    fields: String,
    acquirer_data: String,
    surface: Option<String>,
    nonce: Option<String>,
    page_url: Option<String>,
    window_size: Option<String>,
    opened_at_ms: Option<i64>,
    expires_at_ms: i64,
    version: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT merchant_id, mode, id, session_id, attempt_id, kind, method, url, fields, acquirer_data,
                    surface, nonce, page_url, window_size, opened_at_ms, expires_at_ms, version
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
    let step = Columns::of(&challenge.asked.step);
    sqlx::query(
        "INSERT INTO challenges (merchant_id, mode, id, session_id, attempt_id, kind, method, url, fields,
                                 acquirer_data, expires_at_ms, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(challenge.merchant_id.to_string())
    .bind(challenge.mode.as_str())
    .bind(challenge.id.to_string())
    .bind(challenge.session_id.to_string())
    .bind(challenge.attempt_id.to_string())
    .bind(challenge.asked.step.kind().as_str())
    .bind(step.method.as_str())
    .bind(step.url)
    .bind(to_json(&step.fields))
    .bind(to_json(&challenge.asked.acquirer_data))
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
    let step = Columns::of(&challenge.asked.step);
    let rows = sqlx::query(
        "UPDATE challenges
            SET surface = $1, nonce = $2, page_url = $3, window_size = $4, opened_at_ms = $5, kind = $6,
                method = $7, url = $8, fields = $9, acquirer_data = $10, expires_at_ms = $11,
                version = version + 1
          WHERE merchant_id = $12 AND mode = $13 AND id = $14 AND version = $15",
    )
    .bind(opening.map(|opening| opening.surface.as_str()))
    .bind(opening.map(|opening| opening.nonce.as_str()))
    .bind(
        opening
            .and_then(|opening| opening.page_url.as_ref())
            .map(Url::as_str),
    )
    .bind(opening.map(|opening| opening.window_size.as_str()))
    .bind(challenge.opened_at.map(|opened_at| opened_at.0))
    .bind(challenge.asked.step.kind().as_str())
    .bind(step.method.as_str())
    .bind(step.url)
    .bind(to_json(&step.fields))
    .bind(to_json(&challenge.asked.acquirer_data))
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

/// How a step stands in the table.
struct Columns<'a> {
    method: VisitMethod,
    url: &'a str,
    fields: Vec<(String, String)>,
}

const TRANSACTION: &str = "threeDSServerTransID";
const ACS_TRANSACTION: &str = "acsTransID";
const VERSION: &str = "messageVersion";

impl<'a> Columns<'a> {
    fn of(step: &'a Step) -> Self {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        match step {
            Step::Fingerprint { url, transaction } => Self {
                method: VisitMethod::Post,
                url: url.as_deref().unwrap_or_default(),
                fields: vec![field(TRANSACTION, transaction)],
            },
            Step::Challenge(request) => Self {
                method: VisitMethod::Post,
                url: &request.url,
                fields: vec![
                    field(TRANSACTION, &request.transaction),
                    field(ACS_TRANSACTION, &request.acs_transaction),
                    field(VERSION, &request.version),
                ],
            },
            Step::Redirect(visit) => Self {
                method: visit.method,
                url: &visit.url,
                fields: visit.fields.clone(),
            },
        }
    }

    fn step(self, kind: ChallengeKind) -> Option<Step> {
        let field = |name: &str| {
            let found = self.fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        Some(match kind {
            ChallengeKind::Fingerprint => Step::Fingerprint {
                url: Some(self.url.to_owned()).filter(|url| !url.is_empty()),
                transaction: field(TRANSACTION)?,
            },
            ChallengeKind::Challenge => Step::Challenge(ChallengeRequest {
                url: self.url.to_owned(),
                acs_transaction: field(ACS_TRANSACTION)?,
                transaction: field(TRANSACTION)?,
                version: field(VERSION)?,
            }),
            ChallengeKind::Redirect => Step::Redirect(BankVisit {
                method: self.method,
                url: self.url.to_owned(),
                fields: self.fields,
            }),
        })
    }
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
                window_size: match &row.window_size {
                    Some(size) => read.known("window_size", WindowSize::from_text(size))?,
                    None => WindowSize::Full,
                },
            }),
            (None, None) => None,
            _ => return Err(read.corrupt("nonce")),
        };
        let kind = read.known("kind", ChallengeKind::from_text(&row.kind))?;
        let columns = Columns {
            method: read.known("method", VisitMethod::from_text(&row.method))?,
            fields: read.json("fields", &row.fields)?,
            url: &row.url,
        };
        Ok(Self {
            id: read.parsed("id", &row.id)?,
            merchant_id: read.parsed("merchant_id", &row.merchant_id)?,
            mode: read.known("mode", Mode::from_text(&row.mode))?,
            session_id: read.parsed("session_id", &row.session_id)?,
            attempt_id: read.parsed("attempt_id", &row.attempt_id)?,
            asked: Asked {
                step: read.known("fields", columns.step(kind))?,
                acquirer_data: read.json("acquirer_data", &row.acquirer_data)?,
            },
            opening,
            opened_at: row.opened_at_ms.map(Timestamp),
            expires_at: Timestamp(row.expires_at_ms),
            version: row.version,
        })
    }
}
