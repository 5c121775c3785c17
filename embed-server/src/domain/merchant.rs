//! Who takes the payments.

use checkout_protocol::api::merchant as wire;
use checkout_protocol::id::MerchantId;
use checkout_protocol::timestamp::Timestamp;

/// A merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// Its name, as payers see it.
    pub name: String,
    /// Whether it is verified and may take real money.
    pub live_enabled: bool,
    /// Host names that payers may be returned to, besides a session's own origin.
    pub redirect_domains: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Merchant {
    /// As the API shows it.
    #[must_use]
    pub fn view(&self) -> wire::Merchant {
        wire::Merchant {
            id: self.id,
            name: self.name.clone(),
            live_mode_enabled: self.live_enabled,
            allowed_redirect_domains: self.redirect_domains.clone(),
            created_at: self.created_at,
        }
    }
}
