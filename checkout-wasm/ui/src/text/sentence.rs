//! What can be said. The order is the one in which the words of a language travel.

macro_rules! sentences {
    ($($(#[$about:meta])+ $name:ident,)+) => {
        /// One sentence, label or word that a payer reads. Names in braces are filled in; `|` stands between plural forms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Sentence {
            $($(#[$about])+ $name,)+
        }

        impl Sentence {
            /// Every sentence, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

sentences! {
    /// What the frame's document is called.
    DocumentTitle,
    /// Label of the card number.
    Number,
    /// Label of the expiry date.
    Expiry,
    /// Example of an expiry date.
    ExpiryExample,
    /// Label of the security code.
    Code,
    /// Label of the name on the card.
    Name,
    /// Label of the e-mail address.
    Email,
    /// Label of the choice between the brands of a card that has two.
    Brand,
    /// Above the saved cards.
    ChooseCard,
    /// A card whose brand we have no name for.
    Card,
    /// The choice of typing another card.
    AnotherCard,
    /// Before the last month of a saved card, once it is over.
    ExpiredOn,
    /// On the button that takes a saved card away: what it does, to which `{card}`.
    RemoveCard,
    /// On the same button once it was pressed.
    RemoveSurely,
    /// Said when the card is gone.
    Removed,
    /// Said when it could not be taken away.
    RemoveFailed,
    /// Beside the box that lets the `{merchant}` keep the card.
    SaveCard,
    /// What a tick in that box means.
    SavingMeans,
    /// On the button, with the `{amount}`.
    Pay,
    /// On the button while the card is on its way.
    Contacting,
    /// Under the button until the session is there.
    Loading,
    /// Under the button afterwards.
    Encrypted,
    /// Badge of test mode.
    TestMode,
    /// What stands before the amount at the top.
    ToPay,
    /// When the program could not be loaded.
    LoadFailed,
    /// When the form is not inside a shop's page.
    NotEmbedded,
    /// Above the form after the payer cancelled.
    Canceled,
    /// While there is no network and nothing is under way.
    Offline,
    /// While there is no network and a payment is under way.
    OfflineWaiting,
    /// On the button that asks the shop for a new session.
    StartAgain,
    /// On it while the shop is asked.
    StartingAgain,
    /// When the shop gave none.
    StartAgainFailed,

    /// The number is missing.
    NumberEmpty,
    /// Digits of the number are missing.
    NumberIncomplete,
    /// The number cannot be right.
    NumberWrong,
    /// The expiry date is missing.
    ExpiryEmpty,
    /// Month or year is missing.
    ExpiryIncomplete,
    /// There is no such date.
    ExpiryWrong,
    /// The card has expired.
    ExpiryPast,
    /// The code is missing.
    CodeEmpty,
    /// Digits of the code are missing.
    CodeIncomplete,
    /// The code cannot be right.
    CodeWrong,
    /// The code has fewer or more digits than this card's, which has `{n}`.
    CodeDigits,
    /// The name is missing.
    NameEmpty,
    /// It is no name.
    NameWrong,
    /// The e-mail address is missing.
    EmailEmpty,
    /// It is no e-mail address.
    EmailWrong,

    /// A window is being opened.
    OpeningTitle,
    /// A window is being opened.
    OpeningText,
    /// A button offers to open the bank.
    OfferedTitle,
    /// A button offers to open the bank.
    OfferedText,
    /// The payer is at the bank.
    OpenTitle,
    /// The payer is at the bank.
    OpenText,
    /// The bank's window seems closed.
    LeftTitle,
    /// The bank's window seems closed.
    LeftText,
    /// The whole page goes to the bank.
    RedirectingTitle,
    /// The whole page goes to the bank.
    RedirectingText,
    /// The challenge is being given up.
    LeavingTitle,
    /// The challenge is being given up.
    LeavingText,
    /// The acquirer is at work.
    ProcessingTitle,
    /// The acquirer is at work.
    ProcessingText,
    /// The outcome is not known yet.
    UnknownTitle,
    /// The outcome is not known yet.
    UnknownText,
    /// Paid.
    PaidTitle,
    /// That the `{amount}` was paid to the `{merchant}`.
    PaidText,
    /// The session's time is over.
    ExpiredTitle,
    /// The session's time is over.
    ExpiredText,
    /// The session cannot be used; the text is the code's advice.
    BrokenTitle,
    /// How the session stands could not be asked; the text is the network's advice.
    NoConnectionTitle,
    /// On the button that opens the bank.
    ContinueToBank,
    /// On the button that goes back to the bank's window.
    FinishAtBank,
    /// On the link that takes the whole page to the bank.
    GoToBank,
    /// On the button that gives the challenge up for another try.
    TryAgain,
    /// On the button that gives the challenge up.
    Cancel,

    /// Another card, or a word with the bank.
    Declined,
    /// Another card: this one has not enough money.
    NotEnoughMoney,
    /// Another card, or later: this one is at its limit.
    LimitReached,
    /// Correct the date, or another card.
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
