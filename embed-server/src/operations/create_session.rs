//! A merchant's server or page makes an embedded session.

use std::collections::BTreeMap;

use checkout_protocol::api::payment::PaymentStatus;
use checkout_protocol::api::payment_session as wire;
use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{MerchantId, PaymentId};
use checkout_protocol::money::Money;
use checkout_protocol::origin::Origin;
use url::Url;

use crate::app::App;
use crate::domain::payment::Payment;
use crate::domain::payment_session::PaymentSession;
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::{OperationError, Refusal};
use crate::store::idempotency_keys::Claim;
use crate::store::{Transaction, payment_sessions, payments};

/// What is wanted, already well formed.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For whom.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// The page that will show it.
    pub origin: Origin,
    /// What to collect.
    pub what: Collect,
    /// Where the payer goes after a redirect.
    pub return_url: Option<Url>,
    /// Where the payer goes after cancelling at the bank.
    pub cancel_url: Option<Url>,
    /// The language, if it is fixed.
    pub locale: Option<String>,
    /// The payer's e-mail address, if it is fixed.
    pub customer_email: Option<String>,
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
/// `resource_not_found` and `invalid_amount` for a named payment, `session_not_open` when it is paid,
/// `idempotency_key_reused`.
pub async fn create_session(
    app: &App,
    new: NewSession,
    claim: Option<&Claim>,
    render: impl Fn(&wire::PaymentSession) -> Answer,
) -> Result<Reply, OperationError> {
    if let Some(claim) = claim
        && let Some(earlier) = reply::find(app, claim).await?
    {
        return Ok(earlier);
    }
    let mut tx = app.store.begin().await?;
    let payment = match new.what {
        Collect::New(amount) => new_payment(app, &new, amount),
        Collect::Existing(id, amount) => existing_payment(&mut tx, &new, id, amount).await?,
    };
    let session = new_session(app, new.clone(), &payment);
    let view = session.view(payment.amount, &app.secret.client_secret(session.id));
    let answer = render(&view);
    if let Some(claim) = claim
        && let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await?
    {
        return Ok(earlier);
    }
    if let Collect::New(_) = new.what {
        payments::insert(&mut tx, &payment).await?;
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
        description: new.description.clone(),
        external_reference: new.external_reference.clone(),
        metadata: new.metadata.clone(),
        failure_code: None,
        card: None,
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
    let payment = payments::find(tx, new.merchant_id, new.mode, id)
        .await?
        .ok_or_else(|| {
            Refusal::about(
                ErrorCode::ResourceNotFound,
                "payment",
                "does not exist in this mode",
            )
        })?;
    if amount.is_some_and(|amount| amount != payment.amount.minor_units()) {
        let problem = "must be the payment's own amount when `payment` is given";
        return Err(Refusal::about(ErrorCode::InvalidAmount, "amount", problem).into());
    }
    if payment.status.was_collected() {
        return Err(Refusal::about(ErrorCode::SessionNotOpen, "payment", "is already paid").into());
    }
    Ok(payment)
}

fn new_session(app: &App, new: NewSession, payment: &Payment) -> PaymentSession {
    let now = app.now();
    PaymentSession {
        id: app.id(),
        merchant_id: new.merchant_id,
        mode: new.mode,
        payment_id: payment.id,
        status: SessionStatus::Open,
        origin: new.origin,
        return_url: new.return_url,
        cancel_url: new.cancel_url,
        locale: new.locale,
        customer_email: new.customer_email,
        external_reference: new.external_reference,
        metadata: new.metadata,
        expires_at: now.plus_ms(app.limits(new.mode).session_life_ms),
        ended_at: None,
        version: 1,
        created_at: now,
    }
}
