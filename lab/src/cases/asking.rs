//! The bank asks in other ways than for a code on its first page.

use crate::act::{Act, Place};
use crate::case::{Case, Fate, Group, IN_A_WINDOW, IN_ITS_PLACE, LOOKED_AND_ASKED, OVER_THE_PAGE};
use crate::faults::{APP, CHOICE, DETOUR, TWICE, TWICE_SLOWLY};

const WINDOW: Case = Case {
    group: Group::Asking,
    ..IN_A_WINDOW
};
const OVERLAY: Case = Case {
    group: Group::Asking,
    ..OVER_THE_PAGE
};
const PAGE: Case = Case {
    group: Group::Asking,
    ..IN_ITS_PLACE
};

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "asks-by-app-popup",
        about: "The payer approves in the bank's app; the bank's window goes on by itself.",
        faults: APP,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::OpenPhone,
            Act::Approve,
            Act::WindowCloses,
        ],
        ..WINDOW
    },
    Case {
        name: "asks-by-app-inline",
        about: "The payer approves in the bank's app, which the card answers natively, over the page.",
        card: LOOKED_AND_ASKED,
        faults: APP,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::OpenPhone,
            Act::Approve,
        ],
        ..OVERLAY
    },
    Case {
        name: "asks-by-app-redirect",
        about: "The payer approves in the bank's app; the bank waits in place of the page.",
        faults: APP,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::OpenPhone,
            Act::Approve,
        ],
        ..PAGE
    },
    Case {
        name: "asks-by-app-refused",
        about: "The payer refuses in the bank's app.",
        faults: APP,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::OpenPhone,
            Act::Refuse,
            Act::WindowCloses,
            Act::See("ready"),
        ],
        endings: &["borga-error authentication_failed"],
        fate: Fate::Unpaid,
        ..WINDOW
    },
    Case {
        name: "asks-by-app-window-closed",
        about: "The payer closes the bank's window, approves in its app, and opens the window again: it leads back at once.",
        faults: APP,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::OpenPhone,
            Act::CloseBank,
            Act::Approve,
            Act::FinishAtBank,
            Act::See("succeeded"),
        ],
        ..WINDOW
    },
    Case {
        name: "asks-by-choice-popup",
        about: "The payer chooses the bank's app among its ways.",
        faults: CHOICE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::ChooseApp,
            Act::OpenPhone,
            Act::Approve,
            Act::WindowCloses,
        ],
        ..WINDOW
    },
    Case {
        name: "asks-by-choice-inline",
        about: "The payer chooses a code among the bank's ways, over the page.",
        card: LOOKED_AND_ASKED,
        faults: CHOICE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::ChooseCode,
            Act::Pass,
        ],
        ..OVERLAY
    },
    Case {
        name: "asks-twice-popup",
        about: "The payer passes, and the bank asks once more in the same window.",
        faults: TWICE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        ..WINDOW
    },
    Case {
        name: "asks-twice-inline",
        about: "The payer passes, and the bank asks once more over the page.",
        card: LOOKED_AND_ASKED,
        faults: TWICE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::Pass,
            Act::SeeBank(Place::Overlay),
            Act::Pass,
        ],
        ..OVERLAY
    },
    Case {
        name: "asks-twice-redirect",
        about: "The payer passes, and the bank asks once more in place of the page.",
        faults: TWICE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::Pass,
            Act::SeeBank(Place::Page),
            Act::Pass,
        ],
        ..PAGE
    },
    Case {
        name: "asks-twice-window-closed",
        about: "The acquirer takes its time, and the bank asks once more; the payer closes its window, and opens it again.",
        faults: TWICE_SLOWLY,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::SeeBank(Place::Window),
            Act::CloseBank,
            Act::FinishAtBank,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::WindowCloses,
        ],
        ..WINDOW
    },
    Case {
        name: "asks-after-detour-popup",
        about: "The bank leads by way of another site before it asks.",
        faults: DETOUR,
        ..WINDOW
    },
    Case {
        name: "asks-after-detour-inline",
        about: "The bank leads by way of another site before it asks, over the page.",
        card: LOOKED_AND_ASKED,
        faults: DETOUR,
        ..OVERLAY
    },
    Case {
        name: "asks-after-detour-redirect",
        about: "The bank leads by way of another site before it asks, in place of the page.",
        faults: DETOUR,
        ..PAGE
    },
];
