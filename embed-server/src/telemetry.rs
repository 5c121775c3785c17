//! Traces for OpenTelemetry, with the cargo feature `telemetry`; without it all of this does nothing.
//!
//! The standard `OTEL_…` variables decide where traces go. A span has what a log line has and no more.

use reqwest::header::HeaderMap;
use tracing::Span;

#[cfg(feature = "telemetry")]
mod otlp;
#[cfg(feature = "telemetry")]
pub use otlp::Telemetry;

#[cfg(not(feature = "telemetry"))]
mod nothing;
#[cfg(not(feature = "telemetry"))]
pub use nothing::Telemetry;

/// Makes the span part of the trace that the caller's `traceparent` (W3C Trace Context) names.
#[cfg_attr(
    not(feature = "telemetry"),
    expect(unused_variables, reason = "nothing is traced")
)]
pub fn adopt_parent(span: &Span, headers: &HeaderMap) {
    #[cfg(feature = "telemetry")]
    otlp::adopt_parent(span, headers);
}

/// Adds the `traceparent` of what is going on now.
#[cfg_attr(
    not(feature = "telemetry"),
    expect(unused_variables, reason = "nothing is traced")
)]
pub fn pass_on(headers: &mut HeaderMap) {
    #[cfg(feature = "telemetry")]
    otlp::pass_on(headers);
}
