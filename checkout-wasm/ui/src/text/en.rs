//! English.

use super::Sentence;

/// Every sentence in English.
#[expect(clippy::too_many_lines, reason = "a language is a list")]
pub const fn say(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::DocumentTitle => "Secure card payment",
        S::Number => "Card number",
        S::Expiry => "Expiry date",
        S::ExpiryExample => "MM / YY",
        S::Code => "Security code",
        S::Name => "Name on card",
        S::Email => "E-mail address",
        S::Brand => "Your card has two brands. Pay with",
        S::ChooseCard => "Choose a card",
        S::Card => "Card",
        S::AnotherCard => "Another card",
        S::ExpiredOn => ", expired\u{a0}",
        S::RemoveCard => "Remove {card}",
        S::RemoveSurely => "Remove {card} for good?",
        S::Removed => "The card is removed.",
        S::RemoveFailed => "The card could not be removed. Try again in a moment.",
        S::SaveCard => "Save this card for my next purchases at {merchant}",
        S::SavingMeans => {
            "The shop can then charge this card for purchases you agree to later. It never sees the number, and you can remove the card here or ask the shop to do so at any time."
        }
        S::Pay => "Pay {amount}",
        S::Contacting => "Contacting your bank…",
        S::Loading => "Connecting securely…",
        S::Encrypted => "Your card details are encrypted.",
        S::TestMode => "Test mode",
        S::ToPay => "To pay",
        S::LoadFailed => {
            "The payment form could not be loaded. Check your connection and try again."
        }
        S::NotEmbedded => "This form only works inside a shop’s page. Go back to the shop to pay.",
        S::Canceled => "You cancelled. You have not been charged.",
        S::Offline => {
            "You are offline. What you typed stays here; you can pay when the connection is back."
        }
        S::OfflineWaiting => {
            "The connection is lost. Your payment goes on by itself as soon as it is back, and you will not be charged twice. Please keep this page open."
        }
        S::StartAgain => "Start again",
        S::StartingAgain => "Just a moment…",
        S::StartAgainFailed => {
            "The payment could not be started again from here. You have not been charged. Go back to the shop and start again."
        }

        S::NumberEmpty => "Enter your card number.",
        S::NumberIncomplete => "Enter the whole card number.",
        S::NumberWrong => "Check the card number: it is not right.",
        S::ExpiryEmpty => "Enter the expiry date.",
        S::ExpiryIncomplete => "Enter month and year, such as 04 / 29.",
        S::ExpiryWrong => "Check the expiry date: month and year as on the card.",
        S::ExpiryPast => "This card has expired. Use another one.",
        S::CodeEmpty => "Enter the security code.",
        S::CodeIncomplete => "Enter all digits of the security code.",
        S::CodeWrong => "Check the security code.",
        S::CodeDigits => {
            "This card’s security code has {n} digit.|This card’s security code has {n} digits."
        }
        S::NameEmpty => "Enter the name as it stands on the card.",
        S::NameWrong => "Enter the name on the card here.",
        S::EmailEmpty => "Enter your e-mail address.",
        S::EmailWrong => "Check the e-mail address: it should look like name@example.com.",

        S::OpeningTitle => "Your bank’s page is opening",
        S::OpeningText => "Your bank wants to make sure that it is you. This may take a moment.",
        S::OfferedTitle => "Your bank needs to confirm the payment",
        S::OfferedText => "Continue to your bank to confirm. You come back here afterwards.",
        S::OpenTitle | S::LeftTitle | S::FinishAtBank => "Finish at your bank",
        S::OpenText => {
            "Confirm the payment with your bank. This page continues by itself afterwards."
        }
        S::LeftText => {
            "The payment is not confirmed yet. Finish at your bank if it is still open, or try again."
        }
        S::RedirectingTitle => "Taking you to your bank",
        S::RedirectingText => "You will come back here once you have confirmed the payment.",
        S::LeavingTitle => "Just a moment…",
        S::LeavingText => "We are leaving your bank’s page.",
        S::ProcessingTitle => "Contacting your bank…",
        S::ProcessingText => "This usually takes a few seconds. Please keep this page open.",
        S::UnknownTitle => "We are still checking",
        S::UnknownText => {
            "Your bank has not answered yet. You will not be charged twice. Please do not pay again: the shop will know as soon as the outcome is clear."
        }
        S::PaidTitle => "Payment complete",
        S::PaidText => "You paid {amount} to {merchant}.",
        S::ExpiredTitle => "Time has run out",
        S::ExpiredText => {
            "You have not been charged, and what you typed is still here. You can start again."
        }
        S::BrokenTitle => "This payment cannot continue",
        S::NoConnectionTitle => "No connection",
        S::ContinueToBank => "Continue to your bank",
        S::GoToBank => "Go to your bank",
        S::TryAgain => "Try again",
        S::Cancel => "Cancel",

        S::Declined => "Your card was declined. Try another card, or contact your bank.",
        S::NotEnoughMoney => {
            "There is not enough money on this card. Try another card, or contact your bank."
        }
        S::LimitReached => "This card has reached its limit. Try another card, or try again later.",
        S::CardExpired => {
            "The card has expired, or its date is not right. Check the expiry date, or use another card."
        }
        S::WrongCode => "The security code is not right. Check it and try again.",
        S::WrongNumber => "The card number is not right. Check it and try again.",
        S::CardNotSupported => "This card cannot be used here. Try another card.",
        S::SavedCardGone => "This saved card can no longer be used. Choose another one.",
        S::BankUnreachable => {
            "Your bank could not be reached. You have not been charged. Try again in a moment."
        }
        S::OurSide => {
            "Something went wrong on our side. You have not been charged. Try again in a moment."
        }
        S::NotConfirmed => {
            "Your bank could not confirm that it was you. Try again, or use another card."
        }
        S::ConfirmationRejected => "Your bank refused the confirmation. Use another card.",
        S::CanceledAtBank => {
            "You cancelled at your bank. You have not been charged. Try again whenever you like."
        }
        S::ConfirmationLeft => {
            "The confirmation was not finished. You have not been charged. Try again."
        }
        S::TestCard => "Test mode takes test cards only.",
        S::AnotherUnderWay => {
            "Another payment for this order is under way, perhaps in another window. Finish it there, or try again in a moment."
        }
        S::TooManyTries => "There were too many tries. Go back to the shop and start again.",
        S::OtherBrowser => "This browser could not encrypt the card. Try another browser.",
        S::Network => "The connection was lost. Check your network and try again.",
        S::TimeOver => "Time has run out. Go back to the shop and start again.",
        S::StartOver => "This payment form no longer works. Go back to the shop and start again.",
    }
}
