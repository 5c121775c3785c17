//! A merchant's server gives money back. The answer is `pending`: the truth comes by the acquirer's notification.

use std::collections::BTreeMap;

use checkout_protocol::api::refund as wire;
use checkout_protocol::api::refund::RefundStatus;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::PaymentId;
use checkout_protocol::money::Money;

use crate::app::App;
use crate::domain::payment::Payment;
use crate::domain::refund::Refund;
use crate::operations::authenticate::Server;
use crate::operations::reply::{self, Answer, Reply};
use crate::operations::send_refund::send_refund;
use crate::operations::{OperationError, Refusal};
use crate::store::idempotency_keys::Claim;
use crate::store::{Transaction, attempts, payments, refunds};

/// What is wanted, already well formed.
#[derive(Clone, Debug)]
pub struct NewRefund {
    /// Of which payment.
    pub payment: PaymentId,
    /// In minor units; all that is left when it is not named.
    pub minor_units: Option<i64>,
    /// The merchant's own words.
    pub reason: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
}

/// Reserves the refund with its answer, then asks the acquirer. Whatever becomes of that call, the refund exists, and
/// the sweeper asks again until the acquirer took it.
///
/// # Errors
///
/// `resource_not_found`, `payment_not_refundable`, `refund_exceeds_capture`.
pub async fn create_refund(
    app: &App,
    caller: &Server,
    new: NewRefund,
    claim: Option<&Claim>,
    render: impl Fn(&wire::Refund) -> Answer,
) -> Result<Reply, OperationError> {
    let mut tx = app.store.begin().await?;
    // Whoever refunds the same payment at the same moment waits here, so that the sum below stays true.
    let payment = payments::hold(&mut tx, caller.merchant.id, caller.mode, new.payment)
        .await?
        .ok_or_else(|| Refusal::unknown("payment"))?;
    let refund = refund(app, &mut tx, &payment, new).await?;
    let answer = render(&refund.view());
    if let Some(earlier) = reply::take(app, &mut tx, claim, &answer).await? {
        return Ok(earlier);
    }
    refunds::insert(&mut tx, &refund).await?;
    tx.commit().await?;
    // A failure is for the sweeper: the refund is made, and its answer promises nothing else.
    if let Err(error) = send_refund(app, &refund).await {
        tracing::error!(refund = %refund.id, %error, "a refund could not be sent yet");
    }
    Ok(Reply::Fresh(answer))
}

async fn refund(
    app: &App,
    tx: &mut Transaction,
    payment: &Payment,
    new: NewRefund,
) -> Result<Refund, OperationError> {
    if !payment.status.was_collected() {
        return Err(ErrorCode::PaymentNotRefundable.into());
    }
    let charge = attempts::find_authorised(tx, payment.id)
        .await?
        .and_then(|attempt| attempt.acquirer_reference)
        .ok_or(OperationError::Internal(
            "a collected payment has no charge",
        ))?;
    let whose = (payment.merchant_id, payment.mode);
    let mut left = payment.amount.minor_units();
    for status in [RefundStatus::Pending, RefundStatus::Succeeded] {
        left -= refunds::sum(tx, whose, payment.id, status).await?;
    }
    let minor_units = new.minor_units.unwrap_or(left);
    if left == 0 {
        let problem = "is refunded as a whole already";
        return Err(Refusal::about(ErrorCode::RefundExceedsCapture, "payment", problem).into());
    }
    if minor_units > left {
        let problem = format!("must be at most {left}, which is what is left of the payment");
        return Err(Refusal::about(ErrorCode::RefundExceedsCapture, "amount", problem).into());
    }
    let amount = Money::new(minor_units, payment.amount.currency())
        .map_err(|error| Refusal::about(ErrorCode::InvalidAmount, "amount", error))?;
    let now = app.now();
    Ok(Refund {
        id: app.id(),
        merchant_id: payment.merchant_id,
        mode: payment.mode,
        payment_id: payment.id,
        amount,
        status: RefundStatus::Pending,
        reason: new.reason,
        failure_reason: None,
        metadata: new.metadata,
        charge_reference: charge,
        acquirer_reference: None,
        changed_at: now,
        version: 1,
        created_at: now,
    })
}
