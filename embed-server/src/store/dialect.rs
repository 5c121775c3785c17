//! All that differs between databases.

use sqlx::{AnyConnection, Executor as _};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// One file, nothing to install.
    Sqlite,
}

impl Dialect {
    pub(super) const fn of(_url: &str) -> Self {
        Self::Sqlite
    }

    /// The URL with what the driver must be told: SQLite makes a missing file only when asked.
    pub(super) fn url(self, url: &str) -> String {
        match self {
            Self::Sqlite if url.contains('?') => url.to_owned(),
            Self::Sqlite => format!("{url}?mode=rwc"),
        }
    }

    /// SQLite has one writer at a time; a few connections let readers go on beside it.
    pub(super) const fn connections(self) -> u32 {
        match self {
            Self::Sqlite => 8,
        }
    }

    /// SQLite: taking the write lock first turns a later `SQLITE_BUSY_SNAPSHOT`, which no time-out mends, into a wait.
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
        }
    }

    /// SQLite: readers beside the writer (WAL), and money that survives a power cut (FULL).
    pub(super) async fn prepare(self, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite => {
                connection
                    .execute(
                        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
                         PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
                    )
                    .await?;
                Ok(())
            }
        }
    }
}
