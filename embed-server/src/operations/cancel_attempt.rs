//! The payer leaves a challenge, to try again or to give up. The session stays open.

use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;

use crate::app::App;
use crate::domain::attempt::Press;
use crate::operations::OperationError;
use crate::operations::settle_attempt::{Change, settle_attempt};
use crate::store::attempts;

/// Abandons the attempt of this press. Its result is not asked for any more; a charge that comes all the same is
/// reversed.
///
/// # Errors
///
/// `resource_not_found` for a press that this session never had, `too_late` when it is past the challenge.
pub async fn cancel_attempt(app: &App, press: &Press) -> Result<(), OperationError> {
    let mut tx = app.store.read().await?;
    let attempt = attempts::find_by_press(&mut tx, press)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    drop(tx);
    let settled = settle_attempt(app, attempt.id, Change::Left, None).await?;
    match settled.attempt().state {
        State::Abandoned => Ok(()),
        State::Calling
        | State::ActionRequired
        | State::Authorised
        | State::Declined
        | State::Unknown => Err(ErrorCode::TooLate.into()),
    }
}
