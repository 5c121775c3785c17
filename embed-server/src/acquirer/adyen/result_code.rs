//! Adyen's `resultCode`. A code that is not listed is no code at all: nothing is guessed from it.

/// What an answer says of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultCode {
    Authorised,
    Refused,
    Error,
    Cancelled,
    RedirectShopper,
    IdentifyShopper,
    ChallengeShopper,
    AuthenticationFinished,
    AuthenticationNotRequired,
    PartiallyAuthorised,
    Pending,
    Received,
    PresentToShopper,
    Success,
}

impl ResultCode {
    /// Every code of the contract.
    pub const ALL: [Self; 14] = [
        Self::Authorised,
        Self::Refused,
        Self::Error,
        Self::Cancelled,
        Self::RedirectShopper,
        Self::IdentifyShopper,
        Self::ChallengeShopper,
        Self::AuthenticationFinished,
        Self::AuthenticationNotRequired,
        Self::PartiallyAuthorised,
        Self::Pending,
        Self::Received,
        Self::PresentToShopper,
        Self::Success,
    ];

    /// As the contract writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorised => "Authorised",
            Self::Refused => "Refused",
            Self::Error => "Error",
            Self::Cancelled => "Cancelled",
            Self::RedirectShopper => "RedirectShopper",
            Self::IdentifyShopper => "IdentifyShopper",
            Self::ChallengeShopper => "ChallengeShopper",
            Self::AuthenticationFinished => "AuthenticationFinished",
            Self::AuthenticationNotRequired => "AuthenticationNotRequired",
            Self::PartiallyAuthorised => "PartiallyAuthorised",
            Self::Pending => "Pending",
            Self::Received => "Received",
            Self::PresentToShopper => "PresentToShopper",
            Self::Success => "Success",
        }
    }

    /// The code that `text` is.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}
