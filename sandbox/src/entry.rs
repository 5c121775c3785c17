//! One charge with its refunds, and the rules by which it changes. Pure.

use serde::Serialize;

use crate::cards::RefundBehaviour;

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
    /// The brand that was charged, by its name on the wire; the payer's choice where a card has two.
    pub brand: Option<&'static str>,
    /// The processor's reference.
    pub psp_reference: String,
    /// How much went back, in the same units. Pending and failed refunds do not count.
    pub refunded: i64,
    /// Every refund that was asked for, oldest first.
    pub refunds: Vec<Refund>,
    /// How the card takes a refund.
    #[serde(skip)]
    pub(crate) refund_behaviour: RefundBehaviour,
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

/// One refund of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// The `merchantReference` of its notification: the refund's own, else the payment's.
    pub reference: String,
    /// In ISO 4217 minor units, as asked for.
    pub amount: i64,
    /// Whether the money went back.
    pub status: RefundStatus,
    /// The processor's reference of the refund.
    #[serde(skip)]
    pub psp_reference: String,
}

/// Whether the money of a refund went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Nobody knows yet. Until then it may not be given back a second time.
    Pending,
    /// It did.
    Succeeded,
    /// It did not: the merchant has it.
    Failed,
}

/// Why a change to a charge failed. It is told by notification, as the contract has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Impossible {
    /// Nothing is left to give back.
    AlreadyUndone,
    /// More than is left.
    Exceeds,
    /// Not in the currency of the charge.
    Currency,
    /// What is left depends on a pending refund.
    RefundPending,
}

impl Impossible {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::AlreadyUndone => "Transaction already cancelled or refunded",
            Self::Exceeds => "Insufficient balance on payment",
            Self::Currency => "Currency differs from the payment",
            Self::RefundPending => "A refund of the payment is pending",
        }
    }
}

impl Entry {
    /// Undoes the whole charge, or what a refund has left of it.
    pub(crate) fn reverse(&mut self) -> Result<(), Impossible> {
        match self.status {
            EntryStatus::Charged | EntryStatus::PartiallyRefunded if self.pending() > 0 => {
                Err(Impossible::RefundPending)
            }
            EntryStatus::Charged | EntryStatus::PartiallyRefunded => {
                self.status = EntryStatus::Reversed;
                self.refunded = self.amount;
                Ok(())
            }
            EntryStatus::Reversed | EntryStatus::Refunded => Err(Impossible::AlreadyUndone),
        }
    }

    /// Notes a refund with the status that it is to have; one that is impossible is noted as failed.
    pub(crate) fn refund(&mut self, refund: Refund, currency: &str) -> Result<(), Impossible> {
        let possible = self.check(refund.amount, currency);
        let status = match possible {
            Ok(()) => refund.status,
            Err(_) => RefundStatus::Failed,
        };
        self.refunds.push(Refund { status, ..refund });
        self.recount();
        possible
    }

    /// Says what became of a pending refund; `None` when this one is not pending.
    pub(crate) fn settle(&mut self, psp_reference: &str, success: bool) -> Option<Refund> {
        let refund = self.refunds.iter_mut().find(|refund| {
            refund.psp_reference == psp_reference && refund.status == RefundStatus::Pending
        })?;
        refund.status = if success {
            RefundStatus::Succeeded
        } else {
            RefundStatus::Failed
        };
        let settled = refund.clone();
        self.recount();
        Some(settled)
    }

    fn check(&self, amount: i64, currency: &str) -> Result<(), Impossible> {
        let left = self.amount - self.refunded - self.pending();
        if self.currency != currency {
            Err(Impossible::Currency)
        } else if self.refunded == self.amount {
            Err(Impossible::AlreadyUndone)
        } else if amount > left {
            Err(Impossible::Exceeds)
        } else {
            Ok(())
        }
    }

    fn pending(&self) -> i64 {
        self.sum(RefundStatus::Pending)
    }

