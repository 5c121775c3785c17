//! What a case is.

use serde::Serialize;

use crate::act::{Act, Place};

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Nothing fails.
    Ways,
    /// The card answers natively.
    Native,
    /// The bank asks otherwise than for a code.
    Asking,
    /// The bank fails.
    Bank,
    /// The acquirer, or its notifications, fail.
    Acquirer,
    /// The merchant's page or the browser forbids something.
    Page,
    /// The payer closes things.
    Closing,
    /// The page is loaded anew, or takes the checkout away.
    Lifecycle,
    /// The network goes.
    Network,
    /// Two tabs on one session.
    Tabs,
    /// Somebody takes too long, or never comes back.
    Time,
}

impl Group {
    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ways => "Nothing fails",
            Self::Native => "The card answers natively",
            Self::Asking => "The bank asks in other ways",
            Self::Bank => "The bank fails",
            Self::Acquirer => "The acquirer fails",
            Self::Page => "The page or the browser forbids something",
            Self::Closing => "The payer closes things",
            Self::Lifecycle => "The page goes in the middle",
            Self::Network => "The network goes in the middle",
            Self::Tabs => "Two tabs on one session",
            Self::Time => "Somebody takes too long",
        }
    }
}

/// How the merchant's page is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MerchantPage {
    /// As any page.
    Plain,
    /// With `Cross-Origin-Opener-Policy: same-origin`.
    OpenerPolicy,
    /// With that and `Cross-Origin-Embedder-Policy: require-corp`.
    Isolated,
    /// In a frame of the merchant's whose `sandbox` allows no windows.
    Sandboxed,
}

/// What must have become of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Paid, and the amount charged once.
    Paid,
    /// Not paid, and nothing is charged.
    Unpaid,
    /// The same, and its session cannot be paid any more.
    Expired,
}

/// One case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name, in addresses and reports.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// What goes wrong, in a sentence.
    pub about: &'static str,
    /// A number of the sandbox's table.
    pub card: &'static str,
    /// Where the bank shall be seen first; the element's `three-ds`.
    pub three_ds: Place,
    /// How the merchant's page is served.
    pub page: MerchantPage,
    /// Faults of the sandbox as `POST /faults` takes them; empty for none.
    pub faults: &'static str,
    /// What is done.
    pub acts: &'static [Act],
    /// The endings that the page hears, in order: an event's name, and an error's code behind it.
    pub endings: &'static [&'static str],
    /// What must have become of the order.
    pub fate: Fate,
    /// By how much the checkout's time limits are divided, where nobody wants to wait for them.
    pub time_divisor: u32,
}

impl Case {
    /// The element's `three-ds`.
    #[must_use]
    pub const fn surface(&self) -> &'static str {
        match self.three_ds {
            Place::Window => "popup",
            Place::Overlay => "inline",
            Place::Page => "redirect",
        }
    }

    /// The steps in words.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.acts.iter().map(|act| act.sentence())
    }

    /// Whether it can be played on any page with the checkout: nothing in it needs the lab's own page, shorter time
    /// limits, or a page that is there again afterwards.
    #[must_use]
    pub fn plays_anywhere(&self) -> bool {
        let anywhere = |act: &Act| {
            !matches!(
                act,
                Act::SeeBank(Place::Page)
                    | Act::Reload
                    | Act::GoBackInBrowser
                    | Act::Unmount
                    | Act::Mount
                    | Act::Disconnect
                    | Act::Connect
                    | Act::Charged
                    | Act::SecondTab
                    | Act::FirstTab
            )
        };
        self.page == MerchantPage::Plain && self.time_divisor == 1 && self.acts.iter().all(anywhere)
    }

    /// Whether a browser's network must be cut in it.
    #[must_use]
    pub fn cuts_network(&self) -> bool {
        self.acts.contains(&Act::Disconnect)
    }
}

/// A card that the bank asks for.
pub(crate) const CHALLENGED: &str = "4000 0025 0000 3155";
/// The bank looks at the browser, then asks.
pub(crate) const LOOKED_AND_ASKED: &str = "4000 0035 2000 0809";
/// The bank's look at the browser never ends, and it asks.
pub(crate) const LOOKED_AT_IN_VAIN: &str = "4000 0035 2000 0601";
/// Nobody asks.
pub(crate) const GOOD: &str = "4242 4242 4242 4242";
/// What a paid order's page hears.
pub(crate) const COMPLETE: &[&str] = &["borga-complete"];

/// What a page hears whose payer leaves the bank and pays otherwise.
pub(crate) const LEFT_THEN_PAID: &[&str] = &["borga-error challenge_abandoned", "borga-complete"];

/// The payer passes, nothing leads back, and the payer closes the window and pays with another card.
pub(crate) const ANSWERED_IN_VAIN: &[Act] = &[
    Act::Pay,
    Act::SeeBank(Place::Window),
    Act::Pass,
    Act::CloseBank,
    Act::TryAgain,
    Act::See("ready"),
    Act::PayWithGoodCard,
];

/// What most cases are: the bank asks in a window, nothing else is special, and the order is paid.
pub(crate) const IN_A_WINDOW: Case = Case {
    name: "",
    group: Group::Ways,
    about: "",
    card: CHALLENGED,
    three_ds: Place::Window,
    page: MerchantPage::Plain,
    faults: "",
    acts: &[
        Act::Pay,
        Act::SeeBank(Place::Window),
        Act::Pass,
        Act::WindowCloses,
    ],
    endings: COMPLETE,
    fate: Fate::Paid,
    time_divisor: 1,
};

/// The same over the page.
pub(crate) const OVER_THE_PAGE: Case = Case {
    three_ds: Place::Overlay,
    acts: &[Act::Pay, Act::SeeBank(Place::Overlay), Act::Pass],
    ..IN_A_WINDOW
};

/// The same in place of the page.
pub(crate) const IN_ITS_PLACE: Case = Case {
    three_ds: Place::Page,
    acts: &[Act::Pay, Act::SeeBank(Place::Page), Act::Pass],
    ..IN_A_WINDOW
};

/// The same without a bank.
pub(crate) const WITHOUT_A_BANK: Case = Case {
    card: GOOD,
    acts: &[Act::Pay],
    ..IN_A_WINDOW
};
