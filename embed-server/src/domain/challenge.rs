//! A 3-D Secure challenge: where the payer is to go, and which opening counts.

use checkout_protocol::api::session_view::{ChallengeView, SurfaceKind};
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{AttemptId, ChallengeId, MerchantId, SessionId};
use checkout_protocol::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// How the payer's browser gets to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankVisit {
    /// `GET` or `POST`.
    pub method: VisitMethod,
    /// The bank's page.
    pub url: String,
    /// Form fields of a POST.
    pub fields: Vec<(String, String)>,
}

/// How a browser requests the bank's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum VisitMethod {
    /// A navigation.
    Get,
    /// A form.
    Post,
}

impl VisitMethod {
    /// `GET` or `POST`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }

    /// The method that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "GET" => Some(Self::Get),
            "POST" => Some(Self::Post),
            _ => None,
        }
    }
}

/// A challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Test or live.
    pub mode: Mode,
    /// In which session.
    pub session_id: SessionId,
    /// Of which attempt.
    pub attempt_id: AttemptId,
    /// Where the payer is to go.
    pub visit: BankVisit,
    /// The opening that counts: the newest one the frame announced.
    pub opening: Option<Opening>,
    /// When a start page first claimed it and left for the bank. After that no other opening counts.
    pub opened_at: Option<Timestamp>,
    /// When we stop waiting for the bank.
    pub expires_at: Timestamp,
    /// Rises with every change of the row.
    pub version: i64,
}

/// One announced opening of the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Popup or redirect.
    pub surface: SurfaceKind,
    /// What the start page must show.
    pub nonce: String,
    /// The merchant's page, for the way back.
    pub page_url: Option<Url>,
}

/// What a start page that shows a nonce may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Go to the bank.
    Granted,
    /// Wait: the frame has not announced this opening yet.
    NotYet,
    /// Stop: the payer went on elsewhere.
    Elsewhere,
}

impl Challenge {
    /// What a start page with `nonce` may do.
    #[must_use]
    pub fn claim(&self, nonce: &str) -> Claim {
        match (&self.opening, self.opened_at) {
            // Also when it was granted before: the answer may have been lost, or the page was loaded again.
            (Some(opening), _) if opening.nonce == nonce => Claim::Granted,
            (_, Some(_)) => Claim::Elsewhere,
            (_, None) => Claim::NotYet,
        }
    }

    /// As the frame sees it.
    #[must_use]
    pub fn view(&self, checkout_origin: &str, now: Timestamp) -> ChallengeView {
        ChallengeView {
            id: self.id.to_string(),
            url: format!("{checkout_origin}/3ds/{}", self.id),
            opened: self.opened_at.is_some(),
            expires_in_ms: u64::try_from(self.expires_at.0 - now.0).unwrap_or_default(),
        }
    }
}
