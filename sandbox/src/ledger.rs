//! What was really charged: the truth that tests compare everything else with. Declined payments are not in it.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::App;

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The merchant's reference of the payment.
    pub reference: String,
    /// What the card holder pays, in ISO 4217 minor units (whole krónur).
    pub amount: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// What became of it.
    pub status: EntryStatus,
    /// The processor's reference.
    pub psp_reference: String,
    /// How much went back, in the same units.
    #[serde(skip)]
    pub refunded: i64,
}

/// What became of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// The card holder pays it.
    Charged,
    /// Undone as a whole.
    Reversed,
    /// Given back in full.
    Refunded,
    /// Given back in part.
    PartiallyRefunded,
}

/// Why a change to a charge failed. It is told by notification, as the contract has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Impossible {
    /// There is no such charge.
    Unknown,
    /// Nothing is left to give back.
    AlreadyUndone,
    /// More than is left.
    Exceeds,
    /// Not in the currency of the charge.
    Currency,
}

impl Impossible {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Unknown => "Payment not found",
            Self::AlreadyUndone => "Transaction already cancelled or refunded",
            Self::Exceeds => "Insufficient balance on payment",
            Self::Currency => "Currency differs from the payment",
        }
    }
}

/// All charges, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Vec<Entry>>);

impl Ledger {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn find(&self, psp_reference: &str) -> Option<Entry> {
        self.entries()
            .into_iter()
            .find(|entry| entry.psp_reference == psp_reference)
    }

    pub(crate) fn charge(&self, entry: Entry) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
    }

    /// Undoes the whole charge, or what a refund has left of it.
    pub(crate) fn reverse(&self, psp_reference: &str) -> Result<(), Impossible> {
        self.change(psp_reference, |entry| match entry.status {
            EntryStatus::Charged | EntryStatus::PartiallyRefunded => {
                entry.status = EntryStatus::Reversed;
                entry.refunded = entry.amount;
                Ok(())
            }
            EntryStatus::Reversed | EntryStatus::Refunded => Err(Impossible::AlreadyUndone),
        })
    }

    /// Gives `amount` back, in ISO 4217 minor units.
    pub(crate) fn refund(
        &self,
        psp_reference: &str,
        amount: i64,
        currency: &str,
    ) -> Result<(), Impossible> {
        self.change(psp_reference, |entry| {
            let left = entry.amount - entry.refunded;
            match left {
                _ if entry.currency != currency => Err(Impossible::Currency),
                0 => Err(Impossible::AlreadyUndone),
                _ if amount > left => Err(Impossible::Exceeds),
                _ => {
                    entry.refunded += amount;
                    entry.status = if amount == left {
                        EntryStatus::Refunded
                    } else {
                        EntryStatus::PartiallyRefunded
                    };
                    Ok(())
                }
            }
        })
    }

    fn change(
        &self,
        psp_reference: &str,
        change: impl FnOnce(&mut Entry) -> Result<(), Impossible>,
    ) -> Result<(), Impossible> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries
            .iter_mut()
            .find(|entry| entry.psp_reference == psp_reference);
        change(entry.ok_or(Impossible::Unknown)?)
    }
}

/// `/ledger`: test tooling, without a key.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/ledger", get(show))
}

async fn show(State(app): State<Arc<App>>) -> Json<Vec<Entry>> {
    Json(app.ledger.entries())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let ledger = Ledger::default();
        ledger.charge(Entry {
            reference: "att_1".to_owned(),
            amount: 1990,
            currency: "ISK".to_owned(),
            status: EntryStatus::Charged,
            psp_reference: "P".to_owned(),
            refunded: 0,
        });
        ledger
    }

    #[test]
    fn refunds_add_up_to_the_charge_and_no_further() {
        let ledger = ledger();

        assert_eq!(ledger.refund("P", 1000, "ISK"), Ok(()));
        assert_eq!(ledger.entries()[0].status, EntryStatus::PartiallyRefunded);
        assert_eq!(ledger.refund("P", 991, "ISK"), Err(Impossible::Exceeds));
        assert_eq!(ledger.refund("P", 990, "ISK"), Ok(()));
        assert_eq!(ledger.entries()[0].status, EntryStatus::Refunded);
        assert_eq!(ledger.refund("P", 1, "ISK"), Err(Impossible::AlreadyUndone));
    }

    #[test]
    fn a_charge_is_reversed_once() {
        let ledger = ledger();

        assert_eq!(ledger.reverse("P"), Ok(()));
        assert_eq!(ledger.reverse("P"), Err(Impossible::AlreadyUndone));
        assert_eq!(ledger.refund("P", 1, "ISK"), Err(Impossible::AlreadyUndone));
    }

    #[test]
    fn a_refund_in_another_currency_is_impossible() {
        assert_eq!(ledger().refund("P", 1, "EUR"), Err(Impossible::Currency));
    }

    #[test]
    fn what_was_never_charged_cannot_be_given_back() {
        assert_eq!(ledger().reverse("Q"), Err(Impossible::Unknown));
    }
}
