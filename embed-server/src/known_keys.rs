//! Secret keys that were presented and found right, so that bcrypt runs once per key and process.
//!
//! A proof answers for at most a second before the key's row is read again: a revoked or rotated key stops working
//! within that second, on every process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::hmac;
use checkout_protocol::timestamp::Timestamp;
use tokio::sync::Semaphore;

use crate::domain::api_key::StoredKey;
use crate::domain::merchant::Merchant;

/// How long a proof answers without a look at the row.
pub const FRESH_MS: i64 = 1_000;

/// A key found right, with what it stands for.
#[derive(Clone)]
pub struct KnownKey {
    /// Keyed digest of the presented key.
    pub proof: hmac::Tag,
    /// Its row.
    pub key: Arc<StoredKey>,
    /// Its merchant.
    pub merchant: Arc<Merchant>,
    /// When the row was last read.
    pub checked_at: Timestamp,
}

/// The keys known to this process.
pub struct KnownKeys {
    by_public_part: Mutex<HashMap<String, KnownKey>>,
    /// bcrypt is made to be slow: two at a time leave the machine to the payments.
    pub bcrypt: Semaphore,
}

impl Default for KnownKeys {
    fn default() -> Self {
        Self {
            by_public_part: Mutex::default(),
            bcrypt: Semaphore::new(2),
        }
    }
}

impl KnownKeys {
    /// What is known of a key.
    #[must_use]
    pub fn get(&self, public_part: &str) -> Option<KnownKey> {
        self.by_public_part
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(public_part)
            .cloned()
    }

    /// Remembers a key.
    pub fn put(&self, known: KnownKey) {
        self.by_public_part
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(known.key.public_part.clone(), known);
    }

    /// Forgets a key.
    pub fn forget(&self, public_part: &str) {
        self.by_public_part
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(public_part);
    }
}
