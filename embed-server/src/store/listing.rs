//! Pages of a merchant's rows, newest first, in either direction from a row.
//!
//! Ids rise with time, so they are the order.

use std::fmt::Write as _;

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::MerchantId;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, FromRow};

use super::{StoreError, Transaction};

/// Where a page begins. Texts are ids, which the caller has found to be the merchant's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the newest.
    Newest,
    /// With what is older than this.
    After(String),
    /// With what is newer than this, as near to it as possible.
    Before(String),
}

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most so many, 1 to 100.
    pub limit: usize,
    /// From where.
    pub start: Start,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Newest first.
    pub rows: Vec<T>,
    /// Whether there is more in the direction that was asked for.
    pub has_more: bool,
}

impl<T> Found<T> {
    /// The page with every row made into something else.
    ///
    /// # Errors
    ///
    /// What `make` fails with.
    pub fn try_map<U, E>(self, make: impl FnMut(T) -> Result<U, E>) -> Result<Found<U>, E> {
        Ok(Found {
            rows: self.rows.into_iter().map(make).collect::<Result<_, E>>()?,
            has_more: self.has_more,
        })
    }
}

/// The page of the rows that `select` (up to and without `WHERE`) reads, of one merchant in one mode, where every
/// column of `equal` has its value and `also` holds. Columns and `also` are texts of ours.
pub(super) async fn find<R>(
    tx: &mut Transaction,
    select: &'static str,
    also: &'static str,
    (merchant, mode): (MerchantId, Mode),
    equal: &[(&'static str, Option<String>)],
    page: &Page,
) -> Result<Found<R>, StoreError>
where
    R: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
{
    let mut sql = format!("{select} WHERE merchant_id = $1 AND mode = $2{also}");
    // Writing to a string cannot fail.
    let mut values = vec![merchant.to_string(), mode.as_str().to_owned()];
    for (column, value) in equal {
        if let Some(value) = value {
            values.push(value.clone());
            let _ = write!(sql, " AND {column} = ${}", values.len());
        }
    }
    let direction = match &page.start {
        Start::Newest => "DESC",
        Start::After(id) => {
            values.push(id.clone());
            let _ = write!(sql, " AND id < ${}", values.len());
            "DESC"
        }
        Start::Before(id) => {
            values.push(id.clone());
            let _ = write!(sql, " AND id > ${}", values.len());
            "ASC"
        }
    };
    // One more than wanted tells whether there is more.
    let most = page.limit + 1;
    let _ = write!(sql, " ORDER BY id {direction} LIMIT {most}");
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for value in values {
        query = query.bind(value);
    }
    let mut rows: Vec<R> = query.fetch_all(tx.connection()).await?;
    let has_more = rows.len() > page.limit;
    rows.truncate(page.limit);
    if direction == "ASC" {
        rows.reverse();
    }
    Ok(Found { rows, has_more })
}
