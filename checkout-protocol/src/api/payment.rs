//! Payments as the API shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error_code::ErrorCode;
use crate::id::{CustomerId, PaymentId, PaymentMethodId, SessionId};
use crate::money::Currency;
use crate::timestamp::Timestamp;

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// No attempt has begun.
    Created,
    /// An attempt is in flight: neither retry nor cancel.
    Processing,
    /// The money was collected.
    Succeeded,
    /// The last attempt was declined; another may follow.
    Failed,
    /// All of it was given back.
    Refunded,
    /// Part of it was given back.
    PartiallyRefunded,
}

impl PaymentStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::Created,
        Self::Processing,
        Self::Succeeded,
        Self::Failed,
        Self::Refunded,
        Self::PartiallyRefunded,
    ];

    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Refunded => "refunded",
            Self::PartiallyRefunded => "partially_refunded",
        }
    }

    /// The status that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether the money was collected, given back or not.
    #[must_use]
    pub const fn was_collected(self) -> bool {
        match self {
            Self::Succeeded | Self::Refunded | Self::PartiallyRefunded => true,
            Self::Created | Self::Processing | Self::Failed => false,
        }
    }
}

/// One amount to collect once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// In the currency's smallest unit.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Amount))]
    pub amount: i64,
    /// ISO 4217.
    pub currency: Currency,
    /// Where it stands.
    pub status: PaymentStatus,
    /// The customer it belongs to.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::ExpandableCustomer>))]
    pub customer: Option<CustomerId>,
    /// The saved card it was charged to, when it was not collected in a session.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::ExpandablePaymentMethod>))]
    pub payment_method: Option<PaymentMethodId>,
    /// The newest session that collects it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::ExpandablePaymentSession>))]
    pub session: Option<SessionId>,
    /// How much of it was given back, in the currency's smallest unit.
    #[cfg_attr(feature = "openapi", schema(minimum = 0))]
    pub amount_refunded: i64,
    /// What the payer's invoice says.
    pub description: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Metadata))]
    pub metadata: BTreeMap<String, String>,
    /// Why the last attempt failed, while the payment is `failed`.
    pub failure_code: Option<ErrorCode>,
    /// The card that paid: brand and last four digits, as the acquirer reports them.
    pub card: Option<PaidCard>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What may be known of a card: never more than brand and last four digits (PCI DSS 3.4.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaidCard {
    /// The acquirer's name of the brand.
    pub brand: Option<String>,
    /// The last four digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]{4}$"))]
    pub last4: Option<String>,
}
