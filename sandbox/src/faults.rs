//! What is made to go wrong, on request. Touches neither the ledger nor an answer itself; others ask it for a plan.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::App;
use crate::bank_faults::BankFault;
use crate::bank_way::BankWay;

/// The faults in force, as `GET` and `POST /faults` carry them. A field left out is back to normal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultSettings {
    /// What becomes of the answer.
    pub answer: AnswerFault,
    /// Milliseconds between the work and the answer. Until then its idempotency key counts as in progress.
    pub answer_delay_ms: u64,
    /// What becomes of the notifications that a request causes.
    pub notifications: NotificationFault,
    /// What the bank's pages do. `remaining` does not count them.
    pub bank: BankFault,
    /// How the bank asks the payer; no fault, and set here because all of them are met. `remaining` does not count it.
    pub bank_asks: BankWay,
    /// How many requests are still hit; `null`: all of them, until cleared.
    pub remaining: Option<u64>,
}

/// What becomes of the answer to a processor request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFault {
    /// It is sent.
    #[default]
    Normal,
    /// The work is done, the answer waits until the faults are cleared.
    Hold,
    /// The work is done, then the connection breaks.
    DropAfterCharge,
    /// Nothing is done; the answer is an HTTP 500.
    #[serde(rename = "error_500_before_charge")]
    Error500BeforeCharge,
    /// Nothing is done; the connection breaks.
    DropBeforeCharge,
}

/// What becomes of a notification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationFault {
    /// It is sent.
    #[default]
    Send,
    /// It waits until the faults are cleared.
    Hold,
    /// It is never sent.
    Drop,
    /// It is delivered two times.
    Twice,
    /// It is delivered three times.
    Thrice,
    /// It is sent after a while.
    Late,
    /// The one of the capture comes before that of the authorisation.
    OutOfOrder,
    /// Its signature is wrong until the faults are cleared.
    BadSignature,
    /// Its signature is wrong the first time.
    BadSignatureOnce,
}

/// What goes wrong with one request and its notifications.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) answer: AnswerFault,
    pub(crate) answer_delay: Duration,
    pub(crate) notifications: NotificationFault,
    /// How often faults had been cleared when this was planned.
    pub(crate) epoch: u64,
}

/// The settings in force, and a count of how often they were cleared.
#[derive(Debug)]
pub(crate) struct Faults {
    settings: Mutex<FaultSettings>,
    clears: watch::Sender<u64>,
    /// References of payments whose request has failed once.
    failed_once: Mutex<HashSet<String>>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            settings: Mutex::default(),
            clears: watch::Sender::new(0),
            failed_once: Mutex::default(),
        }
    }
}

impl Faults {
    pub(crate) fn settings(&self) -> FaultSettings {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Replaces the settings. Normal ones release whatever is held.
    pub(crate) fn set(&self, settings: FaultSettings) {
        let clears = FaultSettings {
            remaining: None,
            ..settings.clone()
        } == FaultSettings::default();
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        if clears {
            self.clears.send_modify(|count| *count += 1);
        }
    }

    /// The plan for one request; counts `remaining` down.
    pub(crate) fn plan(&self) -> Plan {
        let epoch = *self.clears.borrow();
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = settings.remaining == Some(0);
        let hit = if spent {
            FaultSettings::default()
        } else {
            settings.clone()
        };
        settings.remaining = settings.remaining.map(|count| count.saturating_sub(1));
        Plan {
            answer: hit.answer,
            answer_delay: Duration::from_millis(hit.answer_delay_ms),
            notifications: hit.notifications,
            epoch,
        }
    }

    /// Whether the payment of this reference is asked for the first time.
    pub(crate) fn is_first(&self, reference: &str) -> bool {
        self.failed_once
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(reference.to_owned())
    }

    pub(crate) fn cleared_since(&self, epoch: u64) -> bool {
        *self.clears.borrow() > epoch
    }

    /// Waits until the faults are cleared.
    pub(crate) async fn cleared(&self, epoch: u64) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self
            .clears
            .subscribe()
            .wait_for(|count| *count > epoch)
            .await;
    }
}

/// `/faults`: test tooling, without a key.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/faults", get(show).post(replace).delete(clear))
}

/// The settings in force, and the table of all that can be set.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    settings: FaultSettings,
    table: &'static [Row],
}

/// One fault that can be set.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// Its field of the settings.
    field: &'static str,
    /// Its name.
    name: &'static str,
    /// What it does.
    does: &'static str,
}

const fn fault(field: &'static str, name: &'static str, does: &'static str) -> Row {
    Row { field, name, does }
}

