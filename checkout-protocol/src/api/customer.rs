//! Customers as the API shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, PaymentMethodId};
use crate::timestamp::Timestamp;

/// A merchant's customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Its e-mail address. Several customers may share one.
    pub email: String,
    /// Its name.
    pub name: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Ten digits, of a person or a company.
    pub kennitala: Option<String>,
    /// The merchant's own id of it.
    pub external_id: Option<String>,
    /// Printed on invoices.
    pub vat_number: Option<String>,
    /// The same address as the five fields beside it.
    pub billing_address: Option<BillingAddress>,
    /// First line of the address.
    pub billing_address_line1: Option<String>,
    /// Second line of the address.
    pub billing_address_line2: Option<String>,
    /// Town.
    pub billing_city: Option<String>,
    /// Postal code.
    pub billing_postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub billing_country: Option<String>,
    /// The saved card that is charged when none is named.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::openapi::ExpandablePaymentMethod>))]
    pub default_payment_method: Option<PaymentMethodId>,
    /// The merchant's own pairs.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::openapi::Metadata))]
    pub metadata: BTreeMap<String, String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where invoices go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BillingAddress {
    /// First line.
    pub line1: Option<String>,
    /// Second line.
    pub line2: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}
