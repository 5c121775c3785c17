//! Many new sessions at once: the rows that `idempotency_keys::take`, `payments::insert` and `payment_sessions::insert`
//! write for one, in a few statements for all.

use std::collections::{BTreeMap, HashSet};

use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::origin::Origin;
use sqlx::any::AnyArguments;
use sqlx::{Arguments as _, AssertSqlSafe};

use super::dialect::Dialect;
use super::idempotency_keys::Claim;
use super::{StoreError, Transaction, to_json};
use crate::domain::payment::Payment;
use crate::domain::payment_session::PaymentSession;

/// A session, its payment, and the claim of the request that makes them.
#[derive(Clone, Debug)]
pub struct NewRows {
    /// The claim with the answer that is about to be given; none for a request without a key.
    pub answered: Option<Answered>,
    /// The payment, not written yet.
    pub payment: Payment,
    /// The session.
    pub session: PaymentSession,
}

/// An answer under its claim.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The claim.
    pub claim: Claim,
    /// The answer's status.
    pub status: u16,
    /// The answer's bytes, sealed.
    pub sealed_body: String,
}

/// Writes all of them but those whose claim is taken, by an earlier request or by one before it in `all`; says of each
/// whether it was written.
///
/// # Errors
///
/// [`StoreError`]; then the transaction must be dropped.
pub async fn insert(tx: &mut Transaction, all: &[NewRows]) -> Result<Vec<bool>, StoreError> {
    // In one order everywhere, so that two batches with the same claims do not wait for each other in a circle.
    let mut claims = BTreeMap::new();
    for rows in all {
        if let Some(answered) = &rows.answered {
            claims
                .entry(key(&answered.claim))
                .or_insert_with(|| ClaimRow::of(answered, rows));
        }
    }
    let claims: Vec<_> = claims.into_values().collect();
    let mut free = take(tx, claims).await?;
    let fresh: Vec<bool> = all
        .iter()
        .map(|rows| match &rows.answered {
            None => true,
            Some(Answered { claim, .. }) => free.remove(&key(claim)),
        })
        .collect();
    let written = || all.iter().zip(&fresh).filter(|(_, fresh)| **fresh);
    let payments: Vec<_> = written().map(|(rows, _)| PaymentRow::of(rows)).collect();
    add(tx, "payments", PAYMENT, payments).await?;
    let sessions: Vec<_> = written().map(|(rows, _)| SessionRow::of(rows)).collect();
    add(tx, "payment_sessions", SESSION, sessions).await?;
    Ok(fresh)
}

/// The primary key of a claim.
type Key = (String, String, String, String);

fn key(claim: &Claim) -> Key {
    (
        claim.merchant_id.to_string(),
        claim.mode.as_str().to_owned(),
        claim.credential.clone(),
        claim.key.clone(),
    )
}

/// The claims that nobody had. As in `idempotency_keys::take`, the unique insert is the lock: where another transaction
/// is about to take the same one, this waits for its end.
async fn take(tx: &mut Transaction, claims: Vec<ClaimRow<'_>>) -> Result<HashSet<Key>, StoreError> {
    let mut taken = HashSet::with_capacity(claims.len());
    for (sql, arguments) in inserts(tx.dialect, "idempotency_keys", CLAIM, claims)? {
        let sql = format!(
            "{sql} ON CONFLICT DO NOTHING RETURNING merchant_id, mode, credential, idempotency_key"
        );
        let of_these: Vec<Key> = sqlx::query_as_with(AssertSqlSafe(sql), arguments)
            .fetch_all(tx.connection())
            .await?;
        taken.extend(of_these);
    }
    Ok(taken)
}

async fn add(
    tx: &mut Transaction,
    table: &str,
    columns: &[&str],
    rows: Vec<impl Row>,
) -> Result<(), StoreError> {
    for (sql, arguments) in inserts(tx.dialect, table, columns, rows)? {
        sqlx::query_with(AssertSqlSafe(sql), arguments)
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

/// Rows in one statement at most; PostgreSQL takes 65,535 values, SQLite 32,766.
const ROWS_MAX: usize = 128;

/// A row that hands its values over, in the order of its columns.
trait Row {
    fn bind(self, arguments: &mut AnyArguments) -> Result<(), sqlx::error::BoxDynError>;
}

/// Statements that insert all rows. Each has a power of two of them, so that there are few different texts and every
/// connection has prepared them before long.
fn inserts(
    dialect: Dialect,
    table: &str,
    columns: &[&str],
    rows: Vec<impl Row>,
) -> Result<Vec<(String, AnyArguments)>, StoreError> {
    let mut statements = Vec::new();
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while left > 0 {
        let count = (1 << left.ilog2()).min(ROWS_MAX);
        left -= count;
        let mut arguments = AnyArguments::default();
        arguments.reserve(count * columns.len(), 0);
        for row in rows.by_ref().take(count) {
            row.bind(&mut arguments).map_err(sqlx::Error::Encode)?;
        }
        statements.push((text_of(dialect, table, columns, count), arguments));
    }
    Ok(statements)
}

fn text_of(dialect: Dialect, table: &str, columns: &[&str], rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for number in 1..=rows * columns.len() {
        let before = match number % columns.len() {
            1 if number == 1 => "(",
            1 => "), (",
            _ => ", ",
        };
        sql.push_str(before);
        dialect.write_place(&mut sql, number);
    }
    sql.push(')');
    sql
}

/// Declares a row with its columns, so that neither can have one that the other has not.
macro_rules! row {
    ($row:ident, $columns:ident, { $($column:ident: $type:ty),* $(,)? }) => {
        struct $row<'a> {
            $($column: $type,)*
        }

        const $columns: &[&str] = &[$(stringify!($column)),*];

        impl Row for $row<'_> {
            fn bind(self, arguments: &mut AnyArguments) -> Result<(), sqlx::error::BoxDynError> {
                $(arguments.add(self.$column)?;)*
                Ok(())
            }
        }
    };
}

