//! Answers that are stored before the commit, so that what a repeated request gets is what the first one got, byte for
//! byte.

use std::fmt;

use checkout_protocol::error_code::ErrorCode;

use crate::app::App;
use crate::operations::OperationError;
use crate::store::idempotency_keys::{self, Answered, Claim, Provisional};
use crate::store::{StoreError, Transaction, session_batch};

/// Status and body of an answer, as they are sent. Does not print the body: it may hand out a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The bytes.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish()
    }
}

/// An answer, and whether it was given before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To the first request.
    Fresh(Answer),
    /// To a repeated one.
    Replayed(Answer),
    /// The first request died at work; the present state of what it reserved, by its id, is the answer.
    Died(String),
}

/// Takes the claim for `answer` in the transaction of its effect. `Some` when the request was answered before: then
/// the transaction must be dropped.
///
/// # Errors
///
/// `idempotency_key_reused` when the key belongs to another request.
pub async fn take(
    app: &App,
    tx: &mut Transaction,
    claim: Option<&Claim>,
    answer: &Answer,
) -> Result<Option<Reply>, OperationError> {
    take_with(app, tx, claim, answer, None).await
}

/// The answer as it is kept under its claim, for [`crate::session_writer`].
#[must_use]
pub fn kept(app: &App, claim: &Claim, answer: &Answer) -> session_batch::Answered {
    session_batch::Answered {
        sealed_body: app.secret.seal(&answer.body, &bound_to(claim)),
        claim: claim.clone(),
        status: answer.status,
    }
}

/// [`take`] with an answer that stands only until the acquirer has answered; see [`conclude`].
///
/// # Errors
///
/// As [`take`].
pub async fn take_provisionally(
    app: &App,
    tx: &mut Transaction,
    claim: Option<&Claim>,
    answer: &Answer,
    reserved: String,
) -> Result<Option<Reply>, OperationError> {
    let provisional = Provisional {
        running_until: app.now().plus_ms(LEASE_MS),
        reserved,
    };
    take_with(app, tx, claim, answer, Some(&provisional)).await
}

/// How long a request may be at work before another one with its key takes it for dead: longer than every try of one
/// call to the acquirer.
const LEASE_MS: i64 = 150_000;

async fn take_with(
    app: &App,
    tx: &mut Transaction,
    claim: Option<&Claim>,
    answer: &Answer,
    provisional: Option<&Provisional>,
) -> Result<Option<Reply>, OperationError> {
    let Some(claim) = claim else {
        return Ok(None);
    };
    let sealed = app.secret.seal(&answer.body, &bound_to(claim));
    let status = answer.status;
    let earlier =
        idempotency_keys::take(tx, claim, status, &sealed, provisional, app.now()).await?;
    earlier
        .map(|earlier| replay(app, claim, &earlier))
        .transpose()
}

/// Replaces a provisional answer by the final one.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn conclude(app: &App, claim: &Claim, answer: &Answer) -> Result<(), OperationError> {
    let sealed = app.secret.seal(&answer.body, &bound_to(claim));
    let mut tx = app.store.begin().await?;
    idempotency_keys::conclude(&mut tx, claim, answer.status, &sealed).await?;
    Ok(tx.commit().await?)
}

/// Keeps an answer that changed nothing, for the same request when it comes again: a refusal, or what came of a test.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn keep(
    app: &App,
    claim: &Claim,
    answer: &Answer,
) -> Result<Option<Reply>, OperationError> {
    let mut tx = app.store.begin().await?;
    let earlier = take(app, &mut tx, Some(claim), answer).await?;
    tx.commit().await?;
    Ok(earlier)
}

/// The answer of an earlier request with this claim, if there was one.
///
/// # Errors
///
/// `idempotency_key_reused` when the key belongs to another request, `idempotency_key_in_use` while the first one is
/// still at work.
pub async fn find(app: &App, claim: &Claim) -> Result<Option<Reply>, OperationError> {
    let earlier = app
        .store
        .look(async |mut tx| idempotency_keys::find(&mut tx, claim).await)
        .await?;
    earlier
        .map(|earlier| replay(app, claim, &earlier))
        .transpose()
}

fn replay(app: &App, claim: &Claim, earlier: &Answered) -> Result<Reply, OperationError> {
    // For secret keys the key alone decides, as the documents say; a browser's key also fixes the body.
    let same_body = claim.credential == SECRET || earlier.fingerprint == claim.fingerprint;
    if earlier.method != claim.method || earlier.path != claim.path || !same_body {
        return Err(ErrorCode::IdempotencyKeyReused.into());
    }
    match (earlier.running_until_ms, &earlier.reserved) {
        (Some(until), _) if app.now().0 < until => {
            return Err(ErrorCode::IdempotencyKeyInUse.into());
        }
        (Some(_), Some(reserved)) => return Ok(Reply::Died(reserved.clone())),
        (Some(_), None) | (None, _) => {}
    }
    let body = app.secret.open(&earlier.body, &bound_to(claim));
    let status = u16::try_from(earlier.status).ok();
    let (Some(body), Some(status)) = (body, status) else {
        return Err(StoreError::Corrupt {
            table: "idempotency_keys",
            column: "body",
            id: claim.key.clone(),
        }
        .into());
    };
    Ok(Reply::Replayed(Answer { status, body }))
}

/// The credential class of all secret keys of a merchant.
pub const SECRET: &str = "secret";

fn bound_to(claim: &Claim) -> String {
    format!(
        "{} {} {} {}",
        claim.merchant_id,
        claim.mode.as_str(),
        claim.credential,
        claim.key
    )
}
