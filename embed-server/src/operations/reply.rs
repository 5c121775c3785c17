//! Answers that are stored before the commit, so that what a repeated request gets is what the first one got, byte for
//! byte.

use checkout_protocol::error_code::ErrorCode;

use crate::app::App;
use crate::operations::OperationError;
use crate::store::idempotency_keys::{self, Answered, Claim};
use crate::store::{StoreError, Transaction};

/// Status and body of an answer, as they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The bytes.
    pub body: Vec<u8>,
}

/// An answer, and whether it was given before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To the first request.
    Fresh(Answer),
    /// To a repeated one.
    Replayed(Answer),
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
    claim: &Claim,
    answer: &Answer,
) -> Result<Option<Reply>, OperationError> {
    let sealed = app.secret.seal(&answer.body, &bound_to(claim));
    let earlier = idempotency_keys::take(tx, claim, answer.status, &sealed, app.now()).await?;
    earlier
        .map(|earlier| replay(app, claim, &earlier))
        .transpose()
}

/// The answer of an earlier request with this claim, if there was one.
///
/// # Errors
///
/// `idempotency_key_reused` when the key belongs to another request.
pub async fn find(app: &App, claim: &Claim) -> Result<Option<Reply>, OperationError> {
    let mut tx = app.store.read().await?;
    let earlier = idempotency_keys::find(&mut tx, claim).await?;
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
