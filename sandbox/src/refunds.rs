//! Refunds, by the way that the card takes them: at once, once told, or only seemingly.

use crate::cards::RefundBehaviour;
use crate::faults::Plan;
use crate::modifications::{Modification, tell};
use crate::notifications::Event;
use crate::payment_request::{check_merchant_account, minor_units};
use crate::service_error::ServiceError;
use crate::wire::{Fields, ModificationResponse};
use crate::wire_amount::on_wire;
use crate::{App, Entry, Refund, RefundStatus, SettleRefundError, random};

/// Why a refund failed that somebody said had failed.
const REFUSED_BY_ISSUER: &str = "Refund refused by the issuer";
/// The contract's text of a refund that came back.
const REFUND_FAILED: &str = "Refund Failed";

/// `POST /payments/{psp}/refunds`: gives a part or the whole back.
///
/// # Errors
///
/// [`ServiceError`] for an unreadable request and for a payment that was never charged.
pub(crate) fn refund(
    app: &App,
    payment: &str,
    body: &[u8],
    plan: Plan,
) -> Result<ModificationResponse, ServiceError> {
    let mut fields = Fields::parse(body)?;
    check_merchant_account(app, &mut fields)?;
    let reference = fields.text("reference")?;
    let amount = fields.amount()?.ok_or_else(ServiceError::amount_missing)?;
    let minor_units = minor_units(&amount)?;

    let psp_reference = random::psp_reference();
    let noted = |entry: &Entry| Refund {
        reference: reference.as_ref().unwrap_or(&entry.reference).clone(),
        amount: minor_units,
        status: status(entry.refund_behaviour),
        psp_reference: psp_reference.clone(),
    };
    let (entry, outcome) = app
        .ledger
        .refund(payment, &amount.currency, noted)
        .ok_or_else(ServiceError::original_reference_unknown)?;

    let behaviour = entry.refund_behaviour;
    let refund = Modification {
        entry,
        psp_reference,
        reference,
        amount: amount.clone(),
    };
    match (outcome, behaviour) {
        (Err(impossible), _) => {
            tell(
                app,
                refund.event(app, "REFUND", Err(impossible.reason())),
                plan,
            );
        }
        (Ok(()), RefundBehaviour::AtOnce) => tell(app, refund.event(app, "REFUND", Ok(())), plan),
        (Ok(()), RefundBehaviour::OnceTold) => {}
        (Ok(()), RefundBehaviour::FailsAfterwards) => {
            tell(app, refund.event(app, "REFUND", Ok(())), plan);
            let failed = Event {
                reason: Some(REFUND_FAILED),
                ..refund.event(app, "REFUND_FAILED", Ok(()))
            };
            tell(app, failed, plan);
        }
    }
    Ok(refund.received(app, Some(amount)))
}

/// Says what became of a pending refund, and tells it with the faults in force.
///
/// # Errors
///
/// [`SettleRefundError`] when no refund of that reference is pending.
pub(crate) fn settle(
    app: &App,
    reference: &str,
    success: bool,
) -> Result<Refund, SettleRefundError> {
    let (entry, settled) = app.ledger.settle_refund(reference, success)?;
    let amount = on_wire(settled.amount, &entry.currency);
    let refund = Modification {
        entry,
        psp_reference: settled.psp_reference.clone(),
        reference: Some(settled.reference.clone()),
        amount,
    };
    let outcome = if success {
        Ok(())
    } else {
        Err(REFUSED_BY_ISSUER)
    };
    tell(app, refund.event(app, "REFUND", outcome), app.faults.plan());
    Ok(settled)
}

/// What the ledger says of a possible refund from now on. Where it only seems to succeed, the ledger knows better.
fn status(behaviour: RefundBehaviour) -> RefundStatus {
    match behaviour {
        RefundBehaviour::AtOnce => RefundStatus::Succeeded,
        RefundBehaviour::OnceTold => RefundStatus::Pending,
        RefundBehaviour::FailsAfterwards => RefundStatus::Failed,
    }
}
