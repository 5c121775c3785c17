//! A merchant's server or page makes a session.

use std::collections::BTreeMap;

use checkout_protocol::api::payment::PaymentStatus;
use checkout_protocol::api::payment_session as wire;
use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentId};
use checkout_protocol::kennitala::Kennitala;
use checkout_protocol::money::Money;
use url::Url;

use crate::app::App;
use crate::domain::payment::Payment;
use crate::domain::payment_session::{PaymentSession, Shown};
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal};
use crate::store::idempotency_keys::Claim;
use crate::store::session_batch::NewRows;
use crate::store::{Transaction, customers, payment_sessions, payments};

/// What is wanted, already well formed.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For whom.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Where it will be shown.
    pub shown: Shown,
    /// What to collect.
    pub what: Collect,
    /// Where the payer goes after a redirect.
    pub return_url: Option<Url>,
    /// Where the payer goes after cancelling at the bank.
    pub cancel_url: Option<Url>,
    /// The language, if it is fixed.
    pub locale: Option<String>,
    /// The customer it belongs to.
    pub customer: Option<CustomerId>,
    /// The payer's e-mail address, if it is fixed.
    pub customer_email: Option<String>,
    /// The payer's kennitala, if it is fixed.
    pub customer_kennitala: Option<Kennitala>,
    /// Whether the payer is asked to let the merchant keep the card.
    pub save_payment_method: bool,
    /// Whether a saved card is charged only with its security code, typed anew.
    pub require_cvc_recollection: bool,
    /// Whether the payer is asked for an e-mail address when none is given here.
    pub collect_email: bool,
    /// The methods the payer is offered.
    pub enabled_methods: Vec<String>,
    /// What the payer's invoice says.
    pub description: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
}

/// What a session collects.
#[derive(Clone, Copy, Debug)]
pub enum Collect {
    /// A new payment.
    New(Money),
    /// A payment that exists; the amount beside it must be its own.
    Existing(PaymentId, Option<i64>),
}

/// Makes the session, and its payment unless one was named. With a claim, the same request makes it once.
///
/// # Errors
///
/// `resource_not_found` and `invalid_amount` for a named payment or customer, `session_not_open` when it is paid,
/// `idempotency_key_reused`.
pub async fn create_session(
    app: &App,
    new: NewSession,
    claim: Option<&Claim>,
    render: impl Fn(&wire::PaymentSession) -> Answer,
) -> Result<Reply, OperationError> {
    if let Some(reply) = with_others(app, &new, claim, &render).await? {
        return Ok(reply);
    }
    by_itself(app, new, claim, render).await
}

/// Makes the session in one transaction with those of other requests, if it is an ordinary one and nothing is in its way.
/// A request that came before gets its answer; all else that is out of the ordinary is decided by [`by_itself`].
async fn with_others(
    app: &App,
    new: &NewSession,
    claim: Option<&Claim>,
    render: impl Fn(&wire::PaymentSession) -> Answer,
) -> Result<Option<Reply>, OperationError> {
    let Collect::New(amount) = new.what else {
        return Ok(None);
    };
    if new.save_payment_method && new.customer.is_none() {
        return Ok(None);
    }
    if let Some(customer) = new.customer {
        // Customers are never removed and belong to one merchant and mode for ever: what is seen now stays true.
        let (merchant, mode) = (new.merchant_id, new.mode);
        let found = app
            .store
            .look(async |mut tx| customers::find(&mut tx, merchant, mode, customer).await)
            .await?;
        if found.is_none() {
            return Ok(None);
        }
    }
    let payment = new_payment(app, new, amount);
    let session = new_session(app, new.clone(), &payment);
    let secret = app.secret.client_secret(session.id);
    let answer = render(&session.view(amount, &app.checkout_origin, &secret));
    let rows = NewRows {
        answered: claim.map(|claim| reply::kept(app, claim, &answer)),
        payment: Payment {
            session: Some(session.id),
            ..payment
        },
        session,
    };
    if app.session_writer.write(rows).await {
        return Ok(Some(Reply::Fresh(answer)));
    }
    // Nearly always because the request came before and was answered.
    match claim {
        Some(claim) => reply::find(app, claim).await,
        None => Ok(None),
    }
}

