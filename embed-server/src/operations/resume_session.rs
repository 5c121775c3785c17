//! A payer who went to the bank with the merchant's whole page comes back to a page that knows nothing. The way back
//! carries a token that tells that page, and no other, how things stand; it opens nothing else.

use aws_lc_rs::digest::{SHA256, digest};
use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::attempt::State;
use checkout_protocol::crockford;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::SessionId;
use serde::Serialize;

use crate::app::App;
use crate::domain::hex::hex;
use crate::operations::OperationError;
use crate::operations::expire_sessions::expire_if_due;
use crate::store::{attempts, payment_sessions, resume_tokens};

/// How long a payer may take from the bank to the merchant's page, and that page to hear of the outcome.
const LIFE_MS: i64 = 30 * 60 * 1_000;

/// How things stand. It is for showing: what a merchant delivers on is the API or a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Paid.
    Complete,
    /// The last attempt failed; the session may still be open.
    Failed,
    /// The payer cancelled at the bank.
    Canceled,
    /// Not known yet.
    Pending,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resumed {
    /// `ps_…`
    pub session_id: String,
    /// `pay_…`
    pub payment_id: String,
    /// How things stand.
    pub status: Ending,
    /// Why the last attempt failed.
    pub code: Option<ErrorCode>,
}

/// A new token for a session.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn mint_token(app: &App, session: SessionId) -> Result<String, OperationError> {
    let token = format!("rsm_{}", crockford::encode(&app.entropy.bytes::<16>()));
    let mut tx = app.store.begin().await?;
    let expires_at = app.now().plus_ms(LIFE_MS);
    resume_tokens::insert(&mut tx, &hash(&token), session, expires_at).await?;
    tx.commit().await?;
    Ok(token)
}

/// How the session of `token` stands. The first `redeemer` may ask again, nobody else.
///
/// # Errors
///
/// `invalid_resume_token`.
pub async fn resume_session(
    app: &App,
    token: &str,
    redeemer: &str,
) -> Result<Resumed, OperationError> {
    let mut tx = app.store.begin().await?;
    let session = resume_tokens::redeem(&mut tx, &hash(token), redeemer, app.now())
        .await?
        .ok_or(ErrorCode::InvalidResumeToken)?;
    let session = payment_sessions::find_public(&mut tx, session)
        .await?
        .ok_or(ErrorCode::InvalidResumeToken)?;
    tx.commit().await?;
    let session = expire_if_due(app, session).await?;
    let mut tx = app.store.read().await?;
    let attempt = attempts::find_newest(&mut tx, session.id).await?;
    drop(tx);
    let attempt = attempt.map(|attempt| (attempt.state, attempt.decline_code));
    let (status, code) = ending(session.status, attempt);
    Ok(Resumed {
        session_id: session.id.to_string(),
        payment_id: session.payment_id.to_string(),
        status,
        code,
    })
}

fn ending(
    session: SessionStatus,
    attempt: Option<(State, Option<ErrorCode>)>,
) -> (Ending, Option<ErrorCode>) {
    match (session, attempt) {
        (SessionStatus::Complete, _) => (Ending::Complete, None),
        (SessionStatus::Expired, _) => (Ending::Failed, Some(ErrorCode::SessionExpired)),
        (SessionStatus::Open, Some((State::Declined, code))) => {
            let code = code.unwrap_or(ErrorCode::CardDeclined);
            if code == ErrorCode::AuthenticationCancelled {
                (Ending::Canceled, Some(code))
            } else {
                (Ending::Failed, Some(code))
            }
        }
        (SessionStatus::Open, Some((State::Abandoned, _))) => {
            (Ending::Canceled, Some(ErrorCode::ChallengeAbandoned))
        }
        (
            SessionStatus::Open,
            None
            | Some((State::Calling | State::ActionRequired | State::Authorised | State::Unknown, _)),
        ) => (Ending::Pending, None),
    }
}

fn hash(token: &str) -> String {
    hex(digest(&SHA256, token.as_bytes()).as_ref())
}
