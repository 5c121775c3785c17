//! Whether the database is the one that this program works with. Looks, and changes nothing.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::{AnyConnection, Connection as _};

use super::{MIGRATIONS, Store, StoreError};

/// How the database's schema stands to this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Current,
    /// No database yet; the first start makes it.
    NoFile,
    /// A database without our tables; the first start makes them.
    Empty,
    /// An earlier program's; the next start brings it up to date.
    Behind,
    /// A later program's, or changed by hand; this program refuses to start on it.
    Foreign,
}

impl Store {
    /// How the schema stands to this program's.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        let mut connection = self.pool.acquire().await?;
        compare(&mut connection).await
    }

    /// How many connections are in use, and how many idle.
    #[must_use]
    pub fn connections(&self) -> (u32, u32) {
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        (self.pool.size().saturating_sub(idle), idle)
    }
}

/// Opens the database at `url` for reading and looks at its schema.
///
/// # Errors
///
/// [`StoreError::Database`] when it does not open.
pub async fn inspect(url: &str) -> Result<Schema, StoreError> {
    sqlx::any::install_default_drivers();
    let url = match url.strip_prefix("sqlite:") {
        Some(rest) => {
            let path = rest.split('?').next().unwrap_or(rest);
            let path = Path::new(path.strip_prefix("//").unwrap_or(path));
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            if !path.exists() && folder.is_none_or(Path::is_dir) {
                return Ok(Schema::NoFile);
            }
            reading_only(url)
        }
        None => url.to_owned(),
    };
    let mut connection = AnyConnection::connect(&url).await?;
    let schema = compare(&mut connection).await;
    connection.close().await?;
    schema
}

/// SQLite opens a file for reading when its URL says so.
fn reading_only(url: &str) -> String {
    let (file, query) = url.split_once('?').unwrap_or((url, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<&str> = others.filter(|pair| !pair.starts_with("mode=")).collect();
    pairs.push("mode=ro");
    format!("{file}?{}", pairs.join("&"))
}

async fn compare(connection: &mut AnyConnection) -> Result<Schema, StoreError> {
    let applied: Result<Vec<(i64, Vec<u8>)>, _> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations WHERE success")
            .fetch_all(connection)
            .await;
    let applied: BTreeMap<i64, Vec<u8>> = match applied {
        Ok(rows) => rows.into_iter().collect(),
        Err(error) if has_no_table(&error) => return Ok(Schema::Empty),
        Err(error) => return Err(error.into()),
    };
    let ours: BTreeMap<i64, &[u8]> = MIGRATIONS
        .iter()
        .map(|migration| (migration.version, &*migration.checksum))
        .collect();
    let is_ours = |(version, checksum): (&i64, &Vec<u8>)| {
        ours.get(version).is_some_and(|ours| ours == checksum)
    };
    Ok(if !applied.iter().all(is_ours) {
        Schema::Foreign
    } else if applied.len() < ours.len() {
        Schema::Behind
    } else {
        Schema::Current
    })
}

/// PostgreSQL: undefined table. SQLite has one code for everything that is wrong with a statement, and nothing else can
/// be wrong with this one.
fn has_no_table(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("42P01" | "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_opened_for_reading_whatever_its_url_says() {
        for (url, reading) in [
            ("sqlite://borga.db", "sqlite://borga.db?mode=ro"),
            ("sqlite:///a/b.db?mode=rwc", "sqlite:///a/b.db?mode=ro"),
            (
                "sqlite:///a/b.db?cache=shared&mode=rwc",
                "sqlite:///a/b.db?cache=shared&mode=ro",
            ),
        ] {
            assert_eq!(reading_only(url), reading);
        }
    }

    #[tokio::test]
    async fn looking_makes_no_file_and_changes_none() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("borga.db");
        let url = format!("sqlite://{}", file.display());

        assert_eq!(inspect(&url).await.unwrap(), Schema::NoFile);
        assert!(!file.exists());
        assert!(
            inspect(&format!("sqlite://{}/no/borga.db", dir.path().display()))
                .await
                .is_err()
        );

        Store::open(&url).await.unwrap().close().await;
        let before = std::fs::read(&file).unwrap();
        assert_eq!(inspect(&url).await.unwrap(), Schema::Current);
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[tokio::test]
    async fn another_programs_schema_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", dir.path().join("borga.db").display());
        let store = Store::open(&url).await.unwrap();
        assert_eq!(store.schema().await.unwrap(), Schema::Current);
        for (change, schema) in [
            (
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'later', TRUE, x'00', 0)",
                Schema::Foreign,
            ),
            ("DELETE FROM _sqlx_migrations", Schema::Behind),
            ("DROP TABLE _sqlx_migrations", Schema::Empty),
        ] {
            sqlx::query(change).execute(&store.pool).await.unwrap();
            assert_eq!(store.schema().await.unwrap(), schema);
            assert_eq!(inspect(&url).await.unwrap(), schema);
        }
    }
}
