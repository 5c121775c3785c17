//! All that differs between databases.

use sqlx::{AnyConnection, Executor as _};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// One file, nothing to install.
    Sqlite,
    /// A server, for several processes.
    Postgres,
}

/// Whether the connection has no server behind it any more; what it was asked has then not begun, if it was the first
/// statement.
pub(super) fn server_is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // PostgreSQL, class 57 "operator intervention": admin_shutdown, crash_shutdown, cannot_connect_now.
        sqlx::Error::Database(error) => {
            matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03"))
        }
        _ => false,
    }
}

impl Dialect {
    /// By the URL's scheme; the settings are checked before.
    pub(super) fn of(url: &str) -> Self {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }

    /// The URL with what the driver must be told: SQLite makes a missing file only when asked.
    pub(super) fn url(self, url: &str) -> String {
        match self {
            Self::Sqlite if url.contains('?') => url.to_owned(),
            Self::Sqlite => format!("{url}?mode=rwc"),
            Self::Postgres => url.to_owned(),
        }
    }

    /// SQLite has one writer at a time; a few connections let readers go on beside it. PostgreSQL is shared with other
    /// processes, and more connections than this only wait for its cores.
    pub(super) const fn connections(self) -> u32 {
        match self {
            Self::Sqlite => 8,
            Self::Postgres => 16,
        }
    }

    /// How many connections can have lost their server since they were last used. A file does not go away.
    pub(super) const fn connections_that_may_die(self) -> u32 {
        match self {
            Self::Sqlite => 0,
            Self::Postgres => self.connections(),
        }
    }

    /// SQLite: taking the write lock first turns a later `SQLITE_BUSY_SNAPSHOT`, which no time-out mends, into a wait.
    /// PostgreSQL: each statement sees what was committed before it, and rows are held one by one (`hold` in the
    /// tables' files).
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }

    /// A transaction that only reads sees one moment.
    pub(super) const fn begin_reading(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// That `id` is among the texts of the JSON list in `$1`. PostgreSQL must see an array: of a list it does not know how
    /// short it is, and reads the whole table.
    pub(super) const fn id_among_first(self) -> &'static str {
        match self {
            Self::Sqlite => "id IN (SELECT value FROM json_each($1))",
            Self::Postgres => "id = ANY (ARRAY(SELECT json_array_elements_text(CAST($1 AS json))))",
        }
    }

    /// The place of a value in a statement that has very many, all in their order. SQLite finds a place that has a number
    /// by looking through all of them.
    pub(super) fn write_place(self, sql: &mut String, number: usize) {
        match self {
            Self::Sqlite => sql.push('?'),
            Self::Postgres => {
                sql.push('$');
                sql.push_str(&number.to_string());
            }
        }
    }

    /// How many transactions that only add rows go on side by side with gain: SQLite has one writer, PostgreSQL can
    /// prepare one commit while the other waits for the disk.
    pub(super) const fn batches_at_once(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 2,
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
            }
            // A client that vanished in the middle must not hold a payment's row for ever.
            Self::Postgres => {
                connection
                    .execute(
                        "SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '10s'; \
                         SET synchronous_commit = on;",
                    )
                    .await?;
            }
        }
        Ok(())
    }
}
