//! Every sentence that a payer reads, in every language.
//! The languages are complete because they are values of one type: a sentence that is missing does not compile.

use checkout_protocol::frame_message::{Field, FieldMistake};
use checkout_protocol::locale::Locale;

pub mod advice;
pub mod en;
pub mod is;

use advice::Advice;

/// The sentences of one language.
pub struct Text {
    /// Label of the card number.
    pub number: &'static str,
    /// Label of the expiry date.
    pub expiry: &'static str,
    /// Example of an expiry date.
    pub expiry_example: &'static str,
    /// Label of the security code.
    pub code: &'static str,
    /// Label of the name on the card.
    pub name: &'static str,
    /// Above the saved cards.
    pub choose_card: &'static str,
    /// A card whose brand we have no name for.
    pub card: &'static str,
    /// The choice of typing another card.
    pub another_card: &'static str,
    /// Before the last month of a saved card, once it is over.
    pub expired: &'static str,
    /// Beside the box that lets the merchant keep the card, with the merchant's name.
    pub save_card: fn(&str) -> String,
    /// What a tick in that box means.
    pub saving_means: &'static str,
    /// On the button, with the amount.
    pub pay: fn(&str) -> String,
    /// On the button while the card is on its way.
    pub contacting: &'static str,
    /// Under the button until the session is there.
    pub loading: &'static str,
    /// Under the button afterwards.
    pub encrypted: &'static str,
    /// Badge of test mode.
    pub test_mode: &'static str,
    /// What stands before the amount at the top.
    pub to_pay: &'static str,
    /// When the program could not be loaded.
    pub load_failed: &'static str,
    /// When the form is not inside a shop's page.
    pub not_embedded: &'static str,
    /// Above the form after the payer cancelled.
    pub canceled: &'static str,
    /// What a mistake is and how to mend it.
    pub mistake: fn(Field, FieldMistake) -> &'static str,
    /// What a payer can do about a refusal.
    pub advice: fn(Advice) -> &'static str,
    /// What stands in the form's place.
    pub panel: Panels,
    /// On the button that opens the bank.
    pub continue_to_bank: &'static str,
    /// On the button that goes back to the bank's window.
    pub finish_at_bank: &'static str,
    /// On the link that takes the whole page to the bank.
    pub go_to_bank: &'static str,
    /// On the button that gives the challenge up for another try.
    pub try_again: &'static str,
    /// On the button that gives the challenge up.
    pub cancel: &'static str,
}

/// What stands in the form's place, one for each scene.
pub struct Panels {
    /// The bank's window is being opened.
    pub opening: Panel,
    /// A button offers to open it.
    pub offered: Panel,
    /// The payer is at the bank.
    pub open: Panel,
    /// The bank's window seems closed.
    pub left: Panel,
    /// The whole page goes to the bank.
    pub redirecting: Panel,
    /// The challenge is being given up.
    pub leaving: Panel,
    /// The acquirer is at work.
    pub processing: Panel,
    /// The outcome is not known yet.
    pub unknown: Panel,
    /// Paid; the text is made by `paid`.
    pub paid_title: &'static str,
    /// What was paid to whom.
    pub paid: fn(&str, &str) -> String,
    /// The session's time is over.
    pub expired: Panel,
    /// The session cannot be used; the text is the code's advice.
    pub broken_title: &'static str,
}

/// A title, and what it means for the payer.
pub struct Panel {
    /// A few words.
    pub title: &'static str,
    /// A sentence or two.
    pub text: &'static str,
}

/// The sentences of `locale`.
#[must_use]
pub const fn of(locale: Locale) -> &'static Text {
    match locale {
        Locale::Is => &is::TEXT,
        Locale::En => &en::TEXT,
    }
}
