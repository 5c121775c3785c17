//! A merchant's server makes and changes customers.

use std::collections::BTreeMap;

use checkout_protocol::api::customer as wire;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, PaymentMethodId};

use crate::app::App;
use crate::domain::customer::{Customer, Details};
use crate::domain::event::previous;
use crate::operations::authenticate::Server;
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal};
use crate::store::events::{self, EventType};
use crate::store::idempotency_keys::Claim;
use crate::store::{Transaction, customers, payment_methods};

/// What is wanted, already well formed.
#[derive(Clone)]
pub struct NewCustomer {
    /// Its e-mail address.
    pub email: String,
    /// What else is known of it.
    pub details: Details,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
}

/// What is to be changed of a customer.
pub struct CustomerChange {
    /// Its new e-mail address, if it gets one.
    pub email: Option<String>,
    /// The details after the change, made of those before it.
    pub details: Box<dyn Fn(Details) -> Details + Send + Sync>,
    /// Pairs to set; an empty value removes its key.
    pub metadata: BTreeMap<String, String>,
    /// The saved card that is charged when none is named.
    pub default_payment_method: Option<PaymentMethodId>,
}

/// Makes a customer.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn create_customer(
    app: &App,
    caller: &Server,
    new: NewCustomer,
    claim: Option<&Claim>,
    render: impl Fn(&wire::Customer) -> Answer,
) -> Result<Reply, OperationError> {
    let customer = Customer {
        id: app.id(),
        merchant_id: caller.merchant.id,
        mode: caller.mode,
        email: new.email,
        details: new.details,
        metadata: new.metadata,
        default_payment_method: None,
        version: 1,
        created_at: app.now(),
    };
    let view = customer.view();
    let answer = render(&view);
    let mut tx = app.store.begin().await?;
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    customers::insert(&mut tx, &customer).await?;
    let happened = app.happened(customer.merchant_id, customer.mode);
    events::insert(&mut tx, happened, EventType::CustomerCreated, &view, None).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Changes a customer; what is not named stays.
///
/// # Errors
///
/// `resource_not_found`, `payment_method_not_usable`.
pub async fn update_customer(
    app: &App,
    caller: &Server,
    id: CustomerId,
    change: CustomerChange,
    claim: Option<&Claim>,
    render: impl Fn(&wire::Customer) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let before = customers::hold(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    if let Some(method) = change.default_payment_method {
        check_owner(&mut tx, caller, id, method).await?;
    }
    let view_before = before.view();
    let after = Customer {
        email: change.email.unwrap_or(before.email),
        details: (change.details)(before.details),
        metadata: merged(before.metadata, change.metadata),
        default_payment_method: change
            .default_payment_method
            .or(before.default_payment_method),
        ..before
    };
    let view = after.view();
    let answer = render(&view);
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    save(app, &mut tx, &view_before, &after).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

/// Writes a changed customer, with its event.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn save(
    app: &App,
    tx: &mut Transaction,
    before: &wire::Customer,
    customer: &Customer,
) -> Result<(), OperationError> {
    customers::save(tx, customer).await?;
    let happened = app.happened(customer.merchant_id, customer.mode);
    let event_type = EventType::CustomerUpdated;
    let view = customer.view();
    let previous = Some(previous(before, &view));
    Ok(events::insert(tx, happened, event_type, &view, previous).await?)
}

async fn check_owner(
    tx: &mut Transaction,
    caller: &Server,
    customer: CustomerId,
    method: PaymentMethodId,
) -> Result<(), OperationError> {
    const PARAM: &str = "default_payment_method";
    let method = payment_methods::find(tx, caller.merchant.id, caller.mode, method)
        .await?
        .ok_or_else(|| Refusal::unknown(PARAM))?;
    if method.customer == customer {
        return Ok(());
    }
    let problem = "belongs to another customer";
    Err(Refusal::about(ErrorCode::PaymentMethodNotUsable, PARAM, problem).into())
}

/// The pairs after a change: named ones are set, those with an empty value are removed, all others stay.
#[must_use]
pub fn merged(
    mut before: BTreeMap<String, String>,
    change: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    for (key, value) in change {
        if value.is_empty() {
            before.remove(&key);
        } else {
            before.insert(key, value);
        }
    }
    before
}
