//! How long answers took.

use std::time::Duration;

use hdrhistogram::Histogram;

use crate::failure::Outcome;

/// An answer that took longer counts as this long.
const MAX_US: u64 = 60_000_000;
const DIGITS: u8 = 3;

/// The times of many answers, in microseconds to three digits.
pub struct Latencies(Histogram<u64>);

impl Latencies {
    /// Of no answer yet.
    ///
    /// # Errors
    /// Never with these bounds.
    pub fn new() -> Outcome<Self> {
        Ok(Self(Histogram::new_with_bounds(1, MAX_US, DIGITS)?))
    }

    /// Adds an answer.
    pub fn record(&mut self, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(MAX_US);
        self.0.saturating_record(us.max(1));
    }

    /// How many answers there are.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// Half of the answers took longer; in microseconds.
    pub fn p50_us(&self) -> u64 {
        self.0.value_at_quantile(0.5)
    }

    /// One answer in a hundred took longer; in microseconds.
    pub fn p99_us(&self) -> u64 {
        self.0.value_at_quantile(0.99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_all_answers() {
        let mut latencies = Latencies::new().unwrap();
        for ms in 1..=1_000 {
            latencies.record(Duration::from_millis(ms));
        }

        assert_eq!(latencies.count(), 1_000);
        assert!((499_000..=501_000).contains(&latencies.p50_us()));
        assert!((989_000..=991_000).contains(&latencies.p99_us()));
    }

    #[test]
    fn an_answer_that_never_came_is_the_longest_there_is() {
        let mut latencies = Latencies::new().unwrap();
        latencies.record(Duration::from_hours(1));

        assert!(latencies.p50_us() >= MAX_US);
    }
}
