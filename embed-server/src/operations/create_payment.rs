//! A merchant's server makes a payment: a record to collect in a session later, or a charge of a saved card now.

use std::collections::BTreeMap;

use checkout_protocol::api::payment as wire;
use checkout_protocol::api::payment::PaymentStatus;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, PaymentId, PaymentMethodId};
use checkout_protocol::money::Money;

use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::payment::Payment;
use crate::operations::authenticate::Server;
use crate::operations::call_acquirer::Sending;
use crate::operations::confirm_payment::new_attempt;
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal, charge_saved_card};
use crate::store::idempotency_keys::Claim;
use crate::store::{Transaction, attempts, customers, payment_methods, payments};

/// What is wanted, already well formed.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// What to collect.
    pub amount: Money,
    /// For whom.
    pub customer: Option<CustomerId>,
    /// The saved card to charge now.
    pub payment_method: Option<PaymentMethodId>,
    /// What the payer's invoice says.
    pub description: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
}

/// Makes the payment; with a saved card, charges it and answers with the outcome, or `processing` while there is none.
///
/// # Errors
///
/// `resource_not_found` for a customer or card that is not the merchant's, `payment_method_not_usable`.
pub async fn create_payment(
    app: &App,
    caller: &Server,
    new: NewPayment,
    claim: Option<&Claim>,
    render: impl Fn(&wire::Payment) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    let customer = owner(&mut tx, caller, &new).await?;
    let payment = payment(app, caller, &new, customer);
    let Some(method) = new.payment_method else {
        let answer = render(&payment.view());
        if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
            return Ok(earlier);
        }
        payments::insert(&mut tx, &payment).await?;
        tx.commit().await?;
        return Ok(Reply::Fresh(answer));
    };
    let attempt = Attempt {
        payment_method: Some(method),
        ..new_attempt(app, &payment)
    };
    let answer = render(&payment.view());
    let reserved = payment.id.to_string();
    if let Some(earlier) = reply::take_provisionally(app, &mut tx, claim, &answer, reserved).await?
    {
        return Ok(earlier);
    }
    payments::insert(&mut tx, &payment).await?;
    attempts::insert(&mut tx, &attempt).await?;
    tx.commit().await?;

    charge_saved_card::send(app, &attempt, Sending::First).await?;
    let answer = render(&present(app, caller, payment.id).await?);
    if let Some(claim) = claim {
        reply::conclude(app, claim, &answer).await?;
    }
    Ok(Reply::Fresh(answer))
}

/// Where a payment stands that a request reserved before it died.
///
/// # Errors
///
/// [`OperationError::Store`].
pub async fn present(
    app: &App,
    caller: &Server,
    id: PaymentId,
) -> Result<wire::Payment, OperationError> {
    let mut tx = app.store.read().await?;
    let payment = payments::find(&mut tx, caller.merchant.id, caller.mode, id)
        .await?
        .ok_or(OperationError::Internal("a payment vanished"))?;
    Ok(payment.view())
}

/// The customer that the payment belongs to: the named one, or the saved card's.
async fn owner(
    tx: &mut Transaction,
    caller: &Server,
    new: &NewPayment,
) -> Result<Option<CustomerId>, OperationError> {
    let (merchant, mode) = (caller.merchant.id, caller.mode);
    if let Some(customer) = new.customer {
        customers::find(tx, merchant, mode, customer)
            .await?
            .ok_or_else(|| Refusal::unknown("customer"))?;
    }
    let Some(method) = new.payment_method else {
        return Ok(new.customer);
    };
    let method = payment_methods::find(tx, merchant, mode, method)
        .await?
        .ok_or_else(|| Refusal::unknown("payment_method"))?;
    match new.customer {
        Some(customer) if customer != method.customer => {
            let problem = "belongs to another customer";
            let code = ErrorCode::PaymentMethodNotUsable;
            Err(Refusal::about(code, "payment_method", problem).into())
        }
        Some(_) | None => Ok(Some(method.customer)),
    }
}

fn payment(app: &App, caller: &Server, new: &NewPayment, customer: Option<CustomerId>) -> Payment {
    let payment = Payment {
        id: app.id(),
        merchant_id: caller.merchant.id,
        mode: caller.mode,
        amount: new.amount,
        status: PaymentStatus::Created,
        customer,
        payment_method: new.payment_method,
        session: None,
        description: new.description.clone(),
        external_reference: new.external_reference.clone(),
        metadata: new.metadata.clone(),
        failure_code: None,
        card: None,
        minor_units_refunded: 0,
        version: 1,
        created_at: app.now(),
    };
    match new.payment_method {
        Some(_) => payment.with_attempt(State::Calling, None),
        None => payment,
    }
}
