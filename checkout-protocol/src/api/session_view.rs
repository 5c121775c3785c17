//! What the frame learns of a session, and how it pays: the bodies under `/public/payment_sessions/{id}`.

use serde::{Deserialize, Serialize};

use crate::api::payment_session::SessionStatus;
use crate::card::brand::Brand;
use crate::error_code::ErrorCode;
use crate::money::Currency;

/// The session as its payer's frame sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// `ps_…`
    pub id: String,
    /// Where it stands.
    pub status: SessionStatus,
    /// Rises with every change; a long poll names the last one it saw.
    pub version: u64,
    /// `pay_…`
    pub payment: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    /// ISO 4217.
    pub currency: Currency,
    /// The payer's e-mail address when the merchant fixed it.
    pub customer_email: Option<String>,
    /// Whether the payer is asked for it when the merchant did not.
    pub asks_email: bool,
    /// Milliseconds until it expires, by the server's clock; 0 when it is over.
    pub expires_in_ms: u64,
    /// The newest attempt, if there was one.
    pub last_attempt: Option<AttemptView>,
    /// Cards that the session's customer saved before, the default one first.
    pub saved_cards: Vec<SavedCard>,
    /// Whether a saved card is charged only with its security code, typed anew.
    pub asks_saved_card_code: bool,
    /// Whether the payer is asked to let the merchant keep the card.
    pub offers_saving: bool,
}

/// A card that can be charged without typing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    /// `pm_…`
    pub id: String,
    /// The brand by the acquirer's name: `visa`, `mc`, `amex` and more to come.
    pub brand: Option<String>,
    /// The number's last four digits.
    pub last4: Option<String>,
    /// 1 to 12.
    pub exp_month: Option<u8>,
    /// All four digits.
    pub exp_year: Option<u16>,
}

/// One attempt, by the id that the frame minted for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    /// The frame's id.
    pub attempt_id: String,
    /// Where it stands.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Where an attempt stands, in the frame's terms; also the answer to `confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// The acquirer has it; ask again.
    Processing,
    /// The issuer wants the payer.
    RequiresAction {
        /// What to open.
        challenge: ChallengeView,
    },
    /// Paid.
    Succeeded,
    /// Declined. The session stays open when `retryable`.
    Failed {
        /// Why.
        code: ErrorCode,
        /// Whether the payer may try again here.
        retryable: bool,
    },
    /// Left by the payer.
    Abandoned,
    /// The acquirer gave no usable answer; it is being asked.
    Unknown,
}

/// An open step of 3-D Secure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeView {
    /// `chl_…`; one payment's steps share it.
    pub id: String,
    /// What the step is.
    #[serde(default)]
    pub kind: ChallengeKind,
    /// The start page, without its nonce.
    pub url: String,
    /// Whether a start page has claimed it, so that the payer is at the bank.
    pub opened: bool,
    /// Milliseconds until we stop waiting for the bank.
    pub expires_in_ms: u64,
}

/// What the issuer wants of the payer's browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChallengeKind {
    /// A look at the browser in a hidden frame (EMV 3-D Secure: the 3DS Method). The payer has nothing to do.
    Fingerprint,
    /// The payer meets the bank, whose page our start page reaches by itself (EMV 3-D Secure: `CReq`).
    Challenge,
    /// The payer meets the bank by way of the acquirer's page. Every server before fingerprints means this.
    #[default]
    Redirect,
}

impl ChallengeKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Fingerprint, Self::Challenge, Self::Redirect];

    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fingerprint => "fingerprint",
            Self::Challenge => "challenge",
            Self::Redirect => "redirect",
        }
    }

    /// The kind that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// `POST …/confirm`.
#[derive(Clone, Serialize, Deserialize)]
pub struct Confirm {
    /// Minted by the frame on the press of Pay; the same id is the same attempt.
    pub attempt_id: String,
    /// The card as a compact JWE to the acquirer's key; exactly one of this and `payment_method`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted_card: Option<String>,
    /// Which brand of a typed card that has two the payer chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    /// `pm_…`: a saved card instead of a typed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// The saved card's security code as a compact JWE to the acquirer's key, where the session asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted_security_code: Option<String>,
    /// The payer ticked the box: the merchant may keep the card.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub save_card: bool,
    /// The payer's e-mail address, where the session does not fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What 3-D Secure wants to know of the browser.
    pub browser: Browser,
}

