//! `/v1/customers`

use checkout_protocol::api::customer::Customer;
use checkout_protocol::error_code::ErrorCode::{
    InvalidKennitala, InvalidParameter, MissingParameter, PaymentMethodNotUsable,
};
use checkout_protocol::id::{CustomerId, PaymentMethodId};
use checkout_protocol::openapi::Metadata;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::call::{Call, Resource, get, patch, post};
use crate::http::openapi::parameters::query_text;
use crate::http::openapi::texts::Email;

macro_rules! customer {
    ($(#[$about:meta])* $name:ident { $($first:tt)* }) => {
        $(#[$about])*
        #[derive(ToSchema)]
        #[expect(dead_code, reason = "only its schema is used")]
        pub struct $name {
            $($first)*
            /// Its name.
            #[schema(min_length = 1, max_length = 200)]
            name: Option<String>,
            /// Its telephone number.
            #[schema(min_length = 1, max_length = 40)]
            phone: Option<String>,
            /// Ten digits, of a person or a company. The check digit is not looked at.
            #[schema(pattern = "^[0-9]{6}-?[0-9]{4}$", examples("1212901899"))]
            kennitala: Option<String>,
            /// The merchant's own id of it.
            #[schema(min_length = 1, max_length = 200)]
            external_id: Option<String>,
            /// Printed on invoices.
            #[schema(min_length = 1, max_length = 40)]
            vat_number: Option<String>,
            /// The address as one object; the flat fields win over it.
            billing_address: Option<CustomerAddress>,
            /// First line of the address.
            #[schema(min_length = 1, max_length = 200)]
            billing_address_line1: Option<String>,
            /// Second line of the address.
            #[schema(min_length = 1, max_length = 200)]
            billing_address_line2: Option<String>,
            /// Town.
            #[schema(min_length = 1, max_length = 100)]
            billing_city: Option<String>,
            /// Postal code.
            #[schema(min_length = 1, max_length = 20)]
            billing_postal_code: Option<String>,
            /// ISO 3166-1 alpha-2, in any case.
            #[schema(pattern = "^[A-Za-z]{2}$", examples("IS"))]
            billing_country: Option<String>,
            /// Pairs to set; in an update an empty value removes its key.
            metadata: Option<Metadata>,
        }
    };
}

customer! {
    /// What is known of a new customer.
    CustomerCreate {
        /// Its e-mail address. Several customers may share one.
        email: Email,
    }
}

customer! {
    /// What is to be changed of a customer; what is not named stays.
    CustomerUpdate {
        /// Its e-mail address.
        email: Option<Email>,
        /// The saved card that is charged when none is named; one of the customer's own.
        default_payment_method: Option<PaymentMethodId>,
    }
}

/// Where invoices go.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct CustomerAddress {
    /// First line.
    #[schema(min_length = 1, max_length = 200)]
    line1: Option<String>,
    /// Second line.
    #[schema(min_length = 1, max_length = 200)]
    line2: Option<String>,
    /// Town.
    #[schema(min_length = 1, max_length = 100)]
    city: Option<String>,
    /// Postal code.
    #[schema(min_length = 1, max_length = 20)]
    postal_code: Option<String>,
    /// ISO 3166-1 alpha-2, in any case.
    #[schema(pattern = "^[A-Za-z]{2}$", examples("IS"))]
    country: Option<String>,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createCustomer", "Make a customer")
        .takes::<CustomerCreate>(&[(
            "a person",
            json!({
                "email": "jon@example.com",
                "name": "Jón Jónsson",
                "kennitala": "1212901899",
                "billing_address": {"line1": "Laugavegur 1", "city": "Reykjavík", "country": "IS"}
            }),
        )])
        .refuses(&[InvalidKennitala, InvalidParameter, MissingParameter])
        .answers::<Customer>(201, "The customer");
    let list = get("listCustomers", "Customers, newest first")
        .lists::<Customer>(vec![query_text("email", "With this e-mail address")]);
    let retrieve = get("retrieveCustomer", "Read a customer")
        .of::<CustomerId>()
        .reads::<Customer>();
    Resource {
        name: "Customers",
        about: "Who pays, as the merchant knows them.",
        paths: vec![
            ("/v1/customers", vec![create, list]),
            (
                "/v1/customers/{id}",
                vec![
                    retrieve,
                    update(patch("updateCustomer", "Change a customer")),
                    update(post("updateCustomerByPost", "Change a customer, by POST")),
                ],
            ),
        ],
    }
}

fn update(call: Call) -> Call {
    call.about("What is not named stays.")
        .of::<CustomerId>()
        .takes::<CustomerUpdate>(&[("another telephone", json!({"phone": "+354 555 1234"}))])
        .refuses(&[InvalidKennitala, InvalidParameter, PaymentMethodNotUsable])
        .answers::<Customer>(200, "As it is now")
}
