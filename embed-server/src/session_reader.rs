//! Reads the sessions that many frames ask for at the same moment in one statement.
//!
//! It keeps nothing: a statement begins after everybody who is answered by it has asked, so all see what was committed
//! before they asked.

use checkout_protocol::id::SessionId;

use crate::domain::payment_session::Overview;
use crate::store::{Store, StoreError, payment_sessions};
use crate::together::Together;

/// Statements side by side: one is read while the other's answers go out.
const TASKS: usize = 2;

/// Reads sessions together.
#[derive(Clone, Debug)]
pub struct SessionReader {
    together: Together<SessionId, Option<Overview>>,
    store: Store,
}

impl SessionReader {
    /// Starts what reads.
    #[must_use]
    pub fn start(store: &Store) -> Self {
        let reading = store.clone();
        let together = Together::start(TASKS, move |ids: Vec<SessionId>| {
            let store = reading.clone();
            async move { read(&store, &ids).await.ok() }
        });
        Self {
            together,
            store: store.clone(),
        }
    }

    /// The session of this id, whoever's it is, as `payment_sessions::overviews_public` finds it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn overview(&self, id: SessionId) -> Result<Option<Overview>, StoreError> {
        match self.together.ask(id).await {
            Some(found) => Ok(found),
            // One row that cannot be read is only its own frame's trouble.
            None => Ok(read(&self.store, &[id]).await?.pop().flatten()),
        }
    }
}

/// Each in the order of the ids.
async fn read(store: &Store, ids: &[SessionId]) -> Result<Vec<Option<Overview>>, StoreError> {
    let found = store
        .look(async |mut tx| payment_sessions::overviews_public(&mut tx, ids).await)
        .await?;
    Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
}
