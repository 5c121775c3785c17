//! Refunds as the API shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{PaymentId, RefundId};
use crate::money::Currency;
use crate::timestamp::Timestamp;

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RefundStatus {
    /// The acquirer was asked, or is about to be.
    Pending,
    /// The money is on its way to the card holder. It may still come back: then the refund has failed.
    Succeeded,
    /// The money stays with the merchant.
    Failed,
}

impl RefundStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Succeeded, Self::Failed];

    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    /// The status that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// Money given back of one payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// The payment that it gives back.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::ExpandablePayment))]
    pub payment: PaymentId,
    /// In the currency's smallest unit.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Amount))]
    pub amount: i64,
    /// ISO 4217; the payment's.
    pub currency: Currency,
    /// Where it stands.
    pub status: RefundStatus,
    /// The merchant's own words.
    pub reason: Option<String>,
    /// Why it failed, in the acquirer's words, while it is `failed`.
    pub failure_reason: Option<String>,
    /// The merchant's own pairs.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Metadata))]
    pub metadata: BTreeMap<String, String>,
    /// When it was made.
    pub created_at: Timestamp,
}