row!(ClaimRow, CLAIM, {
    merchant_id: String,
    mode: &'a str,
    credential: &'a str,
    idempotency_key: &'a str,
    method: &'a str,
    path: &'a str,
    fingerprint: &'a str,
    status: i64,
    body: &'a str,
    created_at_ms: i64,
});

row!(PaymentRow, PAYMENT, {
    merchant_id: String,
    mode: &'a str,
    id: String,
    minor_units: i64,
    currency: &'a str,
    status: &'a str,
    customer_id: Option<String>,
    payment_method_id: Option<String>,
    session_id: Option<String>,
    description: Option<&'a str>,
    external_reference: Option<&'a str>,
    metadata: String,
    minor_units_refunded: i64,
    version: i64,
    created_at_ms: i64,
});

row!(SessionRow, SESSION, {
    merchant_id: String,
    mode: &'a str,
    id: String,
    payment_id: String,
    shown: &'a str,
    status: &'a str,
    origin: Option<&'a str>,
    return_url: Option<&'a str>,
    cancel_url: Option<&'a str>,
    locale: Option<&'a str>,
    customer_id: Option<String>,
    customer_email: Option<&'a str>,
    customer_kennitala: Option<String>,
    save_payment_method: i64,
    require_cvc_recollection: i64,
    collect_email: i64,
    enabled_methods: String,
    external_reference: Option<&'a str>,
    metadata: String,
    expires_at_ms: i64,
    version: i64,
    created_at_ms: i64,
});

impl<'a> ClaimRow<'a> {
    fn of(answered: &'a Answered, rows: &NewRows) -> Self {
        let claim = &answered.claim;
        Self {
            merchant_id: claim.merchant_id.to_string(),
            mode: claim.mode.as_str(),
            credential: &claim.credential,
            idempotency_key: &claim.key,
            method: &claim.method,
            path: &claim.path,
            fingerprint: &claim.fingerprint,
            status: i64::from(answered.status),
            body: &answered.sealed_body,
            created_at_ms: rows.session.created_at.0,
        }
    }
}

impl<'a> PaymentRow<'a> {
    fn of(NewRows { payment, .. }: &'a NewRows) -> Self {
        Self {
            merchant_id: payment.merchant_id.to_string(),
            mode: payment.mode.as_str(),
            id: payment.id.to_string(),
            minor_units: payment.amount.minor_units(),
            currency: payment.amount.currency().code(),
            status: payment.status.as_str(),
            customer_id: payment.customer.map(|id| id.to_string()),
            payment_method_id: payment.payment_method.map(|id| id.to_string()),
            session_id: payment.session.map(|id| id.to_string()),
            description: payment.description.as_deref(),
            external_reference: payment.external_reference.as_deref(),
            metadata: to_json(&payment.metadata),
            minor_units_refunded: 0,
            version: payment.version,
            created_at_ms: payment.created_at.0,
        }
    }
}

impl<'a> SessionRow<'a> {
    fn of(NewRows { session, .. }: &'a NewRows) -> Self {
        let url = |url: &'a Option<url::Url>| url.as_ref().map(url::Url::as_str);
        Self {
            merchant_id: session.merchant_id.to_string(),
            mode: session.mode.as_str(),
            id: session.id.to_string(),
            payment_id: session.payment_id.to_string(),
            shown: session.shown.mode().as_str(),
            status: session.status.as_str(),
            origin: session.shown.origin().map(Origin::as_str),
            return_url: url(&session.return_url),
            cancel_url: url(&session.cancel_url),
            locale: session.locale.as_deref(),
            customer_id: session.customer.map(|id| id.to_string()),
            customer_email: session.customer_email.as_deref(),
            customer_kennitala: session.customer_kennitala.as_ref().map(Kennitala::digits),
            save_payment_method: i64::from(session.save_payment_method),
            require_cvc_recollection: i64::from(session.require_cvc_recollection),
            collect_email: i64::from(session.collect_email),
            enabled_methods: to_json(&session.enabled_methods),
            external_reference: session.external_reference.as_deref(),
            metadata: to_json(&session.metadata),
            expires_at_ms: session.expires_at.0,
            version: session.version,
            created_at_ms: session.created_at.0,
        }
    }
}
