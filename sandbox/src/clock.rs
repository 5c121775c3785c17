//! The only place that asks what time it is.

use std::sync::Arc;
use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Gives the present moment in UTC.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that reads the clock"
        )]
        Self(Arc::new(|| OffsetDateTime::from(SystemTime::now())))
    }

    /// A clock that stands still, for tests.
    pub fn fixed(moment: OffsetDateTime) -> Self {
        Self(Arc::new(move || moment))
    }

    /// Year and month in UTC.
    pub(crate) fn year_and_month(&self) -> (u16, u8) {
        let now = (self.0)();
        // A clock outside the years 0 to 65535 is broken; every card counts as expired then.
        (
            u16::try_from(now.year()).unwrap_or(u16::MAX),
            now.month().into(),
        )
    }

    /// Now, as `2026-01-31T12:00:00Z`.
    pub(crate) fn timestamp(&self) -> String {
        let now = (self.0)();
        let whole_seconds = now.replace_nanosecond(0).unwrap_or(now);
        whole_seconds.format(&Rfc3339).unwrap_or_default()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clock")
    }
}
