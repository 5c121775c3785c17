//! What a key may do, and which origins it may serve. An empty list of origins serves nobody.

use checkout_protocol::api::api_key as wire;
use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::id::{KeyId, MerchantId};
use checkout_protocol::origin::{AllowedOrigin, Origin};
use checkout_protocol::timestamp::Timestamp;

/// A key as the database has it.
#[derive(Clone, Debug)]
pub struct StoredKey {
    /// Its id.
    pub id: KeyId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// Secret or publishable.
    pub key_type: KeyType,
    /// The merchant's own name for it.
    pub label: Option<String>,
    /// Names the row; not secret.
    pub public_part: String,
    /// bcrypt of a secret key, the whole text of a publishable one.
    pub proof: String,
    /// For lists.
    pub last_four: String,
    /// Where a publishable key may be used.
    pub allowed_origins: Vec<AllowedOrigin>,
    /// Whether it stopped working.
    pub revoked: bool,
    /// Rises with every change of the row.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl StoredKey {
    /// Whether a page of `origin` may use this key.
    #[must_use]
    pub fn serves(&self, origin: &Origin) -> bool {
        self.allowed_origins
            .iter()
            .any(|allowed| allowed.allows(origin))
    }

    /// As the API shows it.
    #[must_use]
    pub fn view(&self) -> wire::ApiKey {
        wire::ApiKey {
            id: self.id,
            key_type: self.key_type,
            mode: self.mode,
            label: self.label.clone(),
            last4: self.last_four.clone(),
            allowed_origins: self
                .allowed_origins
                .iter()
                .map(ToString::to_string)
                .collect(),
            created_at: self.created_at,
        }
    }
}
