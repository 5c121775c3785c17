//! The life of a payment: what an attempt's state makes of it.

use std::collections::BTreeMap;

use checkout_protocol::api::payment as wire;
use checkout_protocol::api::payment::{PaidCard, PaymentStatus};
use checkout_protocol::api_key::Mode;
use checkout_protocol::attempt;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentId, PaymentMethodId, SessionId};
use checkout_protocol::money::Money;
use checkout_protocol::timestamp::Timestamp;

/// One amount to collect once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// What is to be collected.
    pub amount: Money,
    /// Where it stands.
    pub status: PaymentStatus,
    /// The customer it belongs to.
    pub customer: Option<CustomerId>,
    /// The saved card it was charged to without a session.
    pub payment_method: Option<PaymentMethodId>,
    /// The newest session that collects it.
    pub session: Option<SessionId>,
    /// What the payer's invoice says.
    pub description: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
    /// Why the last attempt failed.
    pub failure_code: Option<ErrorCode>,
    /// The card that paid.
    pub card: Option<PaidCard>,
    /// How much was given back, in minor units.
    pub minor_units_refunded: i64,
    /// Rises with every change of the row.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Payment {
    /// The payment after its newest attempt came to `state`. What was collected stays collected.
    #[must_use]
    pub fn with_attempt(self, state: attempt::State, decline: Option<ErrorCode>) -> Self {
        if self.status.was_collected() {
            return self;
        }
        let (status, failure_code) = match state {
            attempt::State::Calling | attempt::State::ActionRequired | attempt::State::Unknown => {
                (PaymentStatus::Processing, None)
            }
            attempt::State::Authorised => (PaymentStatus::Succeeded, None),
            attempt::State::Declined => (PaymentStatus::Failed, decline),
            attempt::State::Abandoned => {
                (PaymentStatus::Failed, Some(ErrorCode::ChallengeAbandoned))
            }
        };
        Self {
            status,
            failure_code,
            ..self
        }
    }

    /// The payment once refunds of `minor_units` in all have succeeded. It moves back when one fails afterwards.
    #[must_use]
    pub fn with_refunded(self, minor_units: i64) -> Self {
        let status = match minor_units {
            _ if !self.status.was_collected() => self.status,
            0 => PaymentStatus::Succeeded,
            all if all >= self.amount.minor_units() => PaymentStatus::Refunded,
            _ => PaymentStatus::PartiallyRefunded,
        };
        Self {
            status,
            minor_units_refunded: minor_units,
            ..self
        }
    }

    /// As the API shows it.
    #[must_use]
    pub fn view(&self) -> wire::Payment {
        wire::Payment {
            id: self.id,
            amount: self.amount.minor_units(),
            currency: self.amount.currency(),
            status: self.status,
            customer: self.customer,
            payment_method: self.payment_method,
            session: self.session,
            amount_refunded: self.minor_units_refunded,
            description: self.description.clone(),
            external_reference: self.external_reference.clone(),
            metadata: self.metadata.clone(),
            failure_code: self.failure_code,
            card: self.card.clone(),
            created_at: self.created_at,
        }
    }
}
