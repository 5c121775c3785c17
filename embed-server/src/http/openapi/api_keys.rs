//! `/v1/api_keys`

use checkout_protocol::api::api_key::{ApiKey, ApiKeyWithText};
use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::error_code::ErrorCode::{InvalidParameter, MissingParameter};
use checkout_protocol::id::KeyId;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::openapi::call::{Call, Resource, delete, get, patch, post};
use crate::http::openapi::texts::AllowedOrigin;

/// What a key is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct ApiKeyCreate {
    /// `secret` for servers, `publishable` for pages.
    r#type: KeyType,
    /// A test key makes only test keys.
    mode: Mode,
    /// The merchant's own name for it.
    #[schema(min_length = 1, max_length = 100)]
    label: Option<String>,
    /// Where a publishable key may be used; nowhere when it is left out. Not for secret keys.
    #[schema(min_items = 1, max_items = 100, examples(json!(["https://shop.example"])))]
    allowed_origins: Option<Vec<AllowedOrigin>>,
}

/// What is to be changed of a key; what is not named stays.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct ApiKeyUpdate {
    /// The merchant's own name for it.
    #[schema(min_length = 1, max_length = 100)]
    label: Option<String>,
    /// Where a publishable key may be used from now on.
    #[schema(min_items = 1, max_items = 100, examples(json!(["https://shop.example"])))]
    allowed_origins: Option<Vec<AllowedOrigin>>,
}

/// The URLs.
pub fn resource() -> Resource {
    let create = post("createApiKey", "Make a key")
        .about("The answer is the only one that has the key's text.")
        .takes::<ApiKeyCreate>(&[
            (
                "for a server",
                json!({"type": "secret", "mode": "test", "label": "Web shop"}),
            ),
            (
                "for a page",
                json!({
                    "type": "publishable",
                    "mode": "test",
                    "allowed_origins": ["https://shop.example"]
                }),
            ),
        ])
        .refuses(&[InvalidParameter, MissingParameter])
        .answers::<ApiKeyWithText>(201, "The key with its text");
    let rotate = post("rotateApiKey", "Give a key a new text")
        .about("The old text dies at this moment.")
        .of::<KeyId>()
        .takes_nothing()
        .answers::<ApiKeyWithText>(200, "The key with its new text");
    let revoke = delete("revokeApiKey", "Stop a key for good")
        .of::<KeyId>()
        .answers_nothing("It no longer opens anything");
    Resource {
        name: "API keys",
        about: "Keys of the merchant in the mode of the key that asks.",
        paths: vec![
            (
                "/v1/api_keys",
                vec![
                    create,
                    get("listApiKeys", "Keys, newest first").lists::<ApiKey>(vec![]),
                ],
            ),
            (
                "/v1/api_keys/{id}",
                vec![
                    get("retrieveApiKey", "Read a key")
                        .of::<KeyId>()
                        .reads::<ApiKey>(),
                    update(patch("updateApiKey", "Change a key's name or origins")),
                    update(post(
                        "updateApiKeyByPost",
                        "Change a key's name or origins, by POST",
                    )),
                    revoke,
                ],
            ),
            ("/v1/api_keys/{id}/rotate", vec![rotate]),
        ],
    }
}

fn update(call: Call) -> Call {
    call.of::<KeyId>()
        .takes::<ApiKeyUpdate>(&[(
            "another origin",
            json!({"allowed_origins": ["https://shop.example", "https://*.shop.example"]}),
        )])
        .refuses(&[InvalidParameter])
        .answers::<ApiKey>(200, "As it is now")
}
