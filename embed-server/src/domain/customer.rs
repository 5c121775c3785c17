//! A merchant's customer.

use std::collections::BTreeMap;
use std::fmt;

use checkout_protocol::api::customer as wire;
use checkout_protocol::api::customer::BillingAddress;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{CustomerId, MerchantId, PaymentMethodId};
use checkout_protocol::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// A customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its id; also what the acquirer knows it by.
    pub id: CustomerId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Its e-mail address.
    pub email: String,
    /// What else the merchant says of it.
    pub details: Details,
    /// The merchant's own pairs.
    pub metadata: BTreeMap<String, String>,
    /// The saved card that is charged when none is named.
    pub default_payment_method: Option<PaymentMethodId>,
    /// Rises with every change of the row.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a merchant may say of a customer besides its e-mail address.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Its name.
    pub name: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Ten digits.
    pub kennitala: Option<String>,
    /// The merchant's own id of it.
    pub external_id: Option<String>,
    /// Printed on invoices.
    pub vat_number: Option<String>,
    /// Where invoices go.
    pub billing_address: BillingAddress,
}

impl Customer {
    /// As the API shows it: the address as one object and as the flat fields that documents also use.
    #[must_use]
    pub fn view(&self) -> wire::Customer {
        let details = self.details.clone();
        let address = details.billing_address;
        wire::Customer {
            id: self.id,
            email: self.email.clone(),
            name: details.name,
            phone: details.phone,
            kennitala: details.kennitala,
            external_id: details.external_id,
            vat_number: details.vat_number,
            billing_address: (address != BillingAddress::default()).then(|| address.clone()),
            billing_address_line1: address.line1,
            billing_address_line2: address.line2,
            billing_city: address.city,
            billing_postal_code: address.postal_code,
            billing_country: address.country,
            default_payment_method: self.default_payment_method,
            metadata: self.metadata.clone(),
            created_at: self.created_at,
        }
    }
}

impl fmt::Debug for Customer {
    /// Its id: who it is stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
