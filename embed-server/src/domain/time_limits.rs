//! How long things may take, by mode. Test mode divides every limit, so that a test matrix runs in minutes.

use checkout_protocol::api::session_view::ChallengeKind;
use checkout_protocol::api_key::Mode;

/// Longest wait of a long poll, in seconds: well below the time-outs of proxies on the way.
pub const LONG_POLL_S: u32 = 25;

/// The least time that a payer who comes back late from the bank has in any mode.
const LEAST_LATE_MS: i64 = 10_000;

/// The limits of one mode, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// An embedded session can be paid.
    pub session_life_ms: i64,
    /// The client secret reads the outcome after the session ended.
    pub read_after_end_ms: i64,
    /// The payer is at the bank.
    pub bank_ms: i64,
    /// The bank looks at the browser.
    pub fingerprint_ms: i64,
    /// Beyond the bank's time before the sweep ends what nobody finishes: the payer may be on the way back.
    pub bank_late_ms: i64,
    /// The same beyond the time of its look at the browser.
    pub look_late_ms: i64,
    /// An attempt is without an answer before it counts as unknown.
    pub unknown_after_ms: i64,
    /// What the frame waits for a start page to be seen.
    pub opening_ms: i64,
    /// The same while the browser gave a handle to the window.
    pub opening_with_handle_ms: i64,
    /// Before each try to deliver a webhook.
    pub webhook_pauses_ms: [i64; 4],
}

impl TimeLimits {
    /// How long a step of authentication waits for the payer, and how much longer for late news of it.
    #[must_use]
    pub const fn step_ms(&self, kind: ChallengeKind) -> (i64, i64) {
        match kind {
            ChallengeKind::Fingerprint => (self.fingerprint_ms, self.look_late_ms),
            ChallengeKind::Challenge | ChallengeKind::Redirect => (self.bank_ms, self.bank_late_ms),
        }
    }
}

/// The configured limits of live mode and the divisor of test mode.
#[derive(Clone, Copy, Debug)]
pub struct TimePlan {
    /// As configured.
    pub live: TimeLimits,
    /// At least 1.
    pub test_divisor: i64,
}

impl TimePlan {
    /// The limits of `mode`.
    #[must_use]
    pub fn of(&self, mode: Mode) -> TimeLimits {
        let divisor = match mode {
            Mode::Live => 1,
            Mode::Test => self.test_divisor.max(1),
        };
        TimeLimits {
            session_life_ms: self.live.session_life_ms / divisor,
            read_after_end_ms: self.live.read_after_end_ms / divisor,
            bank_ms: self.live.bank_ms / divisor,
            fingerprint_ms: self.live.fingerprint_ms / divisor,
            // Whoever tries it out types no faster for it.
            bank_late_ms: (self.live.bank_late_ms / divisor).max(LEAST_LATE_MS),
            look_late_ms: self.live.look_late_ms / divisor,
            unknown_after_ms: self.live.unknown_after_ms / divisor,
            opening_ms: self.live.opening_ms / divisor,
            opening_with_handle_ms: self.live.opening_with_handle_ms / divisor,
            webhook_pauses_ms: self.live.webhook_pauses_ms.map(|pause| pause / divisor),
        }
    }
}
