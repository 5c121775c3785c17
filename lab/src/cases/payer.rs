//! What the payer, their browser and their network do in the middle.

use crate::act::{Act, Place};
use crate::case::{
    ANSWERED_IN_VAIN, Case, Fate, Group, IN_A_WINDOW, IN_ITS_PLACE, LEFT_THEN_PAID,
    LOOKED_AT_IN_VAIN, OVER_THE_PAGE, WITHOUT_A_BANK,
};
use crate::faults::{HELD, RETURN_LOST};

const fn in_a_window(group: Group) -> Case {
    Case {
        group,
        ..IN_A_WINDOW
    }
}
const CLOSING: Case = in_a_window(Group::Closing);
const LIFECYCLE: Case = in_a_window(Group::Lifecycle);
const NETWORK: Case = in_a_window(Group::Network);
const TABS: Case = in_a_window(Group::Tabs);
const TIME: Case = in_a_window(Group::Time);

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "popup-closed-then-finished",
        about: "The payer closes the bank's window, and opens it again.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::FinishAtBank,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        ..CLOSING
    },
    Case {
        name: "popup-closed-then-another-card",
        about: "The payer closes the bank's window, and takes another card.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..CLOSING
    },
    Case {
        name: "popup-closed-then-cancelled",
        about: "The payer closes the bank's window, and cancels.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::Cancel,
            Act::See("ready"),
        ],
        endings: &["borga-cancel"],
        fate: Fate::Unpaid,
        ..CLOSING
    },
    Case {
        name: "popup-closed-after-answer",
        about: "The payer has passed at the bank and closes its window before it leads back; nothing is charged, and another card pays.",
        faults: RETURN_LOST,
        acts: ANSWERED_IN_VAIN,
        endings: LEFT_THEN_PAID,
        ..CLOSING
    },
    Case {
        name: "overlay-closed-then-finished",
        about: "The payer closes what lies over the page, and opens it again.",
        three_ds: Place::Overlay,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::CloseBank,
            Act::FinishAtBank,
            Act::SeeBank(Place::Overlay),
            Act::Pass,
        ],
        ..CLOSING
    },
    Case {
        name: "overlay-closed-then-another-card",
        about: "The payer closes what lies over the page, and takes another card.",
        three_ds: Place::Overlay,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::CloseBank,
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..CLOSING
    },
    Case {
        name: "reload-while-paying",
        about: "The page is loaded anew while the acquirer works.",
        group: Group::Lifecycle,
        faults: HELD,
        acts: &[
            Act::Pay,
            Act::Charged,
            Act::Reload,
            Act::See("processing"),
            Act::ClearFaults,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "reload-at-bank-popup",
        about: "The page is loaded anew while the bank asks in its window.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::Reload,
            Act::See("challenging"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        ..LIFECYCLE
    },
    Case {
        name: "reload-at-bank-inline",
        about: "The page is loaded anew while the bank asks over it; the payer takes another card.",
        group: Group::Lifecycle,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::Reload,
            Act::See("challenging"),
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..OVER_THE_PAGE
    },
    Case {
        name: "reload-during-look",
        about: "The page is loaded anew while the bank looks at the browser; after that the bank asks.",
        card: LOOKED_AT_IN_VAIN,
        acts: &[
            Act::Pay,
            Act::See("processing"),
            Act::Reload,
            Act::See("challenging"),
            Act::Continue,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        time_divisor: 5,
        ..LIFECYCLE
    },
    Case {
        name: "reload-after-too-long",
        about: "The bank's time is over, and the page is loaded anew while it is pending; the payer passes all the same.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::See("unknown"),
            Act::Reload,
            Act::See("challenging"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        endings: &["borga-pending", "borga-complete"],
        time_divisor: 100,
        ..LIFECYCLE
    },
    Case {
        name: "back-from-bank-redirect",
        about: "The payer goes back from the bank's page with the browser's own button, and takes another card.",
        group: Group::Lifecycle,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::GoBackInBrowser,
            Act::See("challenging"),
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..IN_ITS_PLACE
    },
    Case {
        name: "unmounted-during-look",
        about: "The page takes the checkout away while the bank looks at the browser, and puts it back; after that the bank asks.",
        card: LOOKED_AT_IN_VAIN,
        acts: &[
            Act::Pay,
            Act::See("processing"),
            Act::Unmount,
            Act::Mount,
            Act::See("challenging"),
            Act::Continue,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        time_divisor: 5,
        ..LIFECYCLE
    },
    Case {
        name: "unmounted-at-bank-inline",
        about: "The page takes the checkout away while the bank asks over it, and puts it back; the payer takes another card.",
        group: Group::Lifecycle,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::Unmount,
            Act::Mount,
            Act::See("challenging"),
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..OVER_THE_PAGE
    },
    Case {
        name: "unmounted-after-too-long",
        about: "The bank's time is over; the page takes the checkout away while it is pending, and puts it back. The payer passes all the same.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::See("unknown"),
            Act::Unmount,
            Act::Mount,
            Act::See("challenging"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        endings: &["borga-pending", "borga-complete"],
        time_divisor: 100,
        ..LIFECYCLE
    },
    Case {
        name: "unmounted-while-paying",
        about: "The page takes the checkout away while the acquirer works, and puts it back.",
        group: Group::Lifecycle,
        faults: HELD,
        acts: &[
            Act::Pay,
            Act::Charged,
            Act::Unmount,
            Act::Mount,
            Act::See("processing"),
            Act::ClearFaults,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "unmounted-at-bank-popup",
        about: "The page takes the checkout away while the bank asks in its window, and puts it back.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::Unmount,
            Act::Mount,
            Act::See("challenging"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        ..LIFECYCLE
    },
    Case {
        name: "unmounted-for-good",
        about: "The page takes the checkout away while the bank asks, and the payer passes all the same: the order is paid, and no page hears of it.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::Unmount,
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        endings: &[],
        ..LIFECYCLE
    },
    Case {
        name: "offline-while-paying",
        about: "The network goes after Pay was pressed, and comes back.",
        group: Group::Network,
        acts: &[
            Act::Disconnect,
            Act::Pay,
            Act::See("submitting"),
            Act::Connect,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "offline-after-charge",
        about: "The network goes while the acquirer works, and comes back after it has charged.",
        group: Group::Network,
        faults: HELD,
        acts: &[
            Act::Pay,
            Act::Charged,
            Act::Disconnect,
            Act::ClearFaults,
            Act::Connect,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "offline-at-bank-popup",
        about: "The page loses its network while the bank asks, the payer passes, and the network comes back.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Disconnect,
            Act::Pass,
            Act::WindowCloses,
            Act::Connect,
        ],
        ..NETWORK
    },
    Case {
        name: "offline-while-leaving",
        about: "The payer cancels while there is no network: the bank is still there, and the payer finishes when the network comes back.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::Disconnect,
            Act::Cancel,
            Act::SeeFinishAtBank,
            Act::Connect,
            Act::FinishAtBank,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        ..NETWORK
    },
    Case {
        name: "offline-after-too-long",
        about: "The bank's time is over; the network goes while it is pending, the payer passes, and the network comes back.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::See("unknown"),
            Act::Disconnect,
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
            Act::Connect,
        ],
        endings: &["borga-pending", "borga-complete"],
        time_divisor: 100,
        ..NETWORK
    },
    Case {
        name: "offline-at-bank-redirect",
        about: "The checkout cannot be reached when the payer comes back from the bank, and can be a moment later.",
        group: Group::Network,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::Disconnect,
            Act::Pass,
            Act::Connect,
            Act::Reload,
        ],
        ..IN_ITS_PLACE
    },
    Case {
        name: "two-tabs-both-pay",
        about: "Two tabs show one session: both pay, and the second sees that it is paid.",
        group: Group::Tabs,
        acts: &[
            Act::SecondTab,
            Act::FirstTab,
            Act::Pay,
            Act::See("succeeded"),
            Act::SecondTab,
            Act::PayIfAsked,
            Act::See("succeeded"),
            Act::FirstTab,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "two-tabs-second-pays-meanwhile",
        about: "The acquirer works for one tab; the other, which has the form still, pays as well. It shows the first one's payment, and one is charged.",
        group: Group::Tabs,
        faults: HELD,
        acts: &[
            Act::SecondTab,
            Act::See("ready"),
            Act::FirstTab,
            Act::Pay,
            Act::Charged,
            Act::SecondTab,
            Act::PayIfAsked,
            Act::See("processing"),
            Act::ClearFaults,
            Act::See("succeeded"),
            Act::FirstTab,
        ],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "two-tabs-at-bank",
        about: "One tab is at the bank; the other shows that too, and both end paid.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::SecondTab,
            Act::See("challenging"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
            Act::SecondTab,
            Act::See("succeeded"),
            Act::FirstTab,
        ],
        ..TABS
    },
    Case {
        name: "two-tabs-other-card",
        about: "One tab is at the bank; in the other the payer leaves that and pays with another card. Neither the bank's page nor a press on Pay in the first tab charges anything more.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::SecondTab,
            Act::See("challenging"),
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
            Act::See("succeeded"),
            Act::FirstTab,
            Act::PayIfAsked,
            Act::See("succeeded"),
        ],
        endings: LEFT_THEN_PAID,
        ..TABS
    },
    Case {
        name: "bank-takes-too-long",
        about: "The payer needs longer at the bank than there is time; it is pending, and the truth still arrives.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::See("unknown"),
            Act::GoToBankWindow,
            Act::Pass,
            Act::WindowCloses,
        ],
        endings: &["borga-pending", "borga-complete"],
        time_divisor: 200,
        ..TIME
    },
    Case {
        name: "payer-never-comes-back",
        about: "The payer leaves at the bank and never comes back: the session expires, and nothing is charged.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::Unmount,
        ],
        endings: &[],
        fate: Fate::Expired,
        time_divisor: 200,
        ..TIME
    },
];
