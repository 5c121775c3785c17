//! Allowances that each process counts for itself.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use crate::domain::rate_limit::{Allowance, Standing};

/// How full each caller's bucket is: the moment (microseconds since 1970) at which it would be empty.
#[derive(Debug)]
pub struct Buckets<K>(Mutex<HashMap<K, i64>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    /// Takes one request from a bucket, if it is not used up.
    pub fn take(&self, key: K, allowance: Allowance, now_us: i64) -> Standing {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let empty_at = all.entry(key).or_insert(now_us);
        match allowance.take(*empty_at, now_us) {
            Some(after) => {
                *empty_at = after;
                allowance.standing(true, after, now_us)
            }
            None => allowance.standing(false, *empty_at, now_us),
        }
    }

    /// Where a caller stands without taking anything.
    #[must_use]
    pub fn look(&self, key: &K, allowance: Allowance, now_us: i64) -> Standing {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let empty_at = all.get(key).copied().unwrap_or(now_us);
        let admitted = allowance.take(empty_at, now_us).is_some();
        allowance.standing(admitted, empty_at, now_us)
    }

    /// Gives one request back.
    pub fn give_back(&self, key: &K, allowance: Allowance) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(empty_at) = all.get_mut(key) {
            *empty_at -= allowance.interval_us();
        }
    }

    /// Forgets buckets that are empty.
    pub fn sweep(&self, now_us: i64) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, empty_at| *empty_at > now_us);
    }
}
