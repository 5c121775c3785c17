//! `/v1/merchants`

use checkout_protocol::api::merchant::Merchant;

use crate::http::openapi::call::{Resource, get};

/// The URLs.
pub fn resource() -> Resource {
    let current = get(
        "retrieveCurrentMerchant",
        "The merchant that the key belongs to",
    )
    .answers::<Merchant>(200, "The merchant");
    Resource {
        name: "Merchants",
        about: "Who is paid.",
        paths: vec![("/v1/merchants/current", vec![current])],
    }
}
