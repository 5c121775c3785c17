//! Wakes those who wait for a session to change, within this process.
//!
//! It carries no facts: whoever wakes reads the database again.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use checkout_protocol::id::SessionId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// Who waits for which session.
#[derive(Debug, Default)]
pub struct Changes {
    waiting: Mutex<HashMap<SessionId, Weak<Notify>>>,
    stopping: AtomicBool,
}

impl Changes {
    /// What will be notified when the session changes. Enable it before reading the session, or a change in between
    /// is missed.
    #[must_use]
    pub fn of(&self, session: SessionId) -> Arc<Notify> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(notify) = waiting.get(&session).and_then(Weak::upgrade) {
            return notify;
        }
        let notify = Arc::new(Notify::new());
        waiting.insert(session, Arc::downgrade(&notify));
        notify
    }

    /// Looks now, and again after every change of the session, until there is an answer or the time is over.
    ///
    /// # Errors
    ///
    /// What looking fails with.
    pub async fn until<T, E, F: Future<Output = Result<Option<T>, E>>>(
        &self,
        session: SessionId,
        within: Duration,
        mut look: impl FnMut() -> F,
    ) -> Result<Option<T>, E> {
        let deadline = Instant::now() + within;
        let changed = self.of(session);
        loop {
            let notified = changed.notified();
            tokio::pin!(notified);
            // Before looking, so that a change after the look is not missed.
            notified.as_mut().enable();
            let found = look().await?;
            if found.is_some() || timeout_at(deadline, notified).await.is_err() {
                return Ok(found);
            }
        }
    }

    /// The session changed: wakes everyone who waits for it.
    pub fn announce(&self, session: SessionId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.get(&session).and_then(Weak::upgrade) {
            Some(notify) => notify.notify_waiters(),
            None => {
                waiting.remove(&session);
            }
        }
    }

    /// Forgets sessions that nobody waits for.
    pub fn sweep(&self) {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, notify| notify.strong_count() > 0);
    }

    /// The process is about to stop: everyone wakes, and nobody should wait again.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for notify in waiting.values().filter_map(Weak::upgrade) {
            notify.notify_waiters();
        }
    }

    /// Whether the process is about to stop.
    #[must_use]
    pub fn are_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
