//! Wakes those who wait for a session or payment to change.
//!
//! It carries no facts: whoever wakes reads the database again. Changes of this process wake at once; what other
//! processes change is seen by looking at the versions of the sessions that are waited for here
//! (`operations/follow_changes.rs`).

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use checkout_protocol::id::{PaymentId, SessionId};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::domain::attempt::Attempt;

/// What can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A session, its attempts and challenges.
    Session(SessionId),
    /// A payment that is charged without a session; only within its process.
    Payment(PaymentId),
}

impl From<SessionId> for Topic {
    fn from(id: SessionId) -> Self {
        Self::Session(id)
    }
}

impl From<&Attempt> for Topic {
    fn from(attempt: &Attempt) -> Self {
        attempt
            .session_id()
            .map_or(Self::Payment(attempt.payment_id), Self::Session)
    }
}

/// Who waits for what.
#[derive(Debug, Default)]
pub struct Changes {
    waiting: Mutex<HashMap<Topic, Waiting>>,
    stopping: AtomicBool,
}

#[derive(Debug)]
struct Waiting {
    notify: Weak<Notify>,
    /// The version that was last seen in the database; none before the first look.
    seen: Option<i64>,
}

impl Changes {
    /// What will be notified when the topic changes. Enable it before reading, or a change in between is missed.
    #[must_use]
    pub fn of(&self, topic: impl Into<Topic>) -> Arc<Notify> {
        let topic = topic.into();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(notify) = waiting
            .get(&topic)
            .and_then(|waiting| waiting.notify.upgrade())
        {
            return notify;
        }
        let notify = Arc::new(Notify::new());
        waiting.insert(
            topic,
            Waiting {
                notify: Arc::downgrade(&notify),
                seen: None,
            },
        );
        notify
    }

    /// The sessions that somebody waits for.
    #[must_use]
    pub fn watched(&self) -> Vec<SessionId> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .iter()
            .filter(|(_, waiting)| waiting.notify.strong_count() > 0)
            .filter_map(|(topic, _)| match topic {
                Topic::Session(id) => Some(*id),
                Topic::Payment(_) => None,
            })
            .collect()
    }

    /// Wakes those who wait for a session whose version is another one than at the last look. At the first look
    /// everybody wakes: the session may have changed since they read it.
    pub fn compare(&self, versions: &[(SessionId, i64)]) {
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, version) in versions {
            let Some(waiting) = all.get_mut(&Topic::Session(*id)) else {
                continue;
            };
            if waiting.seen.replace(*version) != Some(*version)
                && let Some(notify) = waiting.notify.upgrade()
            {
                notify.notify_waiters();
            }
        }
    }

    /// Looks now, and again after every change of the session, until there is an answer or the time is over.
    ///
    /// # Errors
    ///
    /// What looking fails with.
    pub async fn until<T, E, F: Future<Output = Result<Option<T>, E>>>(
        &self,
        topic: impl Into<Topic>,
        within: Duration,
        mut look: impl FnMut() -> F,
    ) -> Result<Option<T>, E> {
        let deadline = Instant::now() + within;
        let changed = self.of(topic);
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

    /// The topic changed: wakes everyone who waits for it.
    pub fn announce(&self, topic: impl Into<Topic>) {
        let topic = topic.into();
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&topic).and_then(|waiting| waiting.notify.upgrade()) {
            Some(notify) => notify.notify_waiters(),
            None => {
                all.remove(&topic);
            }
        }
    }

    /// Forgets topics that nobody waits for.
    pub fn sweep(&self) {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, waiting| waiting.notify.strong_count() > 0);
    }

    /// The process is about to stop: everyone wakes, and nobody should wait again.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for notify in waiting
            .values()
            .filter_map(|waiting| waiting.notify.upgrade())
        {
            notify.notify_waiters();
        }
    }

    /// Whether the process is about to stop.
    #[must_use]
    pub fn are_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
