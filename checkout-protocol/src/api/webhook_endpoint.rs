//! Bodies of `/v1/webhook_endpoints`.

use serde::{Deserialize, Serialize};

use crate::id::{EventId, WebhookDeliveryId, WebhookEndpointId};
use crate::secret_text::SecretText;
use crate::timestamp::Timestamp;

/// Which signature stands in `Borga-Signature`; the other one is sent beside it under a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureFormat {
    /// `t=…,v1=…`, as the integration guide describes it.
    V1,
    /// Hex alone, with the time in `Borga-Timestamp`, as the webhook guide describes it.
    Hex,
}

impl SignatureFormat {
    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::Hex => "hex",
        }
    }

    /// The format that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::V1, Self::Hex]
            .into_iter()
            .find(|format| format.as_str() == text)
    }
}

/// Where a merchant is told of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Where events are sent.
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    pub url: String,
    /// The merchant's own words.
    pub description: Option<String>,
    /// The types it is told of; `*` stands for all.
    pub enabled_events: Vec<String>,
    /// The same under its other name.
    pub events: Vec<String>,
    /// Which signature stands in `Borga-Signature`.
    pub signature_format: SignatureFormat,
    /// Whether it is told of events.
    pub enabled: bool,
    /// Why we disabled it; enabling it again takes this away.
    pub disabled_reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// An endpoint with its secret, which is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebhookEndpointWithSecret {
    /// Everything else of it.
    #[serde(flatten)]
    pub endpoint: WebhookEndpoint,
    /// What signs: `whsec_…`
    pub signing_secret: SecretText,
    /// The same under its other name.
    pub secret: SecretText,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// It is tried, or tried again.
    Pending,
    /// The endpoint took it.
    Succeeded,
    /// Every try failed.
    Failed,
}

impl DeliveryStatus {
    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    /// The status that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        [Self::Pending, Self::Succeeded, Self::Failed]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookDelivery {
    /// Its id.
    pub id: WebhookDeliveryId,
    /// Where it goes.
    pub endpoint: WebhookEndpointId,
    /// What it tells.
    pub event: EventId,
    /// The event's type.
    pub event_type: String,
    /// How it stands.
    pub status: DeliveryStatus,
    /// Tries whose end is known.
    pub attempts: u32,
    /// When it is tried next.
    pub next_attempt_at: Option<Timestamp>,
    /// What came of the last try.
    pub last_attempt: Option<DeliveryAttempt>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryAttempt {
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub duration_ms: i64,
    /// What was answered, if anything was.
    pub http_status: Option<u16>,
    /// Why it failed, if no answer came.
    pub error: Option<String>,
    /// The beginning of the answer's body, 1 kB at most.
    pub response_body: Option<String>,
}
