//! The only SQL. Rows in, domain values out; one text per statement for every database.
//!
//! Every function of a merchant's table takes the merchant and the mode, so that no query crosses tenants or mixes
//! test and live; where one does not, its documentation says why.
//!
//! What changes a payment holds its row first (`payments::hold`), then its sessions, attempts, challenges and refunds:
//! so changes of one payment happen one after the other, on every process, and nobody waits in a circle.

use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};

mod dialect;
pub mod listing;

pub mod acquirer_notifications;
pub mod api_keys;
pub mod attempts;
pub mod challenges;
pub mod customers;
pub mod events;
pub mod idempotency_keys;
pub mod merchants;
pub mod owed_reversals;
pub mod payment_methods;
pub mod payment_sessions;
pub mod payments;
pub mod rate_limits;
pub mod refunds;
pub mod resume_tokens;
pub mod schema;
pub mod session_batch;
pub mod webhook_deliveries;
pub mod webhook_endpoints;

use dialect::Dialect;

/// The schema, step by step.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    dialect: Dialect,
}

/// Changes that take effect together, or not at all when it is dropped.
#[derive(Debug)]
pub struct Transaction {
    inner: Inner,
    dialect: Dialect,
}

#[derive(Debug)]
enum Inner {
    Together(sqlx::Transaction<'static, Any>),
    Each(PoolConnection<Any>),
}

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("database schema: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Somebody else changed the row since it was read.
    #[error("{table} {id} was changed by somebody else")]
    Stale {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
    },
    /// A row holds what we never write.
    #[error("{table}.{column} of {id} cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        id: String,
    },
}

impl Store {
    /// Connects and brings the schema up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of(url);
        let options: AnyConnectOptions = dialect.url(url).parse()?;
        let pool = AnyPoolOptions::new()
            .max_connections(dialect.connections())
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                Box::pin(async move { dialect.prepare(connection).await })
            })
            .connect_with(options)
            .await?;
        migrate(&pool).await?;
        Ok(Self { pool, dialect })
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        self.begin_with(self.dialect.begin()).await
    }

    /// Begins a transaction that only reads, and so waits for nobody.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn read(&self) -> Result<Transaction, StoreError> {
        self.begin_with(self.dialect.begin_reading()).await
    }

    async fn begin_with(&self, begin: &'static str) -> Result<Transaction, StoreError> {
        self.on_a_living_connection(|| async {
            let inner = self.pool.begin_with(begin).await?;
            Ok(Transaction {
                inner: Inner::Together(inner),
                dialect: self.dialect,
            })
        })
        .await
    }

    /// A connection whose server was restarted says so at its first statement, when nothing has happened yet: the next
    /// one is taken in its place.
    async fn on_a_living_connection<T, R>(
        &self,
        first_statement: impl Fn() -> R,
    ) -> Result<T, StoreError>
    where
        R: Future<Output = Result<T, StoreError>>,
    {
        let mut tries = self.dialect.connections_that_may_die();
        loop {
            match first_statement().await {
                Err(StoreError::Database(error))
                    if tries > 0 && dialect::server_is_gone(&error) =>
                {
                    tries -= 1;
                }
                done => return done,
            }
        }
    }

    /// Carries out a single statement that reads: it sees one moment by itself, and beginning and ending a transaction
    /// around it would cost more than it does. Two statements see two moments: they need [`Store::read`]. It may be
    /// carried out again on another connection, as [`Store::begin`] begins again.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn look<T, R>(&self, statement: impl Fn(Transaction) -> R) -> Result<T, StoreError>
    where
        R: Future<Output = Result<T, StoreError>>,
    {
        self.on_a_living_connection(|| async {
            let looking = Transaction {
                inner: Inner::Each(self.pool.acquire().await?),
                dialect: self.dialect,
            };
            statement(looking).await
        })
        .await
    }

    /// How many transactions that only add rows should go on side by side.
    #[must_use]
    pub const fn batches_at_once(&self) -> usize {
        self.dialect.batches_at_once()
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Brings the schema up to date. PostgreSQL has a lock for it; on SQLite another process that started at the same moment
/// may be quicker, and then the next look finds its work done.
async fn migrate(pool: &AnyPool) -> Result<(), StoreError> {
    const LOOKS: usize = 5;
    for _ in 1..LOOKS {
        match MIGRATIONS.run(pool).await {
            Err(sqlx::migrate::MigrateError::ExecuteMigration(..)) => {}
            done => return Ok(done?),
        }
    }
    Ok(MIGRATIONS.run(pool).await?)
}

impl Transaction {
    fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.inner {
            Inner::Together(transaction) => transaction,
            Inner::Each(connection) => connection,
        }
    }

    /// Makes the changes durable.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; then nothing has changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.inner {
            Inner::Together(transaction) => Ok(transaction.commit().await?),
            // Nothing is open.
            Inner::Each(_) => Ok(()),
        }
    }
}

impl StoreError {
    /// Whether a unique index refused the row.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.is_unique_violation(),
            Self::Database(_) | Self::Migration(_) | Self::Stale { .. } | Self::Corrupt { .. } => {
                false
            }
        }
    }
}

/// Reads columns of one row, naming the one that cannot be read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    table: &'static str,
    id: &'a str,
}

impl Reader<'_> {
    fn corrupt(self, column: &'static str) -> StoreError {
        StoreError::Corrupt {
            table: self.table,
            column,
            id: self.id.to_owned(),
        }
    }

    fn parsed<T: std::str::FromStr>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.corrupt(column))
    }

    fn id<T: std::str::FromStr>(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>, StoreError> {
        text.map(|text| self.parsed(column, text)).transpose()
    }

    fn json<T: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|_| self.corrupt(column))
    }

    fn known<T>(self, column: &'static str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.corrupt(column))
    }

    fn url(
        self,
        column: &'static str,
        text: Option<String>,
    ) -> Result<Option<url::Url>, StoreError> {
        text.map(|text| self.parsed(column, &text)).transpose()
    }
}

fn changed(rows: u64, table: &'static str, id: impl std::fmt::Display) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale {
            table,
            id: id.to_string(),
        })
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
