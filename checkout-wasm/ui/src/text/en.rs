//! English.

use checkout_protocol::frame_message::{Field, FieldMistake};

use super::advice::Advice;
use super::{Panel, Panels, Text};

/// Every sentence in English.
pub static TEXT: Text = Text {
    number: "Card number",
    expiry: "Expiry date",
    expiry_example: "MM / YY",
    code: "Security code",
    name: "Name on card",
    choose_card: "Choose a card",
    card: "Card",
    another_card: "Another card",
    expired: ", expired\u{a0}",
    save_card,
    saving_means: "The shop can then charge this card for purchases you agree to later. It never sees the number, and you can ask it to remove the card at any time.",
    pay,
    contacting: "Contacting your bank…",
    loading: "Connecting securely…",
    encrypted: "Your card details are encrypted.",
    test_mode: "Test mode",
    to_pay: "To pay",
    load_failed: "The payment form could not be loaded. Check your connection and try again.",
    not_embedded: "This form only works inside a shop’s page. Go back to the shop to pay.",
    canceled: "You cancelled. You have not been charged.",
    mistake,
    advice,
    panel: Panels {
        opening: Panel {
            title: "Your bank’s window is opening",
            text: "Your bank wants to make sure that it is you. This may take a moment.",
        },
        offered: Panel {
            title: "Your bank needs to confirm the payment",
            text: "A new window will open where you can confirm with your bank.",
        },
        open: Panel {
            title: "Finish at your bank",
            text: "Confirm the payment in your bank’s window. This page continues by itself afterwards.",
        },
        left: Panel {
            title: "Finish at your bank",
            text: "The payment is not confirmed yet. Is your bank’s window still open?",
        },
        redirecting: Panel {
            title: "Taking you to your bank",
            text: "You will come back here once you have confirmed the payment.",
        },
        leaving: Panel {
            title: "Just a moment…",
            text: "We are leaving your bank’s page.",
        },
        processing: Panel {
            title: "Contacting your bank…",
            text: "This usually takes a few seconds. Please keep this page open.",
        },
        unknown: Panel {
            title: "We are still checking",
            text: "Your bank has not answered yet. You will not be charged twice. Please do not pay again: the shop will know as soon as the outcome is clear.",
        },
        paid_title: "Payment complete",
        paid,
        expired: Panel {
            title: "Time has run out",
            text: "You have not been charged. Go back to the shop and start again.",
        },
        broken_title: "This payment cannot continue",
    },
    continue_to_bank: "Continue to your bank",
    finish_at_bank: "Finish at your bank",
    go_to_bank: "Go to your bank",
    try_again: "Try again",
    cancel: "Cancel",
};

fn pay(amount: &str) -> String {
    format!("Pay {amount}")
}

fn save_card(merchant: &str) -> String {
    format!("Save this card for my next purchases at {merchant}")
}

fn paid(amount: &str, merchant: &str) -> String {
    format!("You paid {amount} to {merchant}.")
}

fn mistake(field: Field, mistake: FieldMistake) -> &'static str {
    use FieldMistake::{Empty, Incomplete, Invalid, Past};
    match (field, mistake) {
        (Field::Number, Empty) => "Enter your card number.",
        (Field::Number, Incomplete) => "Enter the whole card number.",
        (Field::Number, Invalid | Past) => "Check the card number: it is not right.",
        (Field::Expiry, Empty) => "Enter the expiry date.",
        (Field::Expiry, Incomplete) => "Enter month and year, such as 04 / 29.",
        (Field::Expiry, Invalid) => "Check the expiry date: month and year as on the card.",
        (Field::Expiry, Past) => "This card has expired. Use another one.",
        (Field::SecurityCode, Empty) => "Enter the security code.",
        (Field::SecurityCode, Incomplete) => "Enter all digits of the security code.",
        (Field::SecurityCode, Invalid | Past) => "Check the security code.",
        (Field::Name, Empty | Incomplete) => "Enter the name as it stands on the card.",
        (Field::Name, Invalid | Past) => "Enter the name on the card here.",
    }
}

fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Declined => "Your card was declined. Try another card, or contact your bank.",
        Advice::NotEnoughMoney => {
            "There is not enough money on this card. Try another card, or contact your bank."
        }
        Advice::LimitReached => {
            "This card has reached its limit. Try another card, or try again later."
        }
        Advice::CardExpired => "This card has expired. Use another card.",
        Advice::WrongCode => "The security code is not right. Check it and try again.",
        Advice::WrongNumber => "The card number is not right. Check it and try again.",
        Advice::CardNotSupported => "This card cannot be used here. Try another card.",
        Advice::SavedCardGone => "This saved card can no longer be used. Choose another one.",
        Advice::BankUnreachable => {
            "Your bank could not be reached. You have not been charged. Try again in a moment."
        }
        Advice::OurSide => {
            "Something went wrong on our side. You have not been charged. Try again in a moment."
        }
        Advice::NotConfirmed => {
            "Your bank could not confirm that it was you. Try again, or use another card."
        }
        Advice::ConfirmationRejected => "Your bank refused the confirmation. Use another card.",
        Advice::CanceledAtBank => {
            "You cancelled at your bank. You have not been charged. Try again whenever you like."
        }
        Advice::ConfirmationLeft => {
            "The confirmation was not finished. You have not been charged. Try again."
        }
        Advice::TestCard => "Test mode takes test cards only.",
        Advice::AnotherUnderWay => {
            "Another payment for this order is under way, perhaps in another window. Finish it there, or try again in a moment."
        }
        Advice::TooManyTries => "There were too many tries. Go back to the shop and start again.",
        Advice::OtherBrowser => "This browser could not encrypt the card. Try another browser.",
        Advice::Network => "The connection was lost. Check your network and try again.",
        Advice::TimeOver => "Time has run out. Go back to the shop and start again.",
        Advice::StartOver => {
            "This payment form no longer works. Go back to the shop and start again."
        }
    }
}
