//! What is counted and timed, under the names that an operator's graphs rely on (docs/operations.md).
//!
//! A label holds one of a few words of ours: never an id, and nothing that a caller chooses.

use std::time::Duration;

use checkout_protocol::attempt::State;
use checkout_protocol::timestamp::Timestamp;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "borga_http_requests_total";
const REQUEST_DURATION: &str = "borga_http_request_duration_seconds";
const ACQUIRER_CALLS: &str = "borga_acquirer_calls_total";
const ACQUIRER_DURATION: &str = "borga_acquirer_call_duration_seconds";
const ATTEMPTS_ENDED: &str = "borga_attempts_ended_total";
const SWEEPS: &str = "borga_sweeps_total";
const WEBHOOKS: &str = "borga_webhooks_total";
const WEBHOOK_BACKLOG: &str = "borga_webhooks_due";
const WEBHOOK_OLDEST: &str = "borga_webhooks_oldest_due_seconds";
const LONG_POLLS: &str = "borga_long_polls_open";
const CONNECTIONS: &str = "borga_database_connections";
const BUILD_INFO: &str = "borga_build_info";
const START_TIME: &str = "process_start_time_seconds";

/// From an answer out of memory to one that waited for the acquirer's last repetition, in seconds.
const BUCKETS: &[f64] = &[
    0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
];

/// Counts from now on, for the whole process, and says where the numbers are read.
///
/// # Errors
///
/// When this process already counts.
pub fn install(now: Timestamp) -> Result<PrometheusHandle, BuildError> {
    let seconds = Matcher::Suffix("_seconds".to_owned());
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(seconds, BUCKETS)?
        .install_recorder()?;
    describe();
    gauge!(BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let started = u32::try_from(now.0.div_euclid(1_000)).unwrap_or_default();
    gauge!(START_TIME).set(f64::from(started));
    // They stand at zero before the first one, so that a rate sees it.
    for outcome in ["done", "failed"] {
        counter!(SWEEPS, "outcome" => outcome).absolute(0);
    }
    for outcome in ["delivered", "failed"] {
        counter!(WEBHOOKS, "outcome" => outcome).absolute(0);
    }
    webhook_backlog(0, 0);
    gauge!(LONG_POLLS).set(0.0);
    Ok(handle)
}

fn describe() {
    describe_counter!(REQUESTS, "Answered requests by method, route and status.");
    describe_histogram!(
        REQUEST_DURATION,
        "Time from a request's head to its answer's head; long polls wait up to 25 s."
    );
    describe_counter!(ACQUIRER_CALLS, "Calls to the acquirer by call and outcome.");
    describe_histogram!(ACQUIRER_DURATION, "Time of a call to the acquirer.");
    describe_counter!(
        ATTEMPTS_ENDED,
        "Attempts that came to an end, or for want of news to an unknown one, by state."
    );
    describe_counter!(SWEEPS, "Runs of the background sweep by outcome.");
    describe_counter!(WEBHOOKS, "Tries to deliver a webhook by outcome.");
    describe_gauge!(
        WEBHOOK_BACKLOG,
        "Webhooks that are due and not delivered yet."
    );
    describe_gauge!(
        WEBHOOK_OLDEST,
        "For how many seconds the webhook that waits longest has been due."
    );
    describe_gauge!(LONG_POLLS, "Frames that wait for their session to change.");
    describe_gauge!(CONNECTIONS, "Connections to the database by use.");
    describe_gauge!(BUILD_INFO, "1, with the version of the program.");
    describe_gauge!(START_TIME, "Start of the process in seconds since 1970.");
}

/// A request was answered. `method` and `route` are words of ours, not of the caller.
pub fn request(method: &'static str, route: &str, status: u16, took: Duration) {
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    counter!(REQUESTS, &labels).increment(1);
    histogram!(REQUEST_DURATION, &labels).record(took);
}

/// A call to the acquirer ended.
pub fn acquirer_call(call: &'static str, outcome: &'static str, took: Duration) {
    counter!(ACQUIRER_CALLS, "call" => call, "outcome" => outcome).increment(1);
    histogram!(ACQUIRER_DURATION, "call" => call, "outcome" => outcome).record(took);
}

/// An attempt changed its state; counted when that is an end, or the want of one.
pub fn attempt_changed(state: State) {
    match state {
        State::Calling | State::ActionRequired => {}
        State::Authorised | State::Declined | State::Abandoned | State::Unknown => {
            counter!(ATTEMPTS_ENDED, "state" => state.as_str()).increment(1);
        }
    }
}

/// A sweep ran.
pub fn sweep(succeeded: bool) {
    let outcome = if succeeded { "done" } else { "failed" };
    counter!(SWEEPS, "outcome" => outcome).increment(1);
}

/// A webhook was tried.
pub fn webhook(succeeded: bool) {
    let outcome = if succeeded { "delivered" } else { "failed" };
    counter!(WEBHOOKS, "outcome" => outcome).increment(1);
}

/// The webhooks that are due now, and for how long the oldest has been.
pub fn webhook_backlog(due: u32, oldest_s: u32) {
    gauge!(WEBHOOK_BACKLOG).set(f64::from(due));
    gauge!(WEBHOOK_OLDEST).set(f64::from(oldest_s));
}

/// The database's connections as they are now.
pub fn connections(in_use: u32, idle: u32) {
    gauge!(CONNECTIONS, "use" => "in_use").set(f64::from(in_use));
    gauge!(CONNECTIONS, "use" => "idle").set(f64::from(idle));
}

/// A long poll that is open until this is dropped.
#[derive(Debug)]
pub struct LongPoll(());

impl LongPoll {
    /// Counts one more.
    #[must_use]
    pub fn open() -> Self {
        gauge!(LONG_POLLS).increment(1.0);
        Self(())
    }
}

impl Drop for LongPoll {
    fn drop(&mut self) {
        gauge!(LONG_POLLS).decrement(1.0);
    }
}
