//! Reversals and refunds: taken note of at once, their outcome told by notification.

use std::collections::BTreeMap;

use crate::acquirer::{check_merchant_account, minor_units};
use crate::faults::Plan;
use crate::ledger::Impossible;
use crate::notifications::Event;
use crate::service_error::ServiceError;
use crate::wire::{Amount, Fields, ModificationResponse};
use crate::wire_amount::{iso_exponent, wire_exponent};
use crate::{App, Entry, random};

/// `POST /payments/{psp}/reversals`: undoes the whole payment.
///
/// # Errors
///
/// [`ServiceError`] for an unreadable request and for a payment that was never charged.
pub(crate) fn reverse(
    app: &App,
    payment: &str,
    body: &[u8],
    plan: Plan,
) -> Result<ModificationResponse, ServiceError> {
    let mut fields = Fields::parse(body)?;
    check_merchant_account(app, &mut fields)?;
    let reference = fields.text("reference")?;
    let entry = charged(app, payment)?;

    let outcome = app.ledger.reverse(payment);
    let additional_data = BTreeMap::from([("modification.action".to_owned(), "cancel".to_owned())]);
    let event = event(app, "CANCEL_OR_REFUND", &entry, wire(&entry), outcome);
    let event = Event {
        additional_data,
        ..event
    };
    Ok(note(app, event, reference, None, plan))
}

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
    let entry = charged(app, payment)?;

    let outcome = app.ledger.refund(payment, minor_units, &amount.currency);
    let event = event(app, "REFUND", &entry, amount.clone(), outcome);
    Ok(note(app, event, reference, Some(amount), plan))
}

fn charged(app: &App, payment: &str) -> Result<Entry, ServiceError> {
    app.ledger
        .find(payment)
        .ok_or_else(ServiceError::original_reference_unknown)
}

fn event(
    app: &App,
    code: &'static str,
    entry: &Entry,
    amount: Amount,
    outcome: Result<(), Impossible>,
) -> Event {
    Event {
        code,
        payment_psp_reference: entry.psp_reference.clone(),
        modification_psp_reference: Some(random::psp_reference()),
        reference: entry.reference.clone(),
        amount,
        failure: outcome.err().map(Impossible::reason),
        brand: None,
        additional_data: BTreeMap::new(),
        date: app.clock.timestamp(),
    }
}

/// Sends the notification and makes the answer. A reference of the modification's own replaces the payment's.
fn note(
    app: &App,
    mut event: Event,
    reference: Option<String>,
    amount: Option<Amount>,
    plan: Plan,
) -> ModificationResponse {
    if let Some(reference) = &reference {
        event.reference.clone_from(reference);
    }
    let response = ModificationResponse {
        amount,
        merchant_account: app.merchant_account.clone(),
        payment_psp_reference: event.payment_psp_reference.clone(),
        psp_reference: event.modification_psp_reference.clone().unwrap_or_default(),
        reference,
        status: "received",
    };
    tracing::info!(
        event = event.code,
        payment_psp_reference = event.payment_psp_reference,
        failure = event.failure,
        "modification settled"
    );
    app.notifications.send(event, plan);
    response
}

/// The amount of a charge as the wire has it.
fn wire(entry: &Entry) -> Amount {
    let exponent = |exponent: Option<u32>| exponent.unwrap_or_default();
    let more = exponent(wire_exponent(&entry.currency)) - exponent(iso_exponent(&entry.currency));
    Amount {
        currency: entry.currency.clone(),
        value: entry.amount * 10_i64.pow(more),
    }
}
