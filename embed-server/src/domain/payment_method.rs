//! A card that a customer let the merchant keep.

use std::fmt;

use checkout_protocol::api::payment_method as wire;
use checkout_protocol::api::payment_method::{PaymentMethodType, SavedCardFacts};
use checkout_protocol::api::session_view::SavedCard;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentMethodId};
use checkout_protocol::timestamp::Timestamp;

/// A saved card. It never changes; it can only be detached.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// Whose customer's it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Whose card it is.
    pub customer: CustomerId,
    /// The acquirer's name of the stored card.
    pub acquirer_token: String,
    /// What may be known of the card.
    pub card: SavedCardFacts,
    /// When it was detached.
    pub detached_at: Option<Timestamp>,
    /// When it was saved.
    pub created_at: Timestamp,
}

impl PaymentMethod {
    /// As the API shows it.
    #[must_use]
    pub fn view(&self) -> wire::PaymentMethod {
        wire::PaymentMethod {
            id: self.id,
            customer: self.customer,
            method_type: PaymentMethodType::Card,
            card: self.card.clone(),
            created_at: self.created_at,
        }
    }

    /// As the payer's form shows it.
    #[must_use]
    pub fn offer(&self) -> SavedCard {
        SavedCard {
            id: self.id.to_string(),
            brand: self.card.brand.clone(),
            last4: self.card.last4.clone(),
            exp_month: self.card.exp_month,
            exp_year: self.card.exp_year,
        }
    }
}

impl fmt::Debug for PaymentMethod {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentMethod")
            .field("id", &self.id)
            .field("customer", &self.customer)
            .finish_non_exhaustive()
    }
}
