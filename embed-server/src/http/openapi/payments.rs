//! `/v1/payments`

use checkout_protocol::api::payment::{Payment, PaymentStatus};
use checkout_protocol::error_code::ErrorCode::{
    InvalidAmount, InvalidParameter, MissingParameter, PaymentMethodNotUsable, ResourceNotFound,
    UnsupportedCurrency,
};
use checkout_protocol::id::{CustomerId, PaymentId, PaymentMethodId};
use checkout_protocol::money::Currency;
use checkout_protocol::openapi::{Amount, Metadata};
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, Type};

use crate::http::openapi::call::{Call, Resource, get, patch, post};
use crate::http::openapi::parameters::{query, query_id, query_text};

/// What a payment is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct PaymentCreate {
    amount: Amount,
    /// ISO 4217. `ISK` when it is left out.
    currency: Option<Currency>,
    /// The customer it belongs to. With `payment_method`, its customer.
    customer: Option<CustomerId>,
    /// A saved card, which is charged at once.
    payment_method: Option<PaymentMethodId>,
    /// What the payer's invoice says.
    #[schema(min_length = 1, max_length = 500)]
    description: Option<String>,
    /// The merchant's own reference; payments can be listed by it.
    #[schema(min_length = 1, max_length = 200)]
    external_reference: Option<String>,
    metadata: Option<Metadata>,
}

/// What is to be changed of a payment; what is not named stays.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct PaymentUpdate {
    /// What the payer's invoice says.
    #[schema(min_length = 1, max_length = 500)]
    description: Option<String>,
    /// The merchant's own reference; payments can be listed by it.
    #[schema(min_length = 1, max_length = 200)]
    external_reference: Option<String>,
    /// Pairs to set; an empty value removes its key.
    metadata: Option<Metadata>,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createPayment", "Make a payment")
        .about(
            "Without `payment_method`, a record that payment sessions can collect later. With it, a charge of the saved \
             card: the answer has its outcome, or is `processing` while there is none. A decline is no error: the \
             payment is `failed` and `failure_code` says why.",
        )
        .takes::<PaymentCreate>(&[
            ("to be collected in a session", json!({"amount": 1990, "currency": "ISK"})),
            (
                "a charge of a saved card",
                json!({
                    "amount": 1990,
                    "payment_method": "pm_01hx9z3k2mfq7nbvd4cw8ej5rt",
                    "external_reference": "7782"
                }),
            ),
        ])
        .refuses(&[
            MissingParameter,
            InvalidParameter,
            InvalidAmount,
            UnsupportedCurrency,
            ResourceNotFound,
            PaymentMethodNotUsable,
        ])
        .answers::<Payment>(201, "The payment");
    Resource {
        name: "Payments",
        about: "One amount to collect once. Read the payment before goods leave.",
        paths: vec![
            ("/v1/payments", vec![create, list()]),
            (
                "/v1/payments/{id}",
                vec![
                    get("retrievePayment", "Read a payment")
                        .of::<PaymentId>()
                        .reads::<Payment>(),
                    update(patch("updatePayment", "Change what a payment says")),
                    update(post(
                        "updatePaymentByPost",
                        "Change what a payment says, by POST",
                    )),
                ],
            ),
        ],
    }
}

fn list() -> Call {
    // Some documents call the first status `pending`.
    let statuses = PaymentStatus::ALL.map(PaymentStatus::as_str);
    let status = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(statuses.into_iter().chain(["pending"])));
    get("listPayments", "Payments, newest first").lists::<Payment>(vec![
        query_id::<CustomerId>("customer", "Of this customer"),
        query_text(
            "external_reference",
            "With this reference of the merchant's own",
        ),
        query(
            "status",
            "That stand there; `pending` is another name of `created`",
            status,
        ),
    ])
}

fn update(call: Call) -> Call {
    call.about("The money stays as it is.")
        .of::<PaymentId>()
        .takes::<PaymentUpdate>(&[(
            "another reference",
            json!({"external_reference": "7783", "metadata": {"packed_by": "Jón"}}),
        )])
        .refuses(&[InvalidParameter])
        .answers::<Payment>(200, "As it is now")
}
