//! The issuer refused a payment for want of authentication (a soft decline). The same payment is tried once more, with
//! one: the payer pressed Pay once, and hears of one attempt.

use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;

use crate::acquirer::{Answer, CallError, Verdict};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::operations::OperationError;
use crate::store::{attempts, payments};

/// Whether the answer asks for the same payment with an authentication.
pub fn is_asked_for(attempt: &Attempt, answer: &Result<Answer, CallError>) -> bool {
    let refused = matches!(
        answer,
        Ok(Answer {
            verdict: Verdict::Declined(ErrorCode::AuthenticationRequired),
            ..
        })
    );
    refused && attempt.retry_of.is_none() && attempt.press.is_some()
}

/// The attempt that takes the place of `refused`, with a reference of its own; nothing is announced of the refused one.
/// `None` when somebody else settled it meanwhile.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn retry_authenticated(
    app: &App,
    refused: &Attempt,
    acquirer_reference: Option<String>,
) -> Result<Option<Attempt>, OperationError> {
    let mut tx = app.store.begin().await?;
    payments::hold(
        &mut tx,
        refused.merchant_id,
        refused.mode,
        refused.payment_id,
    )
    .await?;
    let before = attempts::find(&mut tx, refused.id)
        .await?
        .ok_or(OperationError::Internal("an attempt vanished"))?;
    if before.state != State::Calling {
        return Ok(None);
    }
    let now = app.now();
    let declined = Attempt {
        state: State::Declined,
        decline_code: Some(ErrorCode::AuthenticationRequired),
        acquirer_reference,
        changed_at: now,
        ..before.clone()
    };
    attempts::save(&mut tx, &declined).await?;
    attempts::give_up_press(&mut tx, &declined).await?;
    let retry = Attempt {
        id: app.id(),
        retry_of: Some(refused.id),
        challenge_id: app.id(),
        changed_at: now,
        created_at: now,
        version: 1,
        ..before
    };
    attempts::insert(&mut tx, &retry).await?;
    tx.commit().await?;
    tracing::info!(refused = %refused.id, attempt = %retry.id, "the issuer wants an authentication: the payment is tried once more");
    Ok(Some(retry))
}
