//! `/v1/payment_methods`

use checkout_protocol::api::payment_method::{Detached, PaymentMethod};
use checkout_protocol::id::{CustomerId, PaymentMethodId};

use crate::http::openapi::call::{Resource, delete, get, post};
use crate::http::openapi::parameters::query_id;

/// The URLs.
pub fn resource() -> Resource {
    let list = get("listPaymentMethods", "Saved cards, newest first")
        .lists::<PaymentMethod>(vec![query_id::<CustomerId>("customer", "Of this customer")]);
    let retrieve = get("retrievePaymentMethod", "Read a saved card")
        .of::<PaymentMethodId>()
        .reads::<PaymentMethod>();
    let detach = delete(
        "detachPaymentMethod",
        "Take a saved card from its customer, for good",
    )
    .of::<PaymentMethodId>()
    .answers::<Detached>(200, "It can no longer be charged");
    let set_default = post(
        "setDefaultPaymentMethod",
        "Make a saved card its customer's default",
    )
    .of::<PaymentMethodId>()
    .takes_nothing()
    .answers::<PaymentMethod>(200, "The saved card");
    Resource {
        name: "Payment methods",
        about: "Cards that customers let the merchant keep. Only a payment session with `save_payment_method` makes one.",
        paths: vec![
            ("/v1/payment_methods", vec![list]),
            ("/v1/payment_methods/{id}", vec![retrieve, detach]),
            ("/v1/payment_methods/{id}/set_default", vec![set_default]),
        ],
    }
}
