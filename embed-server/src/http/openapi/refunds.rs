//! `/v1/refunds`

use checkout_protocol::api::refund::Refund;
use checkout_protocol::error_code::ErrorCode::{
    InvalidAmount, InvalidParameter, MissingParameter, PaymentNotRefundable, RefundExceedsCapture,
    ResourceNotFound,
};
use checkout_protocol::id::{PaymentId, RefundId};
use checkout_protocol::openapi::{Amount, Metadata};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::call::{Resource, get, post};
use crate::http::openapi::parameters::query_id;

/// What is to be given back.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct RefundCreate {
    payment: PaymentId,
    /// All that is left of the payment when it is left out.
    amount: Option<Amount>,
    /// The merchant's own words.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
    metadata: Option<Metadata>,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createRefund", "Give money back")
        .about(
            "Of a payment that was collected, in one piece or several. The answer is `pending`, or `failed` when the \
             acquirer refused at once; whether it succeeded is known once the acquirer says so.",
        )
        .takes::<RefundCreate>(&[
            ("all that is left", json!({"payment": "pay_01hx9z3k2mfq7nbvd4cw8ej5rt"})),
            (
                "a part",
                json!({
                    "payment": "pay_01hx9z3k2mfq7nbvd4cw8ej5rt",
                    "amount": 500,
                    "reason": "One of four was broken"
                }),
            ),
        ])
        .refuses(&[
            InvalidAmount,
            InvalidParameter,
            MissingParameter,
            PaymentNotRefundable,
            RefundExceedsCapture,
            ResourceNotFound,
        ])
        .answers::<Refund>(201, "The refund");
    let list =
        get("listRefunds", "Refunds, newest first")
            .lists::<Refund>(vec![query_id::<PaymentId>("payment", "Of this payment")]);
    let retrieve = get("retrieveRefund", "Read a refund")
        .of::<RefundId>()
        .reads::<Refund>();
    Resource {
        name: "Refunds",
        about: "Money given back of one payment.",
        paths: vec![
            ("/v1/refunds", vec![create, list]),
            ("/v1/refunds/{id}", vec![retrieve]),
        ],
    }
}
