//! `GET /v1/merchants/current`.

use serde::Serialize;

use crate::id::MerchantId;
use crate::timestamp::Timestamp;

/// The merchant that a key belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// Its name, as payers see it.
    pub name: String,
    /// Whether it may take real money.
    pub live_mode_enabled: bool,
    /// Domains that payers may be returned to, besides a session's own origin.
    pub allowed_redirect_domains: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
}