async fn by_itself(
    app: &App,
    new: NewSession,
    claim: Option<&Claim>,
    render: impl Fn(&wire::PaymentSession) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    if let Some(customer) = new.customer {
        customers::find(&mut tx, new.merchant_id, new.mode, customer)
            .await?
            .ok_or_else(|| Refusal::unknown("customer"))?;
    }
    let payment = match new.what {
        Collect::New(amount) => new_payment(app, &new, amount),
        Collect::Existing(id, amount) => existing_payment(&mut tx, &new, id, amount).await?,
    };
    if new.save_payment_method && payment.customer.is_none() {
        let problem = "is required with `save_payment_method`: the card is saved for a customer";
        return Err(Refusal::about(ErrorCode::MissingParameter, "customer", problem).into());
    }
    let session = new_session(app, new.clone(), &payment);
    let payment = Payment {
        session: Some(session.id),
        ..payment
    };
    let secret = app.secret.client_secret(session.id);
    let answer = render(&session.view(payment.amount, &app.checkout_origin, &secret));
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    match new.what {
        Collect::New(_) => payments::insert(&mut tx, &payment).await?,
        Collect::Existing(..) => payments::save(&mut tx, &payment).await?,
    }
    payment_sessions::insert(&mut tx, &session).await?;
    tx.commit().await?;
    Ok(Reply::Fresh(answer))
}

fn new_payment(app: &App, new: &NewSession, amount: Money) -> Payment {
    Payment {
        id: app.id(),
        merchant_id: new.merchant_id,
        mode: new.mode,
        amount,
        status: PaymentStatus::Created,
        customer: new.customer,
        payment_method: None,
        session: None,
        description: new.description.clone(),
        external_reference: new.external_reference.clone(),
        metadata: new.metadata.clone(),
        failure_code: None,
        card: None,
        minor_units_refunded: 0,
        version: 1,
        created_at: app.now(),
    }
}

async fn existing_payment(
    tx: &mut Transaction,
    new: &NewSession,
    id: PaymentId,
    amount: Option<i64>,
) -> Result<Payment, OperationError> {
    // Held, so that it cannot be paid between here and the session's row.
    let payment = payments::hold(tx, new.merchant_id, new.mode, id)
        .await?
        .ok_or_else(|| Refusal::unknown("payment"))?;
    if amount.is_some_and(|amount| amount != payment.amount.minor_units()) {
        let problem = "must be the payment's own amount when `payment` is given";
        return Err(Refusal::about(ErrorCode::InvalidAmount, "amount", problem).into());
    }
    if payment.status.was_collected() {
        return Err(Refusal::about(ErrorCode::SessionNotOpen, "payment", "is already paid").into());
    }
    match (payment.customer, new.customer) {
        (Some(own), Some(named)) if own != named => {
            let problem = "must be the payment's own customer when `payment` is given";
            Err(Refusal::about(ErrorCode::InvalidParameter, "customer", problem).into())
        }
        (own, named) => Ok(Payment {
            customer: own.or(named),
            ..payment
        }),
    }
}

fn new_session(app: &App, new: NewSession, payment: &Payment) -> PaymentSession {
    let now = app.now();
    PaymentSession {
        id: app.id(),
        merchant_id: new.merchant_id,
        mode: new.mode,
        payment_id: payment.id,
        status: SessionStatus::Open,
        shown: new.shown,
        return_url: new.return_url,
        cancel_url: new.cancel_url,
        locale: new.locale,
        customer: payment.customer,
        customer_email: new.customer_email,
        customer_kennitala: new.customer_kennitala,
        save_payment_method: new.save_payment_method,
        require_cvc_recollection: new.require_cvc_recollection,
        collect_email: new.collect_email,
        enabled_methods: new.enabled_methods,
        external_reference: new.external_reference,
        metadata: new.metadata,
        expires_at: now.plus_ms(app.limits(new.mode).session_life_ms),
        ended_at: None,
        version: 1,
        created_at: now,
    }
}
