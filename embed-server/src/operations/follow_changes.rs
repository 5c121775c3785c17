//! Long polls of this process hear what other processes change: a few times a second the versions of the sessions that
//! somebody waits for here are read in one statement.
//!
//! A version in the session's own row is the whole message: it can be neither lost nor read too early, unlike a log of
//! changes, whose entries become visible in another order than they were numbered.

use std::time::Duration;

use crate::app::App;
use crate::operations::OperationError;
use crate::store::payment_sessions;

/// Between two looks.
pub const PAUSE: Duration = Duration::from_millis(250);

/// Looks once, if anybody waits.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn follow_changes(app: &App) -> Result<(), OperationError> {
    let watched = app.changes.watched();
    if watched.is_empty() {
        return Ok(());
    }
    let watched = &watched;
    let versions = app
        .store
        .look(async |mut tx| payment_sessions::versions(&mut tx, watched).await)
        .await?;
    app.changes.compare(&versions);
    Ok(())
}
