//! The only source of randomness: ids, keys, nonces.

use aws_lc_rs::rand::SystemRandom;
use checkout_protocol::id::{Id, Kind};
use checkout_protocol::timestamp::Timestamp;

/// Random bytes of the operating system.
#[derive(Debug)]
pub struct Entropy(SystemRandom);

impl Default for Entropy {
    fn default() -> Self {
        Self(SystemRandom::new())
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
        aws_lc_rs::rand::SecureRandom::fill(&self.0, &mut bytes)
            .expect("the operating system gives randomness");
        bytes
    }

    /// A new id: time-ordered (UUID version 7), so that rows made together lie together.
    #[must_use]
    pub fn id<K: Kind>(&self, now: Timestamp) -> Id<K> {
        let millis = u64::try_from(now.0).unwrap_or_default();
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid();
        Id::from_bits(uuid.as_u128())
    }
}
