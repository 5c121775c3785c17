//! Reversals, and what they have in common with refunds: taken note of at once, the outcome told by notification.

use std::collections::BTreeMap;

use crate::entry::Impossible;
use crate::faults::Plan;
use crate::notifications::Event;
use crate::payment_request::check_merchant_account;
use crate::service_error::ServiceError;
use crate::wire::{Amount, Fields, ModificationResponse};
use crate::wire_amount::on_wire;
use crate::{App, Entry, random};

/// A change to a charge that was asked for.
pub(crate) struct Modification {
    /// The charge, as it is after the change.
    pub(crate) entry: Entry,
    /// The processor's reference of the change.
    pub(crate) psp_reference: String,
    /// The merchant's own; without it the payment's is told.
    pub(crate) reference: Option<String>,
    pub(crate) amount: Amount,
}

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
    let (entry, outcome) = app
        .ledger
        .reverse(payment)
        .ok_or_else(ServiceError::original_reference_unknown)?;

    let amount = on_wire(entry.amount, &entry.currency);
    let reversal = Modification {
        entry,
        psp_reference: random::psp_reference(),
        reference,
        amount,
    };
    let event = Event {
        additional_data: BTreeMap::from([("modification.action".to_owned(), "cancel".to_owned())]),
        ..reversal.event(app, "CANCEL_OR_REFUND", outcome.map_err(Impossible::reason))
    };
    tell(app, event, plan);
    Ok(reversal.received(app, None))
}

impl Modification {
    /// What a notification tells of it: that it happened, or why not.
    pub(crate) fn event(
        &self,
        app: &App,
        code: &'static str,
        outcome: Result<(), &'static str>,
    ) -> Event {
        let reference = self.reference.as_ref().unwrap_or(&self.entry.reference);
        Event {
            code,
            payment_psp_reference: self.entry.psp_reference.clone(),
            modification_psp_reference: Some(self.psp_reference.clone()),
            reference: reference.clone(),
            amount: self.amount.clone(),
            success: outcome.is_ok(),
            reason: outcome.err(),
            brand: None,
            additional_data: BTreeMap::new(),
            date: app.clock.timestamp(),
        }
    }

    /// The answer, which says nothing about the outcome.
    pub(crate) fn received(self, app: &App, amount: Option<Amount>) -> ModificationResponse {
        ModificationResponse {
            amount,
            merchant_account: app.merchant_account.clone(),
            payment_psp_reference: self.entry.psp_reference,
            psp_reference: self.psp_reference,
            reference: self.reference,
            status: "received",
        }
    }
}

pub(crate) fn tell(app: &App, event: Event, plan: Plan) {
    tracing::info!(
        event = event.code,
        payment_psp_reference = event.payment_psp_reference,
        success = event.success,
        reason = event.reason,
        "modification settled"
    );
    app.notifications.send(event, plan);
}
