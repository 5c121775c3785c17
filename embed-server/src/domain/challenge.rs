//! An open step of 3-D Secure: what the payer's browser is to do, and which opening of it counts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout_protocol::api::session_view::{ChallengeKind, ChallengeView, SurfaceKind, WindowSize};
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{AttemptId, ChallengeId, MerchantId, SessionId};
use checkout_protocol::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

/// What the issuer asks of the payer's browser, with what the acquirer wants to hear again when it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub step: Step,
    /// Never shown to a browser.
    pub acquirer_data: AcquirerData,
}

/// What the acquirer wants to hear again.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AcquirerData {
    /// Adyen: `paymentData`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_data: Option<String>,
    /// Adyen: `authorisationToken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorisation_token: Option<String>,
}

impl std::fmt::Debug for AcquirerData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AcquirerData").finish_non_exhaustive()
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The bank looks at the browser in a hidden frame (EMV 3-D Secure: the 3DS Method).
    Fingerprint {
        /// The bank's page; none when the bank wants no look.
        url: Option<String>,
        /// `threeDSServerTransID`.
        transaction: String,
    },
    /// The payer meets the bank.
    Challenge(ChallengeRequest),
    /// The payer meets the bank by way of the acquirer's page.
    Redirect(BankVisit),
}

impl Step {
    /// Its name.
    #[must_use]
    pub const fn kind(&self) -> ChallengeKind {
        match self {
            Self::Fingerprint { .. } => ChallengeKind::Fingerprint,
            Self::Challenge(_) => ChallengeKind::Challenge,
            Self::Redirect(_) => ChallengeKind::Redirect,
        }
    }
}

/// What a challenge request says (EMV 3-D Secure: `CReq`), but for the size of its window, which is known when it is
/// opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeRequest {
    /// The bank's page.
    pub url: String,
    /// `acsTransID`.
    pub acs_transaction: String,
    /// `threeDSServerTransID`.
    pub transaction: String,
    /// `messageVersion`.
    pub version: String,
}

impl ChallengeRequest {
    /// The message, as the bank's form field has it.
    #[must_use]
    pub fn creq(&self, size: WindowSize) -> String {
        let message = json!({
            "threeDSServerTransID": self.transaction,
            "acsTransID": self.acs_transaction,
            "messageVersion": self.version,
            "messageType": "CReq",
            "challengeWindowSize": size.as_str(),
        });
        URL_SAFE_NO_PAD.encode(message.to_string())
    }
}

/// How the payer's browser gets to the bank by way of the acquirer's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankVisit {
    /// `GET` or `POST`.
    pub method: VisitMethod,
    /// The page.
    pub url: String,
    /// Form fields of a POST.
    pub fields: Vec<(String, String)>,
}

/// What a start page does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// In a hidden frame of its own for a fingerprint, by itself for the others.
    pub kind: ChallengeKind,
    /// `GET` or `POST`.
    pub method: VisitMethod,
    /// Where.
    pub url: String,
    /// Form fields of a POST.
    pub fields: Vec<(String, String)>,
    /// How long a hidden frame may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_ms: Option<i64>,
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
    /// What is to be done, and what the acquirer wants to hear again.
    pub asked: Asked,
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
    /// Where it is.
    pub surface: SurfaceKind,
    /// What the start page must show.
    pub nonce: String,
    /// The merchant's page, for the way back.
    pub page_url: Option<Url>,
    /// How large the bank's page is shown.
    pub window_size: WindowSize,
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

    /// Whether `nonce` is that of the opening that counts.
    #[must_use]
    pub fn is_opened_by(&self, nonce: &str) -> bool {
        let opening = self.opening.as_ref();
        opening.is_some_and(|opening| opening.nonce == nonce)
    }

    /// The same after the issuer asked for another step: a window or a page that is there goes on with it, while a hidden
    /// frame cannot show it. Who comes back from the bank goes on, too, but may have gone: the frame may open it elsewhere.
    #[must_use]
    pub fn with_step(self, asked: Asked, expires_at: Timestamp) -> Self {
        // A replay of what led here: the payer may be at the bank already.
        if asked == self.asked {
            return self;
        }
        let (goes_on, is_there) = match (&self.asked.step, &self.opening) {
            (_, None) => (false, false),
            (Step::Fingerprint { .. }, Some(opening)) => match opening.surface {
                SurfaceKind::Popup | SurfaceKind::Redirect => (true, true),
                SurfaceKind::Inline => (false, false),
            },
            (Step::Challenge(_) | Step::Redirect(_), Some(_)) => (true, false),
        };
        Self {
            asked,
            opening: self.opening.filter(|_| goes_on),
            opened_at: self.opened_at.filter(|_| is_there),
            expires_at,
            ..self
        }
    }

    /// What the start page of the opening that counts does.
    #[must_use]
    pub fn way(&self, checkout_origin: &str, fingerprint_ms: i64) -> Way {
        let kind = self.asked.step.kind();
        let field = |name: &str, value: String| vec![(name.to_owned(), value)];
        match &self.asked.step {
            Step::Fingerprint { url, transaction } => {
                let data = json!({
                    "threeDSServerTransID": transaction,
                    "threeDSMethodNotificationURL": format!("{checkout_origin}/3ds/{}/method", self.id),
                });
                Way {
                    kind,
                    method: VisitMethod::Post,
                    url: url.clone().unwrap_or_default(),
                    fields: field(
                        "threeDSMethodData",
                        URL_SAFE_NO_PAD.encode(data.to_string()),
                    ),
                    limit_ms: Some(fingerprint_ms),
                }
            }
            Step::Challenge(request) => {
                let size = self
                    .opening
                    .as_ref()
                    .map_or(WindowSize::Full, |opening| opening.window_size);
                Way {
                    kind,
                    method: VisitMethod::Post,
                    url: request.url.clone(),
                    fields: field("creq", request.creq(size)),
                    limit_ms: None,
                }
            }
            Step::Redirect(visit) => Way {
                kind,
                method: visit.method,
                url: visit.url.clone(),
                fields: visit.fields.clone(),
                limit_ms: None,
            },
        }
    }

    /// As the frame sees it.
    #[must_use]
    pub fn view(&self, checkout_origin: &str, now: Timestamp) -> ChallengeView {
        ChallengeView {
            id: self.id.to_string(),
            kind: self.asked.step.kind(),
            url: format!("{checkout_origin}/3ds/{}", self.id),
            opened: self.opened_at.is_some(),
            expires_in_ms: u64::try_from(self.expires_at.0 - now.0).unwrap_or_default(),
        }
    }
}
