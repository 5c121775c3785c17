//! What is done in a case, one step after the other.

/// Where the payer meets the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a window of its own.
    Window,
    /// Over the merchant's page.
    Overlay,
    /// In place of the merchant's page.
    Page,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The payer types the card of the case and presses Pay.
    Pay,
    /// The payer types another card, which needs no bank, and presses Pay.
    PayWithGoodCard,
    /// The same, if the form is still there: a tab may have heard that the order is paid.
    PayIfAsked,
    /// The payer presses Pay again, with what stands in the form.
    PayAgain,
    /// The payer waits for the bank's page and goes there.
    SeeBank(Place),
    /// The bank cannot be reached in its window; the payer sees that.
    SeeBrokenBank,
    /// The payer types what the bank has sent.
    Pass,
    /// The payer types something else, until the bank gives up.
    Fail,
    /// At the bank, the payer chooses to be asked by its app.
    ChooseApp,
    /// At the bank, the payer chooses to be asked for a code.
    ChooseCode,
    /// The payer takes the phone with the bank's app.
    OpenPhone,
    /// The payer approves there.
    Approve,
    /// The payer refuses there.
    Refuse,
    /// The payer presses Cancel at the bank.
    CancelAtBank,
    /// The bank's window closes by itself.
    WindowCloses,
    /// The payer closes the bank's window, or what lies over the page, and goes back to the page.
    CloseBank,
    /// The payer goes back to the page, and the bank stays open.
    GoBackToPage,
    /// The payer goes to the bank's window, which is still open.
    GoToBankWindow,
    /// The payer presses *Continue to your bank*.
    Continue,
    /// The checkout offers *Finish at your bank*.
    SeeFinishAtBank,
    /// The payer presses *Finish at your bank*.
    FinishAtBank,
    /// The payer presses *Try again* in the checkout.
    TryAgain,
    /// The payer presses *Cancel* in the checkout.
    Cancel,
    /// The browser opens no windows from here on.
    BlockWindows,
    /// The payer goes back from the bank's page with the browser's own button.
    GoBackInBrowser,
    /// The payer loads the page anew.
    Reload,
    /// The page takes the checkout away.
    Unmount,
    /// The page puts it back.
    Mount,
    /// The browser does not reach the checkout any more.
    Disconnect,
    /// It does again.
    Connect,
    /// The acquirer and the bank work again.
    ClearFaults,
    /// The payer opens the page in a second tab and goes there.
    SecondTab,
    /// The payer goes back to the first tab.
    FirstTab,
    /// The checkout shows a phase, by its name in `borga-change`.
    See(&'static str),
    /// The acquirer has charged.
    Charged,
}

impl Act {
    /// What a person is told to do, or to wait for.
    #[must_use]
    pub fn sentence(self) -> String {
        let fixed = match self {
            Self::Pay => "Type the card, and press Pay.",
            Self::PayWithGoodCard => "Type 4242 4242 4242 4242, and press Pay.",
            Self::PayIfAsked => "Type the card, and press Pay, if the form is still there.",
            Self::PayAgain => "Press Pay again.",
            Self::SeeBank(Place::Window) => {
                "Wait for the bank's window; press Continue to your bank where the browser wants a press."
            }
            Self::SeeBank(Place::Overlay) => "Wait for the bank's page over this one.",
            Self::SeeBank(Place::Page) => "Wait for the bank's page in place of this one.",
            Self::SeeBrokenBank => {
                "Wait for the bank's window, in which there is no bank; press Continue to your bank where the browser wants a press."
            }
            Self::Pass => "Type 1234 at the bank, and confirm.",
            Self::Fail => "Type 1111 at the bank, and confirm.",
            Self::ChooseApp => "Press In the bank's app, at the bank.",
            Self::ChooseCode => "Press With a code by text message, at the bank.",
            Self::OpenPhone => "Press Open the phone at the bank, and come back to the bank.",
            Self::Approve => "Press Approve on the phone.",
            Self::Refuse => "Press Refuse on the phone.",
            Self::CancelAtBank => "Press Cancel at the bank.",
            Self::WindowCloses => "Wait until the bank's window closes by itself.",
            Self::CloseBank => "Close the bank's window, or what lies over the page.",
            Self::GoBackToPage => "Go back to this page and leave the bank open.",
            Self::GoToBankWindow => "Go to the bank's window.",
            Self::Continue => "Press Continue to your bank.",
            Self::SeeFinishAtBank => "Wait until the checkout offers Finish at your bank.",
            Self::FinishAtBank => "Press Finish at your bank.",
            Self::TryAgain => "Press Try again.",
            Self::Cancel => "Press Cancel in the checkout.",
            Self::BlockWindows => "Have the browser block windows of this page and of its frame.",
            Self::GoBackInBrowser => "Press the browser's Back until this page is there.",
            Self::Reload => "Load this page anew.",
            Self::Unmount => "Press Take the checkout away.",
            Self::Mount => "Press Put it back.",
            Self::Disconnect => "Cut the network between this browser and the checkout.",
            Self::Connect => "Connect it again.",
            Self::ClearFaults => "Press Mend acquirer and bank.",
            Self::SecondTab => "Open this page in a second tab, and go there.",
            Self::FirstTab => "Go back to the first tab.",
            Self::Charged => "Wait until the acquirer has charged.",
            Self::See(phase) => return format!("Wait until the checkout is “{phase}”."),
        };
        fixed.to_owned()
    }
}
