//! Nothing fails: the ways through the bank, and what the payer and the bank can decide.

use crate::act::{Act, Place};
use crate::case::{
    COMPLETE, Case, Fate, Group, IN_A_WINDOW, IN_ITS_PLACE, LOOKED_AND_ASKED, OVER_THE_PAGE,
    WITHOUT_A_BANK,
};

const NATIVE: Case = Case {
    group: Group::Native,
    card: LOOKED_AND_ASKED,
    ..IN_A_WINDOW
};

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "no-bank",
        about: "The card is approved without its bank asking.",
        ..WITHOUT_A_BANK
    },
    Case {
        name: "declined",
        about: "The card is declined; the payer takes another one.",
        card: "4000 0000 0000 0002",
        acts: &[Act::Pay, Act::See("ready"), Act::PayWithGoodCard],
        endings: &["borga-error card_declined", "borga-complete"],
        ..WITHOUT_A_BANK
    },
    Case {
        name: "popup",
        about: "The bank asks in a window.",
        ..IN_A_WINDOW
    },
    Case {
        name: "inline",
        about: "The bank asks in a frame over the page.",
        ..OVER_THE_PAGE
    },
    Case {
        name: "redirect",
        about: "The whole page goes to the bank and comes back.",
        ..IN_ITS_PLACE
    },
    Case {
        name: "popup-failed",
        about: "The payer fails at the bank, and passes at the second try.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Fail,
            Act::WindowCloses,
            Act::See("ready"),
            Act::PayAgain,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        endings: &["borga-error authentication_failed", "borga-complete"],
        ..IN_A_WINDOW
    },
    Case {
        name: "inline-failed",
        about: "The payer fails at the bank over the page, and passes at the second try.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::Fail,
            Act::See("ready"),
            Act::PayAgain,
            Act::SeeBank(Place::Overlay),
            Act::Pass,
        ],
        endings: &["borga-error authentication_failed", "borga-complete"],
        ..OVER_THE_PAGE
    },
    Case {
        name: "redirect-failed",
        about: "The payer fails at the bank in place of the page, and takes another card.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::Fail,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: &["borga-error authentication_failed", "borga-complete"],
        ..IN_ITS_PLACE
    },
    Case {
        name: "popup-cancelled-at-bank",
        about: "The payer cancels at the bank.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::CancelAtBank,
            Act::WindowCloses,
            Act::See("ready"),
        ],
        endings: &["borga-error authentication_cancelled"],
        fate: Fate::Unpaid,
        ..IN_A_WINDOW
    },
    Case {
        name: "redirect-cancelled-at-bank",
        about: "The payer cancels at the bank in place of the page.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::CancelAtBank,
            Act::See("ready"),
        ],
        endings: &["borga-error authentication_cancelled"],
        fate: Fate::Unpaid,
        ..IN_ITS_PLACE
    },
    Case {
        name: "popup-declined-after-bank",
        about: "The payer passes at the bank, and the card is declined.",
        card: "4000 0084 0000 1629",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
            Act::See("ready"),
        ],
        endings: &["borga-error card_declined"],
        fate: Fate::Unpaid,
        ..IN_A_WINDOW
    },
    Case {
        name: "popup-cancelled-here",
        about: "The payer cancels in the checkout while the bank asks.",
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::GoBackToPage,
            Act::Cancel,
            Act::See("ready"),
            Act::WindowCloses,
        ],
        endings: &["borga-cancel"],
        fate: Fate::Unpaid,
        ..IN_A_WINDOW
    },
    Case {
        name: "native-look",
        about: "The bank looks at the browser in a hidden frame, and asks nothing.",
        card: "4000 0035 2000 0106",
        acts: &[Act::Pay],
        ..NATIVE
    },
    Case {
        name: "native-no-look",
        about: "The bank has no page for its look.",
        card: "4000 0035 2000 0205",
        acts: &[Act::Pay],
        ..NATIVE
    },
    Case {
        name: "native-popup",
        about: "The bank looks at the browser, then asks in a window.",
        ..NATIVE
    },
    Case {
        name: "native-inline",
        about: "The bank looks at the browser, then asks over the page.",
        three_ds: Place::Overlay,
        acts: OVER_THE_PAGE.acts,
        ..NATIVE
    },
    Case {
        name: "native-redirect",
        about: "The bank looks at the browser, then asks in place of the page.",
        three_ds: Place::Page,
        acts: IN_ITS_PLACE.acts,
        ..NATIVE
    },
    Case {
        name: "native-silent-look",
        about: "The bank's look at the browser never ends; after its time the bank asks.",
        card: "4000 0035 2000 0601",
        time_divisor: 5,
        ..NATIVE
    },
    Case {
        name: "native-not-authenticated",
        about: "The bank does not authenticate the payer (N).",
        card: "4000 0035 2000 0304",
        acts: &[Act::Pay, Act::See("ready")],
        endings: &["borga-error authentication_failed"],
        fate: Fate::Unpaid,
        ..NATIVE
    },
    Case {
        name: "native-rejected",
        about: "The bank rejects (R).",
        card: "4000 0035 2000 0403",
        acts: &[Act::Pay, Act::See("ready")],
        endings: &["borga-error authentication_rejected"],
        fate: Fate::Unpaid,
        ..NATIVE
    },
    Case {
        name: "native-unavailable",
        about: "The bank cannot authenticate (U), and the acquirer refuses.",
        card: "4000 0035 2000 0502",
        acts: &[Act::Pay, Act::See("ready")],
        endings: &["borga-error authentication_unavailable"],
        fate: Fate::Unpaid,
        ..NATIVE
    },
    Case {
        name: "native-charged-without",
        about: "The bank cannot authenticate (U), and the acquirer charges all the same: the charge is reversed.",
        card: "4000 0000 0000 3097",
        acts: &[Act::Pay, Act::See("ready")],
        endings: &["borga-error authentication_unavailable"],
        fate: Fate::Unpaid,
        ..NATIVE
    },
    Case {
        name: "native-soft-decline",
        about: "The issuer refuses for want of authentication, and the payment is tried once more with one.",
        card: "4000 0035 2000 0908",
        endings: COMPLETE,
        ..NATIVE
    },
];
