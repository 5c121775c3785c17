//! The merchant's page or the payer's browser forbids something.

use crate::act::{Act, Place};
use crate::case::{
    Case, Group, IN_A_WINDOW, IN_ITS_PLACE, LOOKED_AND_ASKED, MerchantPage, OVER_THE_PAGE,
};

const WINDOW: Case = Case {
    group: Group::Page,
    ..IN_A_WINDOW
};

/// What came instead of a window is over the page.
const OVERLAY_INSTEAD: &[Act] = &[
    Act::Pay,
    Act::Continue,
    Act::SeeBank(Place::Overlay),
    Act::Pass,
];

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "popups-blocked",
        about: "The browser opens no windows: the whole page goes to the bank.",
        acts: &[
            Act::BlockWindows,
            Act::Pay,
            Act::Continue,
            Act::SeeBank(Place::Page),
            Act::Pass,
        ],
        ..WINDOW
    },
    Case {
        name: "page-opener-policy-popup",
        about: "The page sends COOP: the bank's window opens and looks as if it had not.",
        page: MerchantPage::OpenerPolicy,
        ..WINDOW
    },
    Case {
        name: "page-isolated-popup",
        about: "The page sends COOP and COEP.",
        page: MerchantPage::Isolated,
        ..WINDOW
    },
    Case {
        name: "page-isolated-inline",
        about: "The page sends COOP and COEP, so that no bank can be shown over it: a window opens instead.",
        three_ds: Place::Overlay,
        page: MerchantPage::Isolated,
        ..WINDOW
    },
    Case {
        name: "page-isolated-look",
        about: "The page sends COOP and COEP: the bank does without its look at the browser.",
        card: LOOKED_AND_ASKED,
        page: MerchantPage::Isolated,
        ..WINDOW
    },
    Case {
        name: "page-isolated-redirect",
        about: "The page sends COOP and COEP, and goes to the bank.",
        group: Group::Page,
        page: MerchantPage::Isolated,
        ..IN_ITS_PLACE
    },
    Case {
        name: "page-sandboxed-popup",
        about: "The page stands in a sandboxed frame that may open no windows: the bank is laid over it.",
        page: MerchantPage::Sandboxed,
        acts: OVERLAY_INSTEAD,
        ..WINDOW
    },
    Case {
        name: "page-sandboxed-inline",
        about: "The page stands in a sandboxed frame, and the bank over it.",
        group: Group::Page,
        page: MerchantPage::Sandboxed,
        ..OVER_THE_PAGE
    },
    Case {
        name: "page-sandboxed-redirect",
        about: "The page stands in a sandboxed frame, which the bank's page could not replace: the bank is laid over it.",
        three_ds: Place::Page,
        page: MerchantPage::Sandboxed,
        acts: OVER_THE_PAGE.acts,
        ..WINDOW
    },
];
