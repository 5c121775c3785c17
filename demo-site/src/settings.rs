//! What the shop must be told before it can open.
//!
//! It reads nothing itself: tests and `main` fill it in.

use crate::{Origin, Secret};

/// Everything that differs between two installations of the shop.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Origin under which customers know the shop.
    pub public_origin: Origin,
    /// Further origins under which the shop answers. Any other `Host` is refused.
    pub other_origins: Vec<Origin>,
    /// Where the shop's server reaches the API. Differs from `checkout_origin` where names that browsers know
    /// (`*.localhost`) mean nothing to the server's resolver.
    pub api_url: Origin,
    /// Origin of the checkout script and frame, as browsers know it.
    pub checkout_origin: Origin,
    /// Secret key: goes to the API and nowhere else.
    pub secret_key: Secret,
    /// Publishable key: stands in the page that makes its session in the browser.
    pub publishable_key: String,
}

impl Settings {
    /// The known origin that a `Host` header names, if any.
    pub(crate) fn origin_of_host(&self, host: &str) -> Option<&Origin> {
        std::iter::once(&self.public_origin)
            .chain(&self.other_origins)
            .find(|origin| origin.is_named_by(host))
    }
}
