//! `/v1/webhook_endpoints`

use checkout_protocol::api::webhook_endpoint::{
    DeliveryAttempt, SignatureFormat, WebhookDelivery, WebhookEndpoint, WebhookEndpointWithSecret,
};
use checkout_protocol::error_code::ErrorCode::{
    InvalidParameter, MissingParameter, ResourceNotFound,
};
use checkout_protocol::id::{WebhookDeliveryId, WebhookEndpointId};
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::call::{Call, Resource, delete, get, patch, post};
use crate::http::openapi::parameters::query_text;

/// Where events are to be sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct WebhookEndpointCreate {
    /// On the internet, by https on port 443 or 8443.
    #[schema(format = "uri", min_length = 1, max_length = 2000)]
    url: String,
    /// Event types, or `*` for all. Needed, here or as `events`.
    #[schema(min_items = 1, max_items = 100, examples(json!(["payment.succeeded"])))]
    enabled_events: Option<Vec<String>>,
    /// The other name of `enabled_events`; with it, `signature_format` is `hex` unless it is named.
    #[schema(min_items = 1, max_items = 100, examples(json!(["*"])))]
    events: Option<Vec<String>>,
    /// The merchant's own words.
    #[schema(min_length = 1, max_length = 500)]
    description: Option<String>,
    signature_format: Option<SignatureFormat>,
    /// Whether it is told of events; `true` when it is left out.
    enabled: Option<bool>,
}

/// What is to be changed of an endpoint; what is not named stays.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct WebhookEndpointUpdate {
    /// On the internet, by https on port 443 or 8443.
    #[schema(format = "uri", min_length = 1, max_length = 2000)]
    url: Option<String>,
    /// Event types, or `*` for all.
    #[schema(min_items = 1, max_items = 100, examples(json!(["payment.succeeded"])))]
    enabled_events: Option<Vec<String>>,
    /// The other name of `enabled_events`.
    #[schema(min_items = 1, max_items = 100, examples(json!(["*"])))]
    events: Option<Vec<String>>,
    /// The merchant's own words.
    #[schema(min_length = 1, max_length = 500)]
    description: Option<String>,
    signature_format: Option<SignatureFormat>,
    /// Whether it is told of events.
    enabled: Option<bool>,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createWebhookEndpoint", "Be told of events")
        .about("The answer is the only one that has the signing secret.")
        .takes::<WebhookEndpointCreate>(&[(
            "payments",
            json!({
                "url": "https://shop.example/borga/webhook",
                "enabled_events": ["payment.succeeded", "payment.failed"]
            }),
        )])
        .refuses(&[InvalidParameter, MissingParameter])
        .answers::<WebhookEndpointWithSecret>(201, "The endpoint with its secret");
    let rotate = post("rotateWebhookSecret", "Give an endpoint a new secret")
        .about("For 24 hours the old secret signs along.")
        .of::<WebhookEndpointId>()
        .takes_nothing()
        .answers::<WebhookEndpointWithSecret>(200, "The endpoint with its new secret");
    let test = post("testWebhookEndpoint", "Send a sample event now")
        .about("Of the type `webhook_endpoint.test`, signed like every other. The answer says what came of it.")
        .of::<WebhookEndpointId>()
        .takes_nothing()
        .answers::<DeliveryAttempt>(200, "What came of it");
    let retry = post("retryWebhookDelivery", "Try a delivery again now")
        .of::<WebhookEndpointId>()
        .and::<WebhookDeliveryId>("delivery")
        .takes_nothing()
        .answers::<WebhookDelivery>(200, "The delivery, about to be tried");
    let remove = delete("deleteWebhookEndpoint", "Be told no more")
        .of::<WebhookEndpointId>()
        .answers_nothing("It is gone, with what it was not told yet");
    let status = query_text("status", "`pending`, `succeeded` or `failed`");
    Resource {
        name: "Webhook endpoints",
        about: "Where a merchant's servers are told of events.",
        paths: vec![
            (
                "/v1/webhook_endpoints",
                vec![
                    create,
                    get("listWebhookEndpoints", "Endpoints, newest first")
                        .lists::<WebhookEndpoint>(vec![]),
                ],
            ),
            (
                "/v1/webhook_endpoints/{id}",
                vec![
                    get("retrieveWebhookEndpoint", "Read an endpoint")
                        .of::<WebhookEndpointId>()
                        .reads::<WebhookEndpoint>(),
                    update(patch("updateWebhookEndpoint", "Change an endpoint")),
                    update(post(
                        "updateWebhookEndpointByPost",
                        "Change an endpoint, by POST",
                    )),
                    remove,
                ],
            ),
            ("/v1/webhook_endpoints/{id}/rotate_secret", vec![rotate]),
            ("/v1/webhook_endpoints/{id}/test", vec![test]),
            (
                "/v1/webhook_endpoints/{id}/deliveries",
                vec![
                    get("listWebhookDeliveries", "Deliveries, newest first")
                        .of::<WebhookEndpointId>()
                        .lists::<WebhookDelivery>(vec![status]),
                ],
            ),
            (
                "/v1/webhook_endpoints/{id}/deliveries/{delivery}/retry",
                vec![retry],
            ),
        ],
    }
}

fn update(call: Call) -> Call {
    call.of::<WebhookEndpointId>()
        .takes::<WebhookEndpointUpdate>(&[("all events", json!({"enabled_events": ["*"]}))])
        .refuses(&[InvalidParameter, ResourceNotFound])
        .answers::<WebhookEndpoint>(200, "As it is now")
}
