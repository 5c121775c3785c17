//! The two databases: where they are, how one is copied, what stands in it. The statements that are measured are the
//! server's own; these here only prepare and count.

pub mod growth;

use std::path::{Path, PathBuf};

use embed_server::store::Store;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _};

use crate::failure::{Failure, Outcome};
use crate::process::Process;

/// Which database, and where its data can be.
#[derive(Clone, Debug)]
pub enum Engine {
    /// Files in this folder.
    Sqlite(PathBuf),
    /// Databases of this cluster, by its URL up to the database's name.
    Postgres(String),
}

impl Engine {
    /// A cluster, by the URL of one of its databases.
    ///
    /// # Errors
    /// When the URL names no database.
    pub fn postgres(url: &str) -> Outcome<Self> {
        let (cluster, name) = url.rsplit_once('/').unwrap_or_default();
        if cluster.contains("://") && !name.is_empty() {
            Ok(Self::Postgres(cluster.to_owned()))
        } else {
            Err("the URL of PostgreSQL must be postgres://USER@HOST:PORT/DATABASE".into())
        }
    }

    /// As people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Of a database by its name, as the server's settings have it.
    pub fn url(&self, name: &str) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", file(folder, name).display()),
            Self::Postgres(cluster) => format!("{cluster}/{name}"),
        }
    }

    /// A database without anything, with the server's schema.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn make(&self, name: &str) -> Outcome<Store> {
        self.remove(name).await?;
        if let Self::Postgres(_) = self {
            self.administer(&format!("CREATE DATABASE {name}")).await?;
        }
        Ok(Store::open(&self.url(name)).await?)
    }

    /// `to` becomes what `from` is; nobody may have `from` open.
    ///
    /// # Errors
    /// When somebody has, or there is no room.
    pub async fn copy(&self, from: &str, to: &str) -> Outcome {
        self.remove(to).await?;
        match self {
            Self::Sqlite(folder) => {
                let from = file(folder, from);
                if beside(&from, "-wal")
                    .metadata()
                    .is_ok_and(|it| it.len() > 0)
                {
                    return Err(format!("{} is open or was not closed", from.display()).into());
                }
                std::fs::copy(from, file(folder, to))?;
                Ok(())
            }
            Self::Postgres(_) => {
                let sql = format!("CREATE DATABASE {to} TEMPLATE {from}");
                self.administer(&sql).await
            }
        }
    }

    /// Nothing is left of it.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn remove(&self, name: &str) -> Outcome {
        match self {
            Self::Sqlite(folder) => {
                let file = file(folder, name);
                for path in [beside(&file, "-wal"), beside(&file, "-shm"), file] {
                    if path.exists() {
                        std::fs::remove_file(path)?;
                    }
                }
                Ok(())
            }
            Self::Postgres(_) => {
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                self.administer(&sql).await
            }
        }
    }

    /// The version, and for PostgreSQL the word that it keeps what was committed.
    ///
    /// # Errors
    /// When a figure of it would be worth nothing, because it does not wait for the disk.
    pub async fn version(&self) -> Outcome<String> {
        let ask = match self {
            Self::Sqlite(_) => {
                let mut connection = AnyConnection::connect("sqlite::memory:").await?;
                return text(&mut connection, "SELECT sqlite_version()").await;
            }
            Self::Postgres(_) => &mut self.connect("postgres").await?,
        };
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            if text(ask, &format!("SHOW {setting}")).await? != "on" {
                return Err(
                    format!("PostgreSQL runs with {setting} off: start a durable one").into(),
                );
            }
        }
        text(ask, "SHOW server_version").await
    }

    /// The process that has started all of the database's, where they are not the server's own.
    ///
    /// # Errors
    /// When it runs on another machine.
    pub async fn process(&self) -> Outcome<Option<Process>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(_) => {
                let mut connection = self.connect("postgres").await?;
                let id = number(&mut connection, "SELECT CAST(pg_backend_pid() AS BIGINT)").await?;
                Ok(Some(Process(u32::try_from(id)?).parent()?))
            }
        }
    }

    /// Opens a database beside the server.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn connect(&self, name: &str) -> Outcome<AnyConnection> {
        let connection = AnyConnection::connect(&self.url(name)).await;
        connection.map_err(|error| Failure::from(format!("database {name}: {error}")))
    }

    async fn administer(&self, sql: &str) -> Outcome {
        let mut connection = self.connect("postgres").await?;
        run(&mut connection, sql).await?;
        Ok(connection.close().await?)
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.db"))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Runs a statement and gives how many rows it changed.
///
/// # Errors
/// When the database refuses.
pub async fn run(connection: &mut AnyConnection, sql: &str) -> Outcome<u64> {
    let done = sqlx::query(AssertSqlSafe(sql)).execute(connection).await;
    let done = done.map_err(|error| Failure::from(format!("{error} in: {sql}")))?;
    Ok(done.rows_affected())
}

/// The one number that a query gives.
///
/// # Errors
/// When it gives none.
pub async fn number(connection: &mut AnyConnection, sql: &str) -> Outcome<u64> {
    let number: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(connection)
        .await?;
    Ok(u64::try_from(number)?)
}

async fn text(connection: &mut AnyConnection, sql: &str) -> Outcome<String> {
    let texts = texts(connection, sql).await?;
    let first = texts.into_iter().next();
    first.ok_or_else(|| format!("nothing comes of: {sql}").into())
}

/// The texts of a query's first column.
///
/// # Errors
/// When the database refuses.
pub async fn texts(connection: &mut AnyConnection, sql: &str) -> Outcome<Vec<String>> {
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await;
    let rows = rows.map_err(|error| Failure::from(format!("{error} in: {sql}")))?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_named_by_one_of_its_databases() {
        let engine = Engine::postgres("postgres://postgres@127.0.0.1:5433/postgres").unwrap();

        assert_eq!(
            engine.url("small"),
            "postgres://postgres@127.0.0.1:5433/small"
        );
        for wrong in ["", "postgres", "postgres://postgres@127.0.0.1:5433/"] {
            assert!(Engine::postgres(wrong).is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_copy_is_a_database_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::Sqlite(folder.path().to_owned());
        engine.make("one").await.unwrap().close().await;
        engine.copy("one", "two").await.unwrap();
        let mut two = engine.connect("two").await.unwrap();
        run(
            &mut two,
            "INSERT INTO rate_limits (bucket, empty_at_us) VALUES ('a', 1)",
        )
        .await
        .unwrap();

        let mut one = engine.connect("one").await.unwrap();
        let count = "SELECT count(*) FROM rate_limits";

        assert_eq!(number(&mut one, count).await.unwrap(), 0);
        assert_eq!(number(&mut two, count).await.unwrap(), 1);
    }
}
