//! Writes the sessions that many requests make at the same moment in one transaction: the disk is waited for once for
//! all of them.
//!
//! Nothing is decided here and nothing is answered before the commit. Whatever is out of the ordinary (a claim that is
//! taken, a database that refuses) is handed back to the request, which then goes its own way, as if this did not exist.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};

use crate::store::session_batch::{self, NewRows};
use crate::store::{Store, StoreError};

/// At most so many in one transaction: longer ones would only make the others wait.
const BATCH: usize = 256;
/// Requests that may wait for their turn; more wait before the queue.
const QUEUE: usize = 1_024;

/// The queue to the tasks that write. They end with it.
#[derive(Clone, Debug)]
pub struct SessionWriter {
    queue: mpsc::Sender<Job>,
}

#[derive(Debug)]
struct Job {
    rows: NewRows,
    written: oneshot::Sender<bool>,
}

impl SessionWriter {
    /// Starts the tasks.
    #[must_use]
    pub fn start(store: &Store) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..store.batches_at_once() {
            tokio::spawn(run(store.clone(), Arc::clone(&jobs)));
        }
        Self { queue }
    }

    /// Whether the rows are durable now. When they are not, nobody knows why: they must be made and written anew, with the
    /// claim taken in the ordinary way.
    pub async fn write(&self, rows: NewRows) -> bool {
        let (written, answer) = oneshot::channel();
        if self.queue.send(Job { rows, written }).await.is_err() {
            return false;
        }
        answer.await.unwrap_or(false)
    }
}

async fn run(store: Store, jobs: Arc<Mutex<mpsc::Receiver<Job>>>) {
    loop {
        let mut batch = Vec::new();
        if jobs.lock().await.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        let (rows, waiting): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|job| (job.rows, job.written)).unzip();
        let written = write(&store, &rows).await.unwrap_or_else(|error| {
            tracing::warn!(%error, sessions = rows.len(), "a batch of sessions was not written");
            vec![false; rows.len()]
        });
        for (waiting, written) in waiting.into_iter().zip(written) {
            // Whoever asked may be gone; the session is there under its key.
            let _ = waiting.send(written);
        }
    }
}

async fn write(store: &Store, rows: &[NewRows]) -> Result<Vec<bool>, StoreError> {
    let mut tx = store.begin().await?;
    let written = session_batch::insert(&mut tx, rows).await?;
    tx.commit().await?;
    Ok(written)
}
