//! The life of a refund: pending, then succeeded or failed; and failed also after it had succeeded.

use std::collections::BTreeMap;

use checkout_protocol::api::refund as wire;
use checkout_protocol::api::refund::RefundStatus;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, PaymentId, RefundId};
use checkout_protocol::money::Money;
use checkout_protocol::timestamp::Timestamp;

/// A refund. Its id is the reference and idempotency key at the acquirer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// What it gives back of.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub status: RefundStatus,
    /// The merchant's own words.
    pub reason: Option<String>,
    /// Why it failed, in the acquirer's words.
    pub failure_reason: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
    /// The acquirer's reference of the charge.
    pub charge_reference: String,
    /// The acquirer's reference of the refund, once it took it.
    pub acquirer_reference: Option<String>,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Rises with every change of the row.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What the acquirer can say of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundEvent {
    /// It took the refund under this reference; the outcome follows.
    Taken(String),
    /// The money is on its way.
    Succeeded,
    /// The money stays, or came back.
    Failed(String),
}

impl Refund {
    /// The refund after `event`; `None` when that changes nothing. A failure is the last word: a success that is told
    /// after it was sent before it.
    #[must_use]
    pub fn after(self, event: RefundEvent, now: Timestamp) -> Option<Self> {
        let (status, failure_reason, acquirer_reference) = match (self.status, event) {
            (RefundStatus::Pending, RefundEvent::Taken(reference))
                if self.acquirer_reference.is_none() =>
            {
                (RefundStatus::Pending, None, Some(reference))
            }
            (RefundStatus::Pending, RefundEvent::Succeeded) => (
                RefundStatus::Succeeded,
                None,
                self.acquirer_reference.clone(),
            ),
            (RefundStatus::Pending | RefundStatus::Succeeded, RefundEvent::Failed(reason)) => (
                RefundStatus::Failed,
                Some(reason),
                self.acquirer_reference.clone(),
            ),
            (RefundStatus::Pending | RefundStatus::Succeeded, RefundEvent::Taken(_))
            | (RefundStatus::Succeeded, RefundEvent::Succeeded)
            | (RefundStatus::Failed, _) => return None,
        };
        Some(Self {
            status,
            failure_reason,
            acquirer_reference,
            changed_at: now,
            ..self
        })
    }

    /// As the API shows it.
    #[must_use]
    pub fn view(&self) -> wire::Refund {
        wire::Refund {
            id: self.id,
            payment: self.payment_id,
            amount: self.amount.minor_units(),
            currency: self.amount.currency(),
            status: self.status,
            reason: self.reason.clone(),
            failure_reason: self.failure_reason.clone(),
            metadata: self.metadata.clone(),
            created_at: self.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use checkout_protocol::money::Currency;

    fn refund(status: RefundStatus) -> Refund {
        Refund {
            id: RefundId::from_bits(1),
            merchant_id: MerchantId::from_bits(1),
            mode: Mode::Test,
            payment_id: PaymentId::from_bits(1),
            amount: Money::new(1, Currency::Isk).unwrap(),
            status,
            reason: None,
            failure_reason: None,
            metadata: BTreeMap::new(),
            charge_reference: "P".to_owned(),
            acquirer_reference: None,
            changed_at: Timestamp(0),
            version: 1,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn a_refund_ends_as_the_acquirer_says_and_a_failure_is_the_last_word() {
        use RefundStatus::{Failed, Pending, Succeeded};
        let failed = || RefundEvent::Failed("no".to_owned());
        for (from, event, to) in [
            (Pending, RefundEvent::Succeeded, Some(Succeeded)),
            (Pending, failed(), Some(Failed)),
            (Succeeded, failed(), Some(Failed)),
            (Succeeded, RefundEvent::Succeeded, None),
            (Failed, RefundEvent::Succeeded, None),
            (Failed, failed(), None),
            (Failed, RefundEvent::Taken("R".to_owned()), None),
            (Pending, RefundEvent::Taken("R".to_owned()), Some(Pending)),
        ] {
            let after = refund(from).after(event.clone(), Timestamp(5));
            assert_eq!(after.map(|after| after.status), to, "{from:?} {event:?}");
        }
    }
}