/// Browser data of the authentication request (EMV 3-D Secure), as far as a script knows it; address, accept header
/// and user agent are taken from the request itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// Bits per pixel, one of the values the standard lists.
    pub color_depth: u8,
    /// BCP 47.
    pub language: String,
    /// Pixels of the whole screen.
    pub screen_width: u32,
    /// Pixels of the whole screen.
    pub screen_height: u32,
    /// Minutes: UTC minus local time, as `Date.getTimezoneOffset()`.
    pub time_zone_offset: i32,
    /// Whether Java is enabled.
    pub java_enabled: bool,
}

impl Browser {
    /// The listed colour depth nearest below what a screen reports: 30, as Apple's displays have it, is sent as 24.
    #[must_use]
    pub fn listed_color_depth(reported: u32) -> u8 {
        const LISTED: [u8; 8] = [48, 32, 24, 16, 15, 8, 4, 1];
        LISTED
            .into_iter()
            .find(|depth| u32::from(*depth) <= reported)
            .unwrap_or(24)
    }
}

/// `POST …/challenges/{id}/surface`: where the payer will meet the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surface {
    /// Where the payer will see the bank's page.
    pub surface: SurfaceKind,
    /// Minted by the frame for this opening; the newest wins until the payer has left for the bank.
    pub nonce: String,
    /// The merchant page's URL, for the way back when the session has no `return_url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_url: Option<String>,
    /// How large the second frame is; a popup and a redirect are always the whole screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_size: Option<WindowSize>,
}

/// Sizes that a bank's page is made for, in CSS pixels (EMV 3-D Secure: `challengeWindowSize`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
pub enum WindowSize {
    /// 250 × 400.
    #[serde(rename = "01")]
    S250x400,
    /// 390 × 400.
    #[serde(rename = "02")]
    S390x400,
    /// 500 × 600.
    #[serde(rename = "03")]
    S500x600,
    /// 600 × 400.
    #[serde(rename = "04")]
    S600x400,
    /// The whole screen.
    #[serde(rename = "05")]
    Full,
}

impl WindowSize {
    /// Every size.
    pub const ALL: [Self; 5] = [
        Self::S250x400,
        Self::S390x400,
        Self::S500x600,
        Self::S600x400,
        Self::Full,
    ];

    /// The standard's code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S250x400 => "01",
            Self::S390x400 => "02",
            Self::S500x600 => "03",
            Self::S600x400 => "04",
            Self::Full => "05",
        }
    }

    /// The size that the standard's code means.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.as_str() == text)
    }
}

/// Where a challenge is shown first, by the page's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum SurfaceKind {
    /// A window of its own.
    Popup,
    /// The merchant's whole page.
    Redirect,
    /// A frame that the merchant's page lays over itself.
    Inline,
}

impl SurfaceKind {
    /// Every surface.
    pub const ALL: [Self; 3] = [Self::Popup, Self::Redirect, Self::Inline];

    /// Its name in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Popup => "popup",
            Self::Redirect => "redirect",
            Self::Inline => "inline",
        }
    }

    /// The surface that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The acquirer's public key, as a JSON Web Key (RFC 7517).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardKey {
    /// `RSA`.
    pub kty: String,
    /// Modulus, base64url.
    pub n: String,
    /// Exponent, base64url.
    pub e: String,
    /// Which key it is; named in every JWE.
    pub kid: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_colour_depths_are_rounded_down() {
        for (reported, listed) in [
            (30, 24),
            (24, 24),
            (32, 32),
            (36, 32),
            (1, 1),
            (0, 24),
            (64, 48),
        ] {
            assert_eq!(Browser::listed_color_depth(reported), listed);
        }
    }
}
