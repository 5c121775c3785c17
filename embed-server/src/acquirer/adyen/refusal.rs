//! What Adyen's refusal reasons mean to a payer ("Refusal reasons", codes as text).

use checkout_protocol::error_code::ErrorCode;

use crate::domain::trans_status::TransStatus;

/// Our code for a refusal, by Adyen's code and the authentication's `transStatus` when there was one.
pub fn code(refusal_reason_code: Option<&str>, trans_status: Option<TransStatus>) -> ErrorCode {
    match (refusal_reason_code.unwrap_or_default(), trans_status) {
        ("11", status) => not_authenticated(status),
        ("42" | "39", status) => authentication_error(status),
        ("15" | "16", _) => ErrorCode::AuthenticationCancelled,
        ("38", _) => ErrorCode::AuthenticationRequired,
        ("29", _) => ErrorCode::VelocityExceeded,
        ("12" | "28", _) => ErrorCode::InsufficientFunds,
        ("6", _) => ErrorCode::ExpiredCard,
        ("8", _) => ErrorCode::IncorrectNumber,
        ("24", _) => ErrorCode::IncorrectCvc,
        ("10" | "23" | "25", _) => ErrorCode::CardNotSupported,
        ("9", _) => ErrorCode::IssuerUnavailable,
        ("4", _) => ErrorCode::ProcessingError,
        // Everything else, lost, stolen and suspected fraud among it, is only "declined" to the payer.
        _ => ErrorCode::CardDeclined,
    }
}

const fn not_authenticated(status: Option<TransStatus>) -> ErrorCode {
    match status {
        Some(TransStatus::Rejected) => ErrorCode::AuthenticationRejected,
        None
        | Some(
            TransStatus::Authenticated
            | TransStatus::Attempted
            | TransStatus::Unavailable
            | TransStatus::NotAuthenticated
            | TransStatus::ChallengeRequired
            | TransStatus::Decoupled
            | TransStatus::Informational
            | TransStatus::PaymentConfirmation,
        ) => ErrorCode::AuthenticationFailed,
    }
}

const fn authentication_error(status: Option<TransStatus>) -> ErrorCode {
    match status {
        None | Some(TransStatus::Unavailable) => ErrorCode::AuthenticationUnavailable,
        Some(
            TransStatus::Authenticated
            | TransStatus::Attempted
            | TransStatus::NotAuthenticated
            | TransStatus::Rejected
            | TransStatus::ChallengeRequired
            | TransStatus::Decoupled
            | TransStatus::Informational
            | TransStatus::PaymentConfirmation,
        ) => ErrorCode::AuthenticationFailed,
    }
}

/// Our code for a refusal of which only the text is known, as in notifications.
pub fn code_of_reason(reason: Option<&str>) -> ErrorCode {
    let reason_code = match reason.unwrap_or_default() {
        "Unlisted test card" => return ErrorCode::TestmodeUseTestCard,
        "Acquirer Error" => "4",
        "Expired Card" => "6",
        "Invalid Card Number" => "8",
        "Issuer Unavailable" => "9",
        "Not supported" => "10",
        "3D Not Authenticated" => "11",
        "Not enough balance" => "12",
        "Cancelled" | "Shopper Cancelled" => "16",
        "Transaction Not Permitted" => "23",
        "CVC Declined" => "24",
        "Restricted Card" => "25",
        "Withdrawal amount exceeded" => "28",
        "Withdrawal count exceeded" => "29",
        "Authentication required" => "38",
        "3DS Authentication Error" => "42",
        _ => "2",
    };
    code(Some(reason_code), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notifications_text_says_the_same_as_the_answers_code() {
        for (text, reason_code) in [
            ("Not enough balance", "12"),
            ("CVC Declined", "24"),
            ("Blocked Card", "5"),
            ("Shopper Cancelled", "16"),
        ] {
            assert_eq!(code_of_reason(Some(text)), code(Some(reason_code), None));
        }
        assert_eq!(code_of_reason(None), ErrorCode::CardDeclined);
    }

    #[test]
    fn refusals_say_what_the_payer_can_do() {
        for (reason, trans_status, expected) in [
            (Some("2"), None, ErrorCode::CardDeclined),
            (Some("5"), None, ErrorCode::CardDeclined),
            (Some("12"), None, ErrorCode::InsufficientFunds),
            (Some("12"), Some("Y"), ErrorCode::InsufficientFunds),
            (Some("29"), None, ErrorCode::VelocityExceeded),
            (Some("11"), Some("N"), ErrorCode::AuthenticationFailed),
            (Some("11"), Some("R"), ErrorCode::AuthenticationRejected),
            (Some("42"), Some("U"), ErrorCode::AuthenticationUnavailable),
            (Some("16"), Some("N"), ErrorCode::AuthenticationCancelled),
            (None, None, ErrorCode::CardDeclined),
        ] {
            let status = trans_status.and_then(TransStatus::from_text);
            assert_eq!(
                code(reason, status),
                expected,
                "{reason:?} {trans_status:?}"
            );
        }
    }
}
