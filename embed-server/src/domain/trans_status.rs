//! What an authentication came to, and whether a charge may stand on it.

use checkout_protocol::error_code::ErrorCode;
use serde::{Deserialize, Serialize};

/// The outcome of an authentication (EMV 3-D Secure: `transStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TransStatus {
    /// Authenticated, with a challenge or without.
    #[serde(rename = "Y")]
    Authenticated,
    /// Attempted: the issuer takes no part and stands in for it.
    #[serde(rename = "A")]
    Attempted,
    /// Could not be performed.
    #[serde(rename = "U")]
    Unavailable,
    /// Not authenticated.
    #[serde(rename = "N")]
    NotAuthenticated,
    /// The issuer rejects it and asks that no authorisation be tried.
    #[serde(rename = "R")]
    Rejected,
    /// A challenge is required, and was not done.
    #[serde(rename = "C")]
    ChallengeRequired,
    /// The issuer authenticates elsewhere and tells later.
    #[serde(rename = "D")]
    Decoupled,
    /// For information only: a preference was acknowledged.
    #[serde(rename = "I")]
    Informational,
    /// Secure Payment Confirmation is asked for, which we do not speak.
    #[serde(rename = "S")]
    PaymentConfirmation,
}

/// Whether a payment that could not be authenticated may stand (setting `accept_unavailable_authentication`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenUnavailable {
    /// It is refused: the merchant would bear the risk, and Iceland asks for strong authentication.
    Refuse,
    /// It is accepted, without a shift of liability.
    Accept,
}

impl TransStatus {
    /// Every status of the standard.
    pub const ALL: [Self; 9] = [
        Self::Authenticated,
        Self::Attempted,
        Self::Unavailable,
        Self::NotAuthenticated,
        Self::Rejected,
        Self::ChallengeRequired,
        Self::Decoupled,
        Self::Informational,
        Self::PaymentConfirmation,
    ];

    /// The standard's letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticated => "Y",
            Self::Attempted => "A",
            Self::Unavailable => "U",
            Self::NotAuthenticated => "N",
            Self::Rejected => "R",
            Self::ChallengeRequired => "C",
            Self::Decoupled => "D",
            Self::Informational => "I",
            Self::PaymentConfirmation => "S",
        }
    }

    /// The status that the letter means.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether a charge may stand on it.
    ///
    /// # Errors
    ///
    /// What the payer is told when it may not.
    pub const fn may_charge(self, when_unavailable: WhenUnavailable) -> Result<(), ErrorCode> {
        match (self, when_unavailable) {
            (Self::Authenticated | Self::Attempted, _)
            | (Self::Unavailable, WhenUnavailable::Accept) => Ok(()),
            (Self::Unavailable, WhenUnavailable::Refuse) => {
                Err(ErrorCode::AuthenticationUnavailable)
            }
            (Self::Rejected, _) => Err(ErrorCode::AuthenticationRejected),
            (
                Self::NotAuthenticated
                | Self::ChallengeRequired
                | Self::Decoupled
                | Self::Informational
                | Self::PaymentConfirmation,
                _,
            ) => Err(ErrorCode::AuthenticationFailed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_y_and_a_charge_and_u_by_the_setting() {
        for status in TransStatus::ALL {
            let always = matches!(status.as_str(), "Y" | "A");
            let accepted = always || status.as_str() == "U";
            let refused = status.may_charge(WhenUnavailable::Refuse);
            assert_eq!(refused.is_ok(), always, "{status:?}");
            let lenient = status.may_charge(WhenUnavailable::Accept);
            assert_eq!(lenient.is_ok(), accepted, "{status:?}");
        }
    }

    #[test]
    fn letters_are_read_again_and_others_are_none() {
        for status in TransStatus::ALL {
            assert_eq!(TransStatus::from_text(status.as_str()), Some(status));
        }
        for other in ["", "y", "YY", "X", "Ý"] {
            assert_eq!(TransStatus::from_text(other), None);
        }
    }
}