/// Every fault, by the field that it is set in. Those of `bank` can also stand in the address of a bank's page, as
/// `?fault=NAME`, and those of `bank_asks` as `?asks=NAME`.
#[rustfmt::skip]
pub(crate) const TABLE: &[Row] = &[
    fault("answer", "normal", "the answer is sent"),
    fault("answer", "hold", "the work is done, the answer waits until the faults are cleared"),
    fault("answer", "drop_after_charge", "the work is done, then the connection breaks"),
    fault("answer", "drop_before_charge", "nothing is done, the connection breaks"),
    fault("answer", "error_500_before_charge", "nothing is done, the answer is an HTTP 500"),
    fault("notifications", "send", "the notification is sent"),
    fault("notifications", "hold", "it waits until the faults are cleared"),
    fault("notifications", "drop", "it is never sent"),
    fault("notifications", "twice", "it is delivered two times"),
    fault("notifications", "thrice", "it is delivered three times"),
    fault("notifications", "late", "it is sent after a while"),
    fault("notifications", "out_of_order", "that of the capture comes before that of the authorisation"),
    fault("notifications", "bad_signature", "its signature is wrong until the faults are cleared"),
    fault("notifications", "bad_signature_once", "its signature is wrong the first time"),
    fault("bank", "none", "the bank's pages work"),
    fault("bank", "coop", "its pages send Cross-Origin-Opener-Policy, so that the window looks closed to whoever opened it"),
    fault("bank", "never_answers", "its pages show and take no answer"),
    fault("bank", "error_500", "its pages are an HTTP 500"),
    fault("bank", "posts_twice", "it brings its result two times"),
    fault("bank", "posts_garbage", "it brings something that is no result"),
    fault("bank", "posts_another_session", "it brings a result of another payment"),
    fault("bank", "return_lost", "it takes the answer and does not lead back"),
    fault("bank_asks", "code", "the bank asks for a code"),
    fault("bank_asks", "app", "it waits for its app on the payer's phone, and goes on by itself"),
    fault("bank_asks", "choice", "it asks first by which of these the payer wants to be asked"),
    fault("bank_asks", "detour", "it asks for a code after pages of another site have passed the browser on"),
    fault("bank_asks", "twice", "it asks for a code, and when that was right, for another one"),
];

async fn show(State(app): State<Arc<App>>) -> Json<Shown> {
    Json(Shown {
        settings: app.faults.settings(),
        table: TABLE,
    })
}

async fn replace(State(app): State<Arc<App>>, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(settings) => {
            app.faults.set(settings);
            Json(app.faults.settings()).into_response()
        }
        // The decoder's text names the field and lists what is allowed; faults carry nothing secret.
        Err(error) => {
            let message = serde_json::json!({ "error": error.to_string() });
            (StatusCode::BAD_REQUEST, Json(message)).into_response()
        }
    }
}

async fn clear(State(app): State<Arc<App>>) -> Json<FaultSettings> {
    app.faults.set(FaultSettings::default());
    Json(app.faults.settings())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_name_and_no_other() {
        for row in TABLE {
            let text = format!(r#"{{"{}":"{}"}}"#, row.field, row.name);
            let read: Result<FaultSettings, _> = serde_json::from_str(&text);
            assert!(read.is_ok(), "{text}");
        }
        for (field, names) in [
            ("answer", 5),
            ("notifications", 9),
            ("bank", 8),
            ("bank_asks", 5),
        ] {
            let listed = TABLE.iter().filter(|row| row.field == field).count();
            let unknown = format!(r#"{{"{field}":"x"}}"#);
            let error = serde_json::from_str::<FaultSettings>(&unknown).unwrap_err();
            let known = error.to_string().matches('`').count() / 2 - 1;
            assert_eq!((listed, known), (names, names), "{error}");
        }
    }

    #[test]
    fn remaining_counts_requests_down_to_normal() {
        let faults = Faults::default();
        let hold = FaultSettings {
            answer: AnswerFault::Hold,
            remaining: Some(1),
            ..Default::default()
        };
        faults.set(hold);

        let answers = [faults.plan().answer, faults.plan().answer];

        assert_eq!(answers, [AnswerFault::Hold, AnswerFault::Normal]);
    }

    #[test]
    fn a_fault_without_a_count_stays() {
        let faults = Faults::default();
        faults.set(FaultSettings {
            answer: AnswerFault::Hold,
            ..Default::default()
        });

        let answers = [faults.plan().answer, faults.plan().answer];

        assert_eq!(answers, [AnswerFault::Hold; 2]);
    }

    #[test]
    fn normal_settings_clear_what_was_planned_before() {
        let faults = Faults::default();
        let epoch = faults.plan().epoch;

        faults.set(FaultSettings {
            notifications: NotificationFault::Hold,
            ..Default::default()
        });
        assert!(!faults.cleared_since(epoch));
        faults.set(FaultSettings::default());

        assert!(faults.cleared_since(epoch));
    }

    #[test]
    fn the_names_on_the_wire_are_those_documented() {
        let text = r#"{"answer":"error_500_before_charge","answer_delay_ms":5,"notifications":"bad_signature","bank":"posts_twice","bank_asks":"app","remaining":null}"#;

        let settings: FaultSettings = serde_json::from_str(text).unwrap();

        assert_eq!(serde_json::to_string(&settings).unwrap(), text);
    }
}
