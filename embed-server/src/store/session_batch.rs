//! Many new sessions at once: the rows that `idempotency_keys::take`, `payments::insert` and `payment_sessions::insert`
//! write for one, in three statements for all. Each statement takes its rows as one text.

use std::collections::{BTreeMap, HashSet};

use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::origin::Origin;
use serde::Serialize;
use sqlx::AssertSqlSafe;

use super::dialect::Column::{self, Number, Text};
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
    let mut free = take(tx, &claims).await?;
    let fresh: Vec<bool> = all
        .iter()
        .map(|rows| match &rows.answered {
            None => true,
            Some(Answered { claim, .. }) => free.remove(&key(claim)),
        })
        .collect();
    let written = || all.iter().zip(&fresh).filter(|(_, fresh)| **fresh);
    let payments: Vec<_> = written().map(|(rows, _)| PaymentRow::of(rows)).collect();
    add(tx, "payments", PAYMENT, &payments).await?;
    let sessions: Vec<_> = written().map(|(rows, _)| SessionRow::of(rows)).collect();
    add(tx, "payment_sessions", SESSION, &sessions).await?;
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
async fn take(tx: &mut Transaction, claims: &[ClaimRow<'_>]) -> Result<HashSet<Key>, StoreError> {
    if claims.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "{} WHERE 1 = 1 ON CONFLICT DO NOTHING RETURNING merchant_id, mode, credential, idempotency_key",
        insert_from_first(tx, "idempotency_keys", CLAIM)
    );
    let taken: Vec<Key> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(to_json(&claims))
        .fetch_all(tx.connection())
        .await?;
    Ok(taken.into_iter().collect())
}

async fn add(
    tx: &mut Transaction,
    table: &str,
    columns: &[Column],
    rows: &[impl Serialize],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = insert_from_first(tx, table, columns);
    sqlx::query(AssertSqlSafe(sql))
        .bind(to_json(&rows))
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn insert_from_first(tx: &Transaction, table: &str, columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(Column::name).collect();
    format!(
        "INSERT INTO {table} ({}) {}",
        names.join(", "),
        tx.dialect.rows_of_first(columns)
    )
}

/// Declares a row with its columns, so that neither can have one that the other has not.
macro_rules! row {
    ($row:ident, $columns:ident, { $($column:ident: $kind:ident($type:ty)),* $(,)? }) => {
        #[derive(Serialize)]
        struct $row<'a> {
            $($column: $type,)*
        }

        const $columns: &[Column] = &[$($kind(stringify!($column))),*];
    };
}

row!(ClaimRow, CLAIM, {
    merchant_id: Text(String),
    mode: Text(&'a str),
    credential: Text(&'a str),
    idempotency_key: Text(&'a str),
    method: Text(&'a str),
    path: Text(&'a str),
    fingerprint: Text(&'a str),
    status: Number(u16),
    body: Text(&'a str),
    created_at_ms: Number(i64),
});

row!(PaymentRow, PAYMENT, {
    merchant_id: Text(String),
    mode: Text(&'a str),
    id: Text(String),
    minor_units: Number(i64),
    currency: Text(&'a str),
    status: Text(&'a str),
    customer_id: Text(Option<String>),
    payment_method_id: Text(Option<String>),
    session_id: Text(Option<String>),
    description: Text(Option<&'a str>),
    external_reference: Text(Option<&'a str>),
    metadata: Text(String),
    minor_units_refunded: Number(i64),
    version: Number(i64),
    created_at_ms: Number(i64),
});

row!(SessionRow, SESSION, {
    merchant_id: Text(String),
    mode: Text(&'a str),
    id: Text(String),
    payment_id: Text(String),
    shown: Text(&'a str),
    status: Text(&'a str),
    origin: Text(Option<&'a str>),
    return_url: Text(Option<&'a str>),
    cancel_url: Text(Option<&'a str>),
    locale: Text(Option<&'a str>),
    customer_id: Text(Option<String>),
    customer_email: Text(Option<&'a str>),
    customer_kennitala: Text(Option<String>),
    save_payment_method: Number(i64),
    collect_email: Number(i64),
    enabled_methods: Text(String),
    external_reference: Text(Option<&'a str>),
    metadata: Text(String),
    expires_at_ms: Number(i64),
    version: Number(i64),
    created_at_ms: Number(i64),
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
            status: answered.status,
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
