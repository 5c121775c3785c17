//! The bank fails.

use crate::act::{Act, Place};
use crate::case::{
    ANSWERED_IN_VAIN, Case, Group, IN_A_WINDOW, IN_ITS_PLACE, LEFT_THEN_PAID, LOOKED_AND_ASKED,
    OVER_THE_PAGE,
};
use crate::faults::RETURN_LOST;

const WINDOW: Case = Case {
    group: Group::Bank,
    ..IN_A_WINDOW
};
const OVERLAY: Case = Case {
    group: Group::Bank,
    ..OVER_THE_PAGE
};
const PAGE: Case = Case {
    group: Group::Bank,
    ..IN_ITS_PLACE
};

const COOP: &str = r#"{"bank": "coop"}"#;
const NEVER_ANSWERS: &str = r#"{"bank": "never_answers"}"#;
const ERROR: &str = r#"{"bank": "error_500"}"#;
const TWICE: &str = r#"{"bank": "posts_twice"}"#;
const GARBAGE: &str = r#"{"bank": "posts_garbage"}"#;
const FOREIGN: &str = r#"{"bank": "posts_another_session"}"#;

/// The truth comes after the bank's time.
const PENDING_THEN_PAID: &[&str] = &["borga-pending", "borga-complete"];

/// The payer passes, what is brought back is worth nothing, and the payer pays with another card.
const PASSED_FOR_NOTHING: &[Act] = &[
    Act::Pay,
    Act::SeeBank(Place::Window),
    Act::Pass,
    Act::WindowCloses,
    Act::TryAgain,
    Act::See("ready"),
    Act::PayWithGoodCard,
];

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "bank-opener-policy-popup",
        about: "The bank's page cuts its window off from the page that opened it (COOP): the window looks closed and is not.",
        faults: COOP,
        ..WINDOW
    },
    Case {
        name: "bank-opener-policy-redirect",
        about: "The bank's page sends COOP in place of the page.",
        faults: COOP,
        ..PAGE
    },
    Case {
        name: "bank-never-answers-popup",
        about: "The bank's page takes no answer; the payer gives up and takes another card.",
        faults: NEVER_ANSWERS,
        acts: ANSWERED_IN_VAIN,
        endings: LEFT_THEN_PAID,
        ..WINDOW
    },
    Case {
        name: "bank-never-answers-inline",
        about: "The bank's page takes no answer over the page; the payer gives up and takes another card.",
        faults: NEVER_ANSWERS,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Overlay),
            Act::Pass,
            Act::CloseBank,
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..OVERLAY
    },
    Case {
        name: "bank-error-popup",
        about: "The bank's page is an HTTP 500; the payer closes it and takes another card.",
        faults: ERROR,
        acts: &[
            Act::Pay,
            Act::SeeBrokenBank,
            Act::CloseBank,
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..WINDOW
    },
    Case {
        name: "bank-posts-twice-popup",
        about: "The bank brings its result two times.",
        card: LOOKED_AND_ASKED,
        faults: TWICE,
        ..WINDOW
    },
    Case {
        name: "bank-posts-twice-inline",
        about: "The bank brings its result two times, over the page.",
        card: LOOKED_AND_ASKED,
        faults: TWICE,
        ..OVERLAY
    },
    Case {
        name: "bank-posts-twice-redirect",
        about: "The bank brings its result two times, in place of the page.",
        card: LOOKED_AND_ASKED,
        faults: TWICE,
        ..PAGE
    },
    Case {
        name: "bank-posts-garbage-popup",
        about: "The bank brings back something that is no result: nothing is charged for it.",
        faults: GARBAGE,
        acts: PASSED_FOR_NOTHING,
        endings: LEFT_THEN_PAID,
        ..WINDOW
    },
    Case {
        name: "bank-posts-garbage-redirect",
        about: "The bank brings back something that is no result, in place of the page.",
        faults: GARBAGE,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Page),
            Act::Pass,
            Act::TryAgain,
            Act::See("ready"),
            Act::PayWithGoodCard,
        ],
        endings: LEFT_THEN_PAID,
        ..PAGE
    },
    Case {
        name: "bank-posts-garbage-native",
        about: "The bank brings back something that is no result of a native challenge: after the bank's time the acquirer, which heard the bank itself, is asked, and it is paid.",
        card: LOOKED_AND_ASKED,
        faults: GARBAGE,
        endings: PENDING_THEN_PAID,
        time_divisor: 100,
        ..WINDOW
    },
    Case {
        name: "bank-posts-another-popup",
        about: "The bank brings back the result of another payment: nothing is charged for it.",
        faults: FOREIGN,
        acts: PASSED_FOR_NOTHING,
        endings: LEFT_THEN_PAID,
        ..WINDOW
    },
    Case {
        name: "bank-posts-another-native",
        about: "The bank brings back the result of another native challenge, which counts as none.",
        card: LOOKED_AND_ASKED,
        faults: FOREIGN,
        endings: PENDING_THEN_PAID,
        time_divisor: 100,
        ..WINDOW
    },
    Case {
        name: "bank-return-lost-popup",
        about: "The bank takes the answer and does not lead back; the payer closes its window and pays another way.",
        faults: RETURN_LOST,
        acts: ANSWERED_IN_VAIN,
        endings: LEFT_THEN_PAID,
        ..WINDOW
    },
    Case {
        name: "bank-return-lost-native",
        about: "A native challenge is passed and its result gets lost; after the bank's time the acquirer is asked, and it has been paid.",
        card: LOOKED_AND_ASKED,
        faults: RETURN_LOST,
        acts: &[
            Act::Pay,
            Act::SeeBank(Place::Window),
            Act::Pass,
            Act::CloseBank,
        ],
        endings: PENDING_THEN_PAID,
        time_divisor: 100,
        ..WINDOW
    },
];
