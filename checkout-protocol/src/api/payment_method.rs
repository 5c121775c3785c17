//! Saved cards as the API shows them.

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, PaymentMethodId};
use crate::timestamp::Timestamp;

/// What kind of payment method it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethodType {
    /// A card.
    Card,
}

/// A card that a customer let the merchant keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// Whose it is.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::ExpandableCustomer))]
    pub customer: CustomerId,
    /// Always a card for now.
    #[serde(rename = "type")]
    pub method_type: PaymentMethodType,
    /// What may be known of the card.
    pub card: SavedCardFacts,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// What may be known of a saved card (PCI DSS 3.4.1: never more than brand, last four digits and expiry here).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedCardFacts {
    /// The acquirer's name of the brand.
    pub brand: Option<String>,
    /// The last four digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]{4}$"))]
    pub last4: Option<String>,
    /// Its last month, 1 to 12.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 12))]
    pub exp_month: Option<u8>,
    /// The year of its last month.
    pub exp_year: Option<u16>,
}

/// The answer to detaching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Detached {
    /// Which one.
    pub id: PaymentMethodId,
    /// Always true.
    pub deleted: bool,
    /// Always true; documents name the flag differently.
    pub detached: bool,
}
