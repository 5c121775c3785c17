//! Which presses of Pay this process is working on, so that the same press sent twice waits instead of calling twice.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use checkout_protocol::id::SessionId;

type Press = (SessionId, String);

/// The presses at work.
#[derive(Clone, Debug, Default)]
pub struct InFlight(Arc<Mutex<HashSet<Press>>>);

/// Holds a press until it is dropped.
#[derive(Debug)]
pub struct Hold {
    all: InFlight,
    press: Press,
}

impl InFlight {
    /// Takes the press, or `None` when it is being worked on.
    #[must_use]
    pub fn take(&self, session: SessionId, client_attempt: &str) -> Option<Hold> {
        let press = (session, client_attempt.to_owned());
        let fresh = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(press.clone());
        fresh.then(|| Hold {
            all: self.clone(),
            press,
        })
    }

    /// Whether the press is being worked on.
    #[must_use]
    pub fn holds(&self, session: SessionId, client_attempt: &str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&(session, client_attempt.to_owned()))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.all
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.press);
    }
}
