//! Which calls to the acquirer this process has under way, so that the same press sent twice waits instead of calling
//! twice.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use checkout_protocol::id::{AttemptId, RefundId, WebhookEndpointId};

use crate::domain::attempt::{Attempt, Press};

/// What can be at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// A press of Pay.
    Press(Press),
    /// A call for an attempt that needs no press: a challenge's result, or a saved card without its payer.
    Attempt(AttemptId),
    /// A refund.
    Refund(RefundId),
    /// What is due for an endpoint.
    Endpoint(WebhookEndpointId),
}

/// The work under way.
#[derive(Clone, Debug, Default)]
pub struct InFlight(Arc<Mutex<HashSet<Work>>>);

/// Holds a piece of work until it is dropped.
#[derive(Debug)]
pub struct Hold {
    all: InFlight,
    work: Work,
}

impl InFlight {
    /// Takes the work, or `None` when somebody is at it.
    #[must_use]
    pub fn take(&self, work: Work) -> Option<Hold> {
        let fresh = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(work.clone());
        fresh.then(|| Hold {
            all: self.clone(),
            work,
        })
    }

    /// Whether nothing is under way.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    /// Whether a call for the attempt is under way.
    #[must_use]
    pub fn has(&self, attempt: &Attempt) -> bool {
        let works = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let press = attempt.press.clone().map(Work::Press);
        works.contains(&Work::Attempt(attempt.id))
            || press.is_some_and(|press| works.contains(&press))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.all
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.work);
    }
}
