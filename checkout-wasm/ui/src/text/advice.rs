//! What a payer can do about each error: many codes, few ways on.
//! The reasons behind some codes (a card reported lost) must never show.

use checkout_protocol::error_code::ErrorCode;

use super::Sentence;

/// The way on after `code`.
#[must_use]
pub const fn after(code: ErrorCode) -> Sentence {
    use ErrorCode as Code;
    match code {
        // Lost and stolen look like any decline: whoever holds the card must not learn it here.
        Code::CardDeclined | Code::LostCard | Code::StolenCard => Sentence::Declined,
        Code::InsufficientFunds => Sentence::NotEnoughMoney,
        Code::VelocityExceeded => Sentence::LimitReached,
        Code::ExpiredCard => Sentence::CardExpired,
        Code::IncorrectCvc => Sentence::WrongCode,
        Code::IncorrectNumber => Sentence::WrongNumber,
        Code::CardNotSupported => Sentence::CardNotSupported,
        Code::PaymentMethodNotUsable => Sentence::SavedCardGone,
        Code::IssuerUnavailable | Code::AuthenticationUnavailable => Sentence::BankUnreachable,
        Code::ProcessingError
        | Code::CardPaymentSessionFailed
        | Code::InvalidCardData
        | Code::RateLimited
        | Code::TryAgain
        | Code::InternalError => Sentence::OurSide,
        Code::AuthenticationFailed | Code::AuthenticationRequired => Sentence::NotConfirmed,
        Code::AuthenticationRejected => Sentence::ConfirmationRejected,
        Code::AuthenticationCancelled => Sentence::CanceledAtBank,
        Code::ChallengeAbandoned | Code::ChallengeNotFound | Code::ChallengeMoved => {
            Sentence::ConfirmationLeft
        }
        Code::TestmodeUseTestCard => Sentence::TestCard,
        Code::AttemptInProgress | Code::TooLate => Sentence::AnotherUnderWay,
        Code::TooManyAttempts => Sentence::TooManyTries,
        Code::EncryptionFailed | Code::WasmFailed => Sentence::OtherBrowser,
        Code::NetworkError | Code::FrameTimeout => Sentence::Network,
        Code::SessionExpired => Sentence::TimeOver,
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
        | Code::InvalidResumeToken
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
        | Code::FrameRefused => Sentence::StartOver,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Words;
    use checkout_protocol::locale::Locale;

    #[test]
    fn every_code_has_a_sentence_that_says_what_to_do_in_every_language() {
        for code in ErrorCode::ALL {
            for locale in Locale::ALL {
                let words = Words::of(locale);
                let sentence = words.say(after(*code));
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
            assert_eq!(after(code), after(ErrorCode::CardDeclined));
        }
    }
}
