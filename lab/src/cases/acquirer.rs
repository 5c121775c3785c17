//! The acquirer fails, or what it tells gets lost on the way.

use crate::act::Act;
use crate::case::{Case, Group, IN_A_WINDOW, WITHOUT_A_BANK};
use crate::faults::HELD;

const PLAIN: Case = Case {
    group: Group::Acquirer,
    ..WITHOUT_A_BANK
};
const CHALLENGED: Case = Case {
    group: Group::Acquirer,
    ..IN_A_WINDOW
};

/// The cases.
pub const CASES: &[Case] = &[
    Case {
        name: "acquirer-lost-before-charge",
        about: "The connection to the acquirer breaks before it has done anything; the same payment is sent again.",
        faults: r#"{"answer": "drop_before_charge", "remaining": 1}"#,
        ..PLAIN
    },
    Case {
        name: "acquirer-lost-after-charge",
        about: "The connection to the acquirer breaks after it has charged; the same payment is sent again, and charged once.",
        faults: r#"{"answer": "drop_after_charge", "remaining": 1}"#,
        ..PLAIN
    },
    Case {
        name: "acquirer-error",
        about: "The acquirer answers HTTP 500 once.",
        card: "4000 0035 2000 1302",
        ..PLAIN
    },
    Case {
        name: "acquirer-slow",
        about: "The acquirer has charged and its answer takes long; the payer loads the page anew meanwhile.",
        faults: HELD,
        acts: &[
            Act::Pay,
            Act::Charged,
            Act::Reload,
            Act::See("processing"),
            Act::ClearFaults,
        ],
        ..PLAIN
    },
    Case {
        name: "acquirer-answer-lost",
        about: "The acquirer has charged and never answers; its notification tells.",
        card: "4000 0035 2000 1104",
        time_divisor: 10,
        ..PLAIN
    },
    Case {
        name: "acquirer-received",
        about: "The acquirer has received the payment and tells later what became of it.",
        card: "4000 0035 2000 1401",
        time_divisor: 10,
        ..PLAIN
    },
    Case {
        name: "webhook-missing",
        about: "The acquirer's notification never comes.",
        faults: r#"{"notifications": "drop"}"#,
        ..CHALLENGED
    },
    Case {
        name: "webhook-late",
        about: "The acquirer's notification comes late.",
        faults: r#"{"notifications": "late"}"#,
        time_divisor: 10,
        ..CHALLENGED
    },
    Case {
        name: "webhook-twice",
        about: "The acquirer's notification comes two times.",
        faults: r#"{"notifications": "twice"}"#,
        ..CHALLENGED
    },
    Case {
        name: "webhook-out-of-order",
        about: "The acquirer tells of the capture before it tells of the authorisation.",
        faults: r#"{"notifications": "out_of_order"}"#,
        ..CHALLENGED
    },
    Case {
        name: "webhook-wrongly-signed",
        about: "The acquirer's notification is signed wrongly.",
        faults: r#"{"notifications": "bad_signature"}"#,
        ..CHALLENGED
    },
];
