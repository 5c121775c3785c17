//! Payment sessions as the merchant API shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, PaymentId, SessionId};
use crate::secret_text::SecretText;
use crate::timestamp::Timestamp;

/// How the checkout is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SessionMode {
    /// On a page of ours that the payer is sent to.
    Hosted,
    /// In a frame on the merchant's page.
    Embedded,
}

/// Where a session stands. A decline leaves it open; there is no cancelled state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// It can be paid.
    Open,
    /// Its payment succeeded.
    Complete,
    /// Its time is over.
    Expired,
}

impl SessionMode {
    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hosted => "hosted",
            Self::Embedded => "embedded",
        }
    }

    /// The mode that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Hosted, Self::Embedded]
            .into_iter()
            .find(|mode| mode.as_str() == text)
    }
}

impl SessionStatus {
    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }

    /// The status that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Open, Self::Complete, Self::Expired]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// One checkout of one payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentSession {
    /// Its id.
    pub id: SessionId,
    /// Hosted or embedded.
    pub mode: SessionMode,
    /// Where it stands.
    pub status: SessionStatus,
    /// The hosted page; `null` for embedded sessions.
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    pub url: Option<String>,
    /// What the payer's page needs, while the session is open; never for publishable keys that read.
    #[cfg_attr(feature = "openapi", schema(pattern = "^pcs_", value_type = Option<String>))]
    pub client_secret: Option<SecretText>,
    /// The payment it collects.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::ExpandablePayment))]
    pub payment: PaymentId,
    /// In the currency's smallest unit.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Amount))]
    pub amount: i64,
    /// ISO 4217.
    pub currency: crate::money::Currency,
    /// The origin of the page that shows it; `null` for hosted sessions.
    pub origin: Option<String>,
    /// The customer it belongs to, who also gets the saved card.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::ExpandableCustomer>))]
    pub customer: Option<CustomerId>,
    /// Whether the payer is asked to let the merchant keep the card.
    pub save_payment_method: bool,
    /// Whether a saved card is charged only with its security code, typed anew.
    pub require_cvc_recollection: bool,
    /// Whether the payer is asked for an e-mail address when `customer_email` is `null`.
    pub collect_email: bool,
    /// The payer's kennitala, locked on the hosted page.
    pub customer_kennitala: Option<String>,
    /// The methods the payer is offered.
    pub enabled_methods: Vec<String>,
    /// The payer's e-mail address, locked in the form.
    pub customer_email: Option<String>,
    /// Where the payer is returned to after a redirect.
    pub return_url: Option<String>,
    /// Where the payer is returned to after cancelling.
    pub cancel_url: Option<String>,
    /// The language of the checkout, if it was fixed.
    pub locale: Option<String>,
    /// The merchant's own reference.
    pub external_reference: Option<String>,
    /// The merchant's own pairs.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Metadata))]
    pub metadata: BTreeMap<String, String>,
    /// After which it can no longer be paid.
    pub expires_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
}
