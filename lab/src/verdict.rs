//! Whether a case ended as it must. Pure.

use serde::{Deserialize, Serialize};

use crate::case::{Case, Fate};

/// What was seen.
#[derive(Clone, Debug, Deserialize)]
pub struct Facts {
    /// Endings that the page heard, in order, as [`Case::endings`] writes them.
    pub heard: Vec<String>,
    /// The order's status by the shop's server.
    pub order: String,
    /// The status of its payment session by the API.
    pub session: String,
    /// Status of each entry of the acquirer's ledger that is for this order.
    pub ledger: Vec<String>,
}

/// What is wrong; nothing when the case has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether everything is as it must be.
    pub passed: bool,
    /// What is not, in words.
    pub wrong: Vec<String>,
}

/// Compares what was seen with what must be.
#[must_use]
pub fn judge(case: &Case, facts: &Facts) -> Verdict {
    let mut wrong = Vec::new();
    if facts.heard != case.endings {
        wrong.push(format!(
            "the page heard {:?} and must hear {:?}",
            facts.heard, case.endings
        ));
    }
    let is_paid = facts.order == "paid";
    let charged = facts
        .ledger
        .iter()
        .filter(|status| *status == "charged")
        .count();
    let must = match case.fate {
        Fate::Paid => (true, 1),
        Fate::Unpaid | Fate::Expired => (false, 0),
    };
    if case.fate == Fate::Expired && facts.session != "expired" {
        wrong.push(format!(
            "the session is {:?} and must be expired",
            facts.session
        ));
    }
    if (is_paid, charged) != must {
        wrong.push(format!(
            "the order is {:?} and charged {charged} times, and must be {} and charged {} times",
            facts.order,
            if must.0 { "paid" } else { "anything but paid" },
            must.1
        ));
    }
    Verdict {
        passed: wrong.is_empty(),
        wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Fate, IN_A_WINDOW};

    fn facts(heard: &[&str], order: &str, ledger: &[&str]) -> Facts {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Facts {
            heard: owned(heard),
            order: order.to_owned(),
            session: "open".to_owned(),
            ledger: owned(ledger),
        }
    }

    #[test]
    fn a_paid_case_wants_its_ending_its_order_and_one_charge() {
        for (heard, order, ledger, passed) in [
            (vec!["borga-complete"], "paid", vec!["charged"], true),
            (vec![], "paid", vec!["charged"], false),
            (
                vec!["borga-complete", "borga-complete"],
                "paid",
                vec!["charged"],
                false,
            ),
            (
                vec!["borga-pending", "borga-complete"],
                "paid",
                vec!["charged"],
                false,
            ),
            (vec!["borga-complete"], "open", vec!["charged"], false),
            (vec!["borga-complete"], "paid", vec![], false),
            (
                vec!["borga-complete"],
                "paid",
                vec!["charged", "charged"],
                false,
            ),
            (
                vec!["borga-complete"],
                "paid",
                vec!["reversed", "charged"],
                true,
            ),
        ] {
            let facts = facts(&heard, order, &ledger);
            let verdict = judge(&IN_A_WINDOW, &facts);
            assert_eq!(verdict.passed, passed, "{facts:?}: {:?}", verdict.wrong);
            assert_eq!(verdict.passed, verdict.wrong.is_empty());
        }
    }

    #[test]
    fn an_unpaid_case_wants_no_charge_that_stands() {
        let case = Case {
            endings: &["borga-cancel"],
            fate: Fate::Unpaid,
            ..IN_A_WINDOW
        };
        let judged = |order, ledger| judge(&case, &facts(&["borga-cancel"], order, ledger)).passed;
        assert!(judged("open", &[]));
        assert!(judged("failed", &["reversed"]));
        assert!(!judged("open", &["charged"]));
        assert!(!judged("paid", &[]));
    }

    #[test]
    fn a_case_that_expires_wants_a_session_that_did() {
        let case = Case {
            endings: &[],
            fate: Fate::Expired,
            ..IN_A_WINDOW
        };
        let mut facts = facts(&[], "open", &[]);
        assert!(!judge(&case, &facts).passed);
        facts.session = "expired".to_owned();
        assert!(judge(&case, &facts).passed);
    }
}