    fn sum(&self, status: RefundStatus) -> i64 {
        let refunds = self.refunds.iter();
        refunds
            .filter(|refund| refund.status == status)
            .map(|refund| refund.amount)
            .sum()
    }

    /// A reversed charge has gone back as a whole, whatever its refunds were.
    fn recount(&mut self) {
        if self.status == EntryStatus::Reversed {
            return;
        }
        self.refunded = self.sum(RefundStatus::Succeeded);
        self.status = match self.refunded {
            0 => EntryStatus::Charged,
            refunded if refunded == self.amount => EntryStatus::Refunded,
            _ => EntryStatus::PartiallyRefunded,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            reference: "att_1".to_owned(),
            amount: 1990,
            currency: "ISK".to_owned(),
            status: EntryStatus::Charged,
            brand: None,
            psp_reference: "P".to_owned(),
            refunded: 0,
            refunds: vec![],
            refund_behaviour: RefundBehaviour::AtOnce,
        }
    }

    fn refund(amount: i64, status: RefundStatus) -> Refund {
        Refund {
            reference: "ref_1".to_owned(),
            amount,
            status,
            psp_reference: "R".to_owned(),
        }
    }

    fn give_back(entry: &mut Entry, amount: i64) -> Result<(), Impossible> {
        entry.refund(refund(amount, RefundStatus::Succeeded), "ISK")
    }

    #[test]
    fn refunds_add_up_to_the_charge_and_no_further() {
        let mut entry = entry();

        assert_eq!(give_back(&mut entry, 1000), Ok(()));
        assert_eq!(entry.status, EntryStatus::PartiallyRefunded);
        assert_eq!(give_back(&mut entry, 991), Err(Impossible::Exceeds));
        assert_eq!(give_back(&mut entry, 990), Ok(()));
        assert_eq!(entry.status, EntryStatus::Refunded);
        assert_eq!(give_back(&mut entry, 1), Err(Impossible::AlreadyUndone));
    }

    #[test]
    fn a_charge_is_reversed_once() {
        let mut entry = entry();

        assert_eq!(entry.reverse(), Ok(()));
        assert_eq!(entry.reverse(), Err(Impossible::AlreadyUndone));
        assert_eq!(give_back(&mut entry, 1), Err(Impossible::AlreadyUndone));
        assert_eq!(
            (entry.status, entry.refunded),
            (EntryStatus::Reversed, 1990)
        );
    }

    #[test]
    fn a_refund_in_another_currency_is_impossible() {
        let refund = refund(1, RefundStatus::Succeeded);

        assert_eq!(entry().refund(refund, "EUR"), Err(Impossible::Currency));
    }

    #[test]
    fn an_impossible_refund_is_noted_as_failed() {
        let mut entry = entry();

        give_back(&mut entry, 1991).unwrap_err();

        assert_eq!(entry.refunds, [refund(1991, RefundStatus::Failed)]);
        assert_eq!((entry.status, entry.refunded), (EntryStatus::Charged, 0));
    }

    #[test]
    fn what_is_pending_is_neither_back_nor_left() {
        let mut entry = entry();
        let pending = refund(1000, RefundStatus::Pending);
        entry.refund(pending, "ISK").unwrap();

        assert_eq!((entry.status, entry.refunded), (EntryStatus::Charged, 0));
        assert_eq!(give_back(&mut entry, 991), Err(Impossible::Exceeds));
        assert_eq!(entry.reverse(), Err(Impossible::RefundPending));
    }

    #[test]
    fn a_pending_refund_is_settled_once() {
        for (success, status, refunded) in [
            (true, RefundStatus::Succeeded, 1000),
            (false, RefundStatus::Failed, 0),
        ] {
            let mut entry = entry();
            let pending = refund(1000, RefundStatus::Pending);
            entry.refund(pending, "ISK").unwrap();

            assert_eq!(entry.settle("R", success), Some(refund(1000, status)));
            assert_eq!(entry.settle("R", !success), None);
            assert_eq!(entry.refunded, refunded);
        }
    }
}
