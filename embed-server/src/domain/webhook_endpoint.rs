//! Where a merchant wants to be told of events, and how far we trust that somebody is there.

use checkout_protocol::api::webhook_endpoint as wire;
use checkout_protocol::api::webhook_endpoint::SignatureFormat;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{MerchantId, WebhookEndpointId};
use checkout_protocol::secret_text::SecretText;
use checkout_protocol::timestamp::Timestamp;

/// For all events.
pub const ALL: &str = "*";

/// How long a replaced secret signs beside the new one.
pub const OLD_SECRET_MS: i64 = 24 * 3_600 * 1_000;

/// How long an endpoint may fail without a single success before we give it up.
pub const PATIENCE_MS: i64 = 5 * 24 * 3_600 * 1_000;

/// An endpoint, with its secrets as they are kept: sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Where events are sent.
    pub url: url::Url,
    /// The merchant's own words.
    pub description: Option<String>,
    /// The types it is told of, or [`ALL`].
    pub enabled_events: Vec<String>,
    /// Which signature stands in `Borga-Signature`.
    pub signature_format: SignatureFormat,
    /// Whether it is told of events.
    pub enabled: bool,
    /// Why we disabled it.
    pub disabled_reason: Option<String>,
    /// What signs, sealed.
    pub sealed_secret: String,
    /// What signed before and signs along until then, sealed.
    pub old_secret: Option<(String, Timestamp)>,
    /// Rises with every change that a merchant makes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl WebhookEndpoint {
    /// Whether it wants to be told of this.
    #[must_use]
    pub fn wants(&self, event_type: &str) -> bool {
        self.enabled
            && self
                .enabled_events
                .iter()
                .any(|wanted| wanted == ALL || wanted == event_type)
    }

    /// As the merchant API shows it.
    #[must_use]
    pub fn view(&self) -> wire::WebhookEndpoint {
        wire::WebhookEndpoint {
            id: self.id,
            url: self.url.to_string(),
            description: self.description.clone(),
            enabled_events: self.enabled_events.clone(),
            events: self.enabled_events.clone(),
            signature_format: self.signature_format,
            enabled: self.enabled,
            disabled_reason: self.disabled_reason.clone(),
            created_at: self.created_at,
        }
    }

    /// The same with its secret, which is shown this once.
    #[must_use]
    pub fn view_with(&self, secret: &str) -> wire::WebhookEndpointWithSecret {
        let secret = || SecretText::from(secret.to_owned());
        wire::WebhookEndpointWithSecret {
            endpoint: self.view(),
            signing_secret: secret(),
            secret: secret(),
        }
    }
}
