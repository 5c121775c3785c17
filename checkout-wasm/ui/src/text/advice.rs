//! What a payer can do about each error: many codes, few ways on.
//! The reasons behind some codes (a card reported lost) must never show.

use checkout_protocol::error_code::ErrorCode;

/// A way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Advice {
    /// Another card, or a word with the bank.
    Declined,
    /// Another card: this one has not enough money.
    NotEnoughMoney,
    /// Another card, or later: this one is at its limit.
    LimitReached,
    /// Another card: this one is too old.
    CardExpired,
    /// Correct the code.
    WrongCode,
    /// Correct the number.
    WrongNumber,
    /// Another card: this kind is not taken.
    CardNotSupported,
    /// Another card: this one is not saved any more.
    SavedCardGone,
    /// Again in a moment: the bank did not answer.
    BankUnreachable,
    /// Again in a moment: we could not.
    OurSide,
    /// Again, or another card: the bank was not convinced.
    NotConfirmed,
    /// Another card: the bank refused for good.
    ConfirmationRejected,
    /// Again whenever they like: they cancelled at the bank.
    CanceledAtBank,
    /// Again: the bank's question was left unanswered.
    ConfirmationLeft,
    /// A test card.
    TestCard,
    /// Finish elsewhere, or wait.
    AnotherUnderWay,
    /// Back to the shop: too often.
    TooManyTries,
    /// Another browser.
    OtherBrowser,
    /// The network.
    Network,
    /// Back to the shop: time is over.
    TimeOver,
    /// Back to the shop.
    StartOver,
}

impl Advice {
    /// The way on after `code`.
    #[must_use]
    pub const fn after(code: ErrorCode) -> Self {
        use ErrorCode as Code;
        match code {
            // Lost and stolen look like any decline: whoever holds the card must not learn it here.
            Code::CardDeclined | Code::LostCard | Code::StolenCard => Self::Declined,
            Code::InsufficientFunds => Self::NotEnoughMoney,
            Code::VelocityExceeded => Self::LimitReached,
            Code::ExpiredCard => Self::CardExpired,
            Code::IncorrectCvc => Self::WrongCode,
            Code::IncorrectNumber => Self::WrongNumber,
            Code::CardNotSupported => Self::CardNotSupported,
            Code::PaymentMethodNotUsable => Self::SavedCardGone,
            Code::IssuerUnavailable | Code::AuthenticationUnavailable => Self::BankUnreachable,
            Code::ProcessingError
            | Code::CardPaymentSessionFailed
            | Code::InvalidCardData
            | Code::RateLimited
            | Code::TryAgain
            | Code::InternalError => Self::OurSide,
            Code::AuthenticationFailed | Code::AuthenticationRequired => Self::NotConfirmed,
            Code::AuthenticationRejected => Self::ConfirmationRejected,
            Code::AuthenticationCancelled => Self::CanceledAtBank,
            Code::ChallengeAbandoned | Code::ChallengeNotFound | Code::ChallengeMoved => {
                Self::ConfirmationLeft
            }
            Code::TestmodeUseTestCard => Self::TestCard,
            Code::AttemptInProgress | Code::TooLate => Self::AnotherUnderWay,
            Code::TooManyAttempts => Self::TooManyTries,
            Code::EncryptionFailed | Code::WasmFailed => Self::OtherBrowser,
            Code::NetworkError | Code::FrameTimeout => Self::Network,
            Code::SessionExpired => Self::TimeOver,
            // The shop's or our own mistakes: the payer can only begin again.
            Code::MissingApiKey
            | Code::InvalidApiKey
            | Code::InvalidClientSecret
            | Code::PublishableKeyNotAllowed
            | Code::SecretKeyInBrowser
            | Code::LiveModeNotEnabled
            | Code::InsufficientPermissions
            | Code::OriginNotAllowed
            | Code::MissingOrigin
            | Code::MissingRedirectUrls
            | Code::RedirectUrlNotAllowed
            | Code::InvalidJson
            | Code::UnknownParameter
            | Code::MissingParameter
            | Code::InvalidParameter
            | Code::InvalidAmount
            | Code::UnsupportedCurrency
            | Code::BankInvoiceNotEnabled
            | Code::AccountingLinkRequired
            | Code::ProviderNoBankInvoice
            | Code::InvalidKennitala
            | Code::KennitalaLocked
            | Code::CustomerEmailLocked
            | Code::PaymentNotRefundable
            | Code::RefundExceedsCapture
            | Code::PollDisabled
            | Code::InvalidIdempotencyKey
            | Code::IdempotencyKeyReused
            | Code::IdempotencyKeyInUse
            | Code::ResourceNotFound
            | Code::RouteNotFound
            | Code::MethodNotAllowed
            | Code::PayloadTooLarge
            | Code::UnsupportedMediaType
            | Code::SessionNotFound
            | Code::SessionNotOpen
            | Code::InvalidSignature
            | Code::FrameRefused => Self::StartOver,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{en, is};

    #[test]
    fn every_code_has_a_sentence_in_both_languages_that_says_what_to_do() {
        for code in ErrorCode::ALL {
            for text in [&is::TEXT, &en::TEXT] {
                let sentence = (text.advice)(Advice::after(*code));
                assert!(
                    sentence.ends_with('.') && sentence.len() > 20,
                    "{code:?}: {sentence}"
                );
            }
        }
    }

    #[test]
    fn a_lost_or_stolen_card_reads_like_any_decline() {
        for code in [ErrorCode::LostCard, ErrorCode::StolenCard] {
            assert_eq!(Advice::after(code), Advice::after(ErrorCode::CardDeclined));
        }
    }

    #[test]
    fn no_sentence_stands_in_both_languages() {
        for code in ErrorCode::ALL {
            let advice = Advice::after(*code);
            assert_ne!((is::TEXT.advice)(advice), (en::TEXT.advice)(advice));
        }
    }
}
