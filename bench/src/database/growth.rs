//! Makes many sessions of a few: every table that a session is written to gets its rows again under other ids.
//!
//! Which tables and columns those are is asked of the database, so that this stays true when the schema changes. The
//! copies are older than every session to come, and no index can tell them from real ones.

use sqlx::Connection as _;

use super::{Engine, number, run, texts};
use crate::failure::{Failure, Outcome};

/// Copies made by one statement.
const COPIES_AT_ONCE: u64 = 100;
/// The end of an id that is random; before it stand the prefix and the time.
const RANDOM_CHARS: usize = 16;
/// What of the random part gives way to the copy's number.
const NUMBER_CHARS: usize = 4;
/// Numbers of copies have four digits.
const NUMBER_BASE: u64 = 1_000;

/// The rows of every table, by its name, in the order in which the schema makes the tables.
///
/// # Errors
/// When the database refuses.
pub async fn count_rows(engine: &Engine, name: &str) -> Outcome<Vec<(String, u64)>> {
    let mut connection = engine.connect(name).await?;
    let mut counted = Vec::new();
    for table in texts(&mut connection, tables(engine)).await? {
        let rows = number(&mut connection, &format!("SELECT count(*) FROM {table}")).await?;
        counted.push((table, rows));
    }
    connection.close().await?;
    Ok(counted)
}

/// The tables that have become larger, with by how much.
pub fn growth(before: &[(String, u64)], after: &[(String, u64)]) -> Vec<(String, u64)> {
    before
        .iter()
        .zip(after)
        .filter(|((_, before), (_, after))| before < after)
        .map(|((table, before), (_, after))| (table.clone(), after - before))
        .collect()
}

/// Makes `factor` times as many rows of what stands in these tables, up to a thousand times.
///
/// # Errors
/// When the database refuses, or a thousand is not enough.
pub async fn multiply(engine: &Engine, name: &str, tables: &[String], factor: u64) -> Outcome {
    if factor > NUMBER_BASE {
        return Err(format!("no more than {NUMBER_BASE} times as many").into());
    }
    let mut connection = engine.connect(name).await?;
    for sql in before_writing(engine) {
        texts(&mut connection, sql).await?;
    }
    for table in tables {
        let seed = format!("CREATE TEMPORARY TABLE seed_{table} AS SELECT * FROM {table}");
        run(&mut connection, &seed).await?;
        let columns = texts(&mut connection, &columns(engine, table)).await?;
        let mut first = 1;
        while first < factor {
            let last = (first + COPIES_AT_ONCE).min(factor);
            run(&mut connection, &copies(table, &columns, first, last)).await?;
            first = last;
        }
    }
    connection.close().await?;
    settle(engine, name).await
}

/// Does now what PostgreSQL does by itself a while after so much was written; while we measure, it must not, and before
/// it has, it reads whole tables.
///
/// # Errors
/// When the database refuses.
pub async fn settle(engine: &Engine, name: &str) -> Outcome {
    let mut connection = engine.connect(name).await?;
    for sql in after_writing(engine) {
        run(&mut connection, sql).await?;
    }
    connection.close().await.map_err(Failure::from)
}

const fn tables(engine: &Engine) -> &'static str {
    match engine {
        Engine::Sqlite(_) => {
            "SELECT name FROM sqlite_master
              WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations' ORDER BY rowid"
        }
        Engine::Postgres(_) => {
            "SELECT CAST(relname AS TEXT) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
              WHERE nspname = 'public' AND relkind = 'r' AND relname <> '_sqlx_migrations' ORDER BY pg_class.oid"
        }
    }
}

fn columns(engine: &Engine, table: &str) -> String {
    match engine {
        Engine::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}')"),
        Engine::Postgres(_) => format!(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = '{table}'"
        ),
    }
}

/// What is lost in a crash here is made anew.
const fn before_writing(engine: &Engine) -> &'static [&'static str] {
    match engine {
        Engine::Sqlite(_) => &["PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF"],
        Engine::Postgres(_) => &["SET synchronous_commit = off"],
    }
}

