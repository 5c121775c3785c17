//! Writes the sessions that many requests make at the same moment in one transaction: the disk is waited for once for
//! all of them.
//!
//! Nothing is decided here and nothing is answered before the commit. Whatever is out of the ordinary (a claim that is
//! taken, a database that refuses) is handed back to the request, which then goes its own way, as if this did not exist.

use crate::store::session_batch::{self, NewRows};
use crate::store::{Store, StoreError};
use crate::together::Together;

/// Writes sessions together.
#[derive(Clone, Debug)]
pub struct SessionWriter(Together<NewRows, bool>);

impl SessionWriter {
    /// Starts what writes.
    #[must_use]
    pub fn start(store: &Store) -> Self {
        let store = store.clone();
        let tasks = store.batches_at_once();
        Self(Together::start(tasks, move |rows: Vec<NewRows>| {
            let store = store.clone();
            async move {
                let written = write(&store, &rows).await;
                written
                    .inspect_err(|error| {
                        tracing::warn!(%error, sessions = rows.len(), "sessions were not written together");
                    })
                    .ok()
            }
        }))
    }

    /// Whether the rows are durable now. When they are not, nobody knows why: they must be made and written anew, with the
    /// claim taken in the ordinary way.
    pub async fn write(&self, rows: NewRows) -> bool {
        self.0.ask(rows).await.unwrap_or(false)
    }
}

async fn write(store: &Store, rows: &[NewRows]) -> Result<Vec<bool>, StoreError> {
    let mut tx = store.begin().await?;
    let written = session_batch::insert(&mut tx, rows).await?;
    tx.commit().await?;
    Ok(written)
}
