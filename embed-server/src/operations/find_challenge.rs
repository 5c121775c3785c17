//! Whose a challenge is, for a page that is asked for by the challenge's id alone.

use checkout_protocol::id::ChallengeId;

use crate::app::App;
use crate::domain::payment_session::PaymentSession;
use crate::operations::OperationError;
use crate::store::{challenges, payment_sessions};

/// The session of a challenge; nothing when there is no such challenge.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn find_session(
    app: &App,
    id: ChallengeId,
) -> Result<Option<PaymentSession>, OperationError> {
    let mut tx = app.store.read().await?;
    let Some(challenge) = challenges::find(&mut tx, id).await? else {
        return Ok(None);
    };
    Ok(payment_sessions::find_public(&mut tx, challenge.session_id).await?)
}
