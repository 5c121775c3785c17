//! Asks a server on this machine for as much as it gives, or for so much in a second, and looks at every answer.
//! One answer that is not what was expected fails the run.

pub mod connection;
pub mod head;
pub mod request;

mod closed;
mod open;

use std::net::SocketAddr;
use std::time::Duration;

use crate::failure::Outcome;
use crate::figure::{Figure, per_second};
use crate::latency::Latencies;
use crate::process::Process;

pub use closed::closed;
pub use open::open;

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Where.
    pub server: SocketAddr,
    /// At once.
    pub connections: usize,
    /// Asked like this before anything counts.
    pub warm_up: Duration,
    /// What counts.
    pub window: Duration,
    /// Every answer's status.
    pub expected: u16,
}

/// Whose processor time is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// The server.
    pub server: Process,
    /// The database's first process, where it is not the server itself.
    pub database: Option<Process>,
}

/// Processor time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    server: Duration,
    database: Duration,
    own: Duration,
}

/// What came of it.
pub struct Load {
    /// Of the answers within the window.
    pub latencies: Latencies,
    window: Duration,
    usage: Usage,
}

impl Watched {
    fn look(self) -> Outcome<Usage> {
        Ok(Usage {
            server: self.server.cpu()?,
            database: match self.database {
                Some(database) => database.cpu_of_family()?,
                None => Duration::ZERO,
            },
            own: Process::own().cpu()?,
        })
    }
}

impl Usage {
    fn since(self, before: Self) -> Self {
        Self {
            server: self.server.saturating_sub(before.server),
            database: self.database.saturating_sub(before.database),
            own: self.own.saturating_sub(before.own),
        }
    }
}

impl Load {
    /// Answers in a second of the window.
    pub fn per_second(&self) -> u64 {
        per_second(self.latencies.count(), self.window)
    }

    /// The server's processor time for an answer, in thousandths of a microsecond.
    pub fn server_us(&self) -> Figure {
        self.us_per_answer(self.usage.server)
    }

    /// The database's, where it is not the server itself.
    pub fn database_us(&self) -> Figure {
        self.us_per_answer(self.usage.database)
    }

    /// As a line for the person who waits.
    pub fn line(&self) -> String {
        format!(
            "{}/s, p50 {} µs, p99 {} µs, CPU µs per answer: server {}, database {}, ours {}",
            self.per_second(),
            self.latencies.p50_us(),
            self.latencies.p99_us(),
            self.server_us().whole(),
            self.database_us().whole(),
            self.us_per_answer(self.usage.own).whole(),
        )
    }

    fn us_per_answer(&self, time: Duration) -> Figure {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Figure::quotient(us, self.latencies.count())
    }
}
