//! Allowances: so many requests at once, and so many a minute in the long run (GCRA, the leaky bucket as a meter).

/// How much a caller may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// In the long run.
    pub per_minute: u32,
    /// At once.
    pub burst: u32,
}

/// Where a caller stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether this request may go on.
    pub admitted: bool,
    /// How many it may send at once.
    pub limit: u32,
    /// How many are left of them now.
    pub remaining: u32,
    /// Seconds until all of them are there again.
    pub reset_s: i64,
    /// Seconds until one is there again; 0 when there is one.
    pub retry_after_s: i64,
}

/// Allowances as configured.
#[derive(Clone, Copy, Debug)]
pub struct Allowances {
    /// Every request of a merchant's servers.
    pub requests: Allowance,
    /// Sessions, and payments and refunds, of a merchant's servers.
    pub hot: Allowance,
    /// Sessions of one publishable key and address.
    pub page: Allowance,
    /// Requests of one address with a key that is none.
    pub failures: Allowance,
}

impl Allowance {
    /// Microseconds that one request takes up of the bucket.
    #[must_use]
    pub fn interval_us(self) -> i64 {
        60_000_000 / i64::from(self.per_minute.max(1))
    }

    /// How full, in microseconds, a bucket may be when a request is admitted.
    #[must_use]
    pub fn tolerance_us(self) -> i64 {
        self.interval_us() * i64::from(self.burst.max(1) - 1)
    }

    /// The moment at which a bucket is empty after one more request, if that is admitted. `empty_at_us` is when it would
    /// be empty without it.
    #[must_use]
    pub fn take(self, empty_at_us: i64, now_us: i64) -> Option<i64> {
        (empty_at_us <= now_us + self.tolerance_us())
            .then(|| empty_at_us.max(now_us) + self.interval_us())
    }

    /// What a caller is told; `empty_at_us` is the moment after an admitted request, or as it is at a refused one.
    #[must_use]
    pub fn standing(self, admitted: bool, empty_at_us: i64, now_us: i64) -> Standing {
        let interval = self.interval_us();
        let full = (empty_at_us - now_us).max(0);
        let left = (self.tolerance_us() + interval - full).max(0) / interval;
        let wait = if admitted {
            0
        } else {
            (full - self.tolerance_us()).max(1)
        };
        Standing {
            admitted,
            limit: self.burst,
            remaining: u32::try_from(left).unwrap_or(u32::MAX),
            reset_s: seconds(full),
            retry_after_s: seconds(wait),
        }
    }
}

/// Rounded up: who comes back after so many seconds is not too early.
fn seconds(us: i64) -> i64 {
    (us + 999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_A_MINUTE: Allowance = Allowance {
        per_minute: 10,
        burst: 3,
    };
    const INTERVAL: i64 = 6_000_000;

    #[test]
    fn a_burst_is_admitted_and_then_one_for_each_interval() {
        let mut empty_at = 0;
        let now = 100 * INTERVAL;
        for _ in 0..3 {
            empty_at = TEN_A_MINUTE.take(empty_at, now).unwrap();
        }
        assert_eq!(TEN_A_MINUTE.take(empty_at, now), None);
        assert_eq!(TEN_A_MINUTE.take(empty_at, now + INTERVAL - 1), None);
        assert!(TEN_A_MINUTE.take(empty_at, now + INTERVAL).is_some());
    }

    #[test]
    fn a_caller_is_told_what_is_left_and_when_to_come_back() {
        let now = 100 * INTERVAL;
        let first = TEN_A_MINUTE.take(0, now).unwrap();
        let told = TEN_A_MINUTE.standing(true, first, now);
        assert_eq!(
            (told.remaining, told.reset_s, told.retry_after_s),
            (2, 6, 0)
        );

        let third = now + 3 * INTERVAL;
        let told = TEN_A_MINUTE.standing(false, third, now + 1);
        assert_eq!((told.remaining, told.retry_after_s), (0, 6));
        assert!(TEN_A_MINUTE.take(third, now + 1 + 6_000_000).is_some());
    }
}
