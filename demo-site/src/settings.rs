//! What the shop must be told before it can open.
//!
//! It reads nothing itself: tests and `main` fill it in.

use std::path::PathBuf;

use crate::gateway::Gateway;
use crate::{Origin, Secret, ServeError};

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
    /// Where the acquirer's sandbox can be made to fail. No shop has such a thing; with it, there is the lab.
    pub sandbox_url: Option<Origin>,
    /// Secret key: goes to the API and nowhere else.
    pub secret_key: Secret,
    /// What signs the events that the shop is told; without it, it is told none.
    pub webhook_secret: Option<Secret>,
    /// Publishable key: stands in the page that makes its session in the browser.
    pub publishable_key: String,
    /// Where the bundled pages are that are made with React and Vue.
    pub pages_dir: PathBuf,
}

impl Settings {
    /// Where the shop is told of events.
    #[must_use]
    pub fn webhook_url(&self) -> String {
        format!("{}/webhooks/borga", self.public_origin)
    }

    /// Has the API tell the shop of payments.
    ///
    /// # Errors
    ///
    /// When the API cannot be asked, or does not say yes.
    pub async fn register_webhook(&mut self) -> Result<(), ServeError> {
        let gateway = Gateway::new(self.api_url.clone(), self.secret_key.clone())?;
        self.webhook_secret = Some(gateway.register_webhook(&self.webhook_url()).await?);
        Ok(())
    }

    /// The known origin that a `Host` header names, if any.
    pub(crate) fn origin_of_host(&self, host: &str) -> Option<&Origin> {
        std::iter::once(&self.public_origin)
            .chain(&self.other_origins)
            .find(|origin| origin.is_named_by(host))
    }
}