const fn after_writing(engine: &Engine) -> &'static [&'static str] {
    match engine {
        Engine::Sqlite(_) => &[],
        Engine::Postgres(_) => &["VACUUM (ANALYZE)", "CHECKPOINT"],
    }
}

/// Copies `first..last` of every row in the seed.
fn copies(table: &str, columns: &[String], first: u64, last: u64) -> String {
    let values: Vec<String> = columns.iter().map(|column| value(column)).collect();
    let (first, last) = (NUMBER_BASE + first, NUMBER_BASE + last);
    format!(
        "INSERT INTO {table} ({})
         WITH RECURSIVE copy (number) AS (SELECT {first} UNION ALL SELECT number + 1 FROM copy WHERE number + 1 < {last})
         SELECT {} FROM seed_{table} CROSS JOIN copy",
        columns.join(", "),
        values.join(", ")
    )
}

/// Ids get the copy's number into their random part, so that they keep their time; keys of merchants at their end.
fn value(column: &str) -> String {
    let is_id = column == "id" || (column.ends_with("_id") && column != "merchant_id");
    if is_id {
        let rest = RANDOM_CHARS - NUMBER_CHARS - 1;
        return format!(
            "substr({column}, 1, length({column}) - {RANDOM_CHARS}) || CAST(number AS TEXT)
             || substr({column}, length({column}) - {rest})"
        );
    }
    if column == "idempotency_key" {
        return format!("{column} || CAST(number AS TEXT)");
    }
    column.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_protocol::id::SessionId;

    #[test]
    fn only_tables_that_grew_are_named() {
        let counts = |numbers: [u64; 3]| -> Vec<(String, u64)> {
            let names = ["a", "b", "c"].map(str::to_owned);
            names.into_iter().zip(numbers).collect()
        };

        let grown = growth(&counts([1, 1, 0]), &counts([1, 3, 1]));

        assert_eq!(grown, [("b".to_owned(), 2), ("c".to_owned(), 1)]);
    }

    #[tokio::test]
    async fn copies_have_ids_of_their_own_that_refer_to_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::Sqlite(folder.path().to_owned());
        engine.make("many").await.unwrap().close().await;
        let mut connection = engine.connect("many").await.unwrap();
        for sql in [
            "INSERT INTO merchants VALUES ('mer_1', 'Shop', 0, '[]', 1)",
            "INSERT INTO payments (merchant_id, mode, id, minor_units, currency, status, session_id, metadata,
                                   minor_units_refunded, version, created_at_ms)
             VALUES ('mer_1', 'test', 'pay_01hx9z3k2mfq7nbvd4cw8ej5rt', 1, 'ISK', 'created',
                     'ps_01hx9z3k2mfq7nbvd4cw8ej5rv', '{}', 0, 1, 1)",
            "INSERT INTO payment_sessions (merchant_id, mode, id, payment_id, shown, status, save_payment_method,
                                           enabled_methods, metadata, expires_at_ms, version, created_at_ms)
             VALUES ('mer_1', 'test', 'ps_01hx9z3k2mfq7nbvd4cw8ej5rv', 'pay_01hx9z3k2mfq7nbvd4cw8ej5rt', 'hosted',
                     'open', 0, '[]', '{}', 1, 1, 1)",
        ] {
            run(&mut connection, sql).await.unwrap();
        }
        connection.close().await.unwrap();
        let before = count_rows(&engine, "many").await.unwrap();

        let tables = ["payments", "payment_sessions"].map(str::to_owned);
        multiply(&engine, "many", &tables, 250).await.unwrap();

        let after = count_rows(&engine, "many").await.unwrap();
        let mut connection = engine.connect("many").await.unwrap();
        let grown = growth(&before, &after);
        assert_eq!(grown, tables.map(|table| (table, 249)));
        let pairs = "SELECT count(*) FROM payment_sessions
                       JOIN payments ON payments.id = payment_id AND session_id = payment_sessions.id";
        assert_eq!(number(&mut connection, pairs).await.unwrap(), 250);
        let ids = texts(
            &mut connection,
            "SELECT id FROM payment_sessions ORDER BY id",
        )
        .await;
        for id in ids.unwrap() {
            assert_eq!(id.parse::<SessionId>().unwrap().to_string(), id);
        }
    }
}
