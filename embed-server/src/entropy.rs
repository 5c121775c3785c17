//! The only source of randomness: ids, keys, nonces.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::rand::SystemRandom;
use checkout_protocol::id::{Id, Kind};
use checkout_protocol::timestamp::Timestamp;

/// Random bytes of the operating system, and the last id made of them.
#[derive(Debug)]
pub struct Entropy {
    random: SystemRandom,
    last_id: Mutex<u128>,
}

/// How far an id may be from the one before it in the same millisecond: too far to be guessed one by one.
const STEP_MAX: u128 = (1 << 40) - 1;

impl Default for Entropy {
    fn default() -> Self {
        Self {
            random: SystemRandom::new(),
            last_id: Mutex::new(0),
        }
    }
}

impl Entropy {
    /// `N` random bytes.
    ///
    /// # Panics
    ///
    /// When the operating system has no randomness to give: nothing that needs it may go on then.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        aws_lc_rs::rand::SecureRandom::fill(&self.random, &mut bytes)
            .expect("the operating system gives randomness");
        bytes
    }

    /// A new id: time-ordered (UUID version 7), so that rows made together lie together. Ids of one process rise also
    /// within a millisecond, so that what happened later sorts later.
    #[must_use]
    pub fn id<K: Kind>(&self, now: Timestamp) -> Id<K> {
        let millis = u64::try_from(now.0).unwrap_or_default();
        let random = self.bytes();
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        let uuid = uuid.as_u128();
        let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the step is taken, the id has no other use for its lowest bits.
        *last = uuid.max(*last + 1 + (uuid & STEP_MAX));
        Id::from_bits(*last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_protocol::id::EventId;

    #[test]
    fn ids_rise_within_a_millisecond_and_with_a_clock_that_goes_back() {
        let entropy = Entropy::default();
        let ids: Vec<EventId> = (0..1_000)
            .map(|at| entropy.id(Timestamp(5_000 - at / 100)))
            .collect();
        assert!(ids.is_sorted_by(|earlier, later| earlier < later));
    }
}
