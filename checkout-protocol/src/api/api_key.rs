//! API keys as the API shows them.

use serde::Serialize;

use crate::api_key::{KeyType, Mode};
use crate::id::KeyId;
use crate::secret_text::SecretText;
use crate::timestamp::Timestamp;

/// A key without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// For servers or for pages.
    #[serde(rename = "type")]
    pub key_type: KeyType,
    /// Test or live.
    pub mode: Mode,
    /// The merchant's own name for it.
    pub label: Option<String>,
    /// The last four characters of its text.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9A-Za-z]{4}$"))]
    pub last4: String,
    /// Where a publishable key may be used; empty for a secret key.
    pub allowed_origins: Vec<String>,
    /// When it was made; rotating does not change it.
    pub created_at: Timestamp,
}

/// A key with its text, which is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiKeyWithText {
    /// Everything else of it.
    #[serde(flatten)]
    pub api_key: ApiKey,
    /// The whole text.
    pub key: SecretText,
}
