//! What is made to go wrong, on request. Touches neither the ledger nor an answer itself; others ask it for a plan.

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
    /// Its signature is wrong until the faults are cleared.
    BadSignature,
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
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            settings: Mutex::default(),
            clears: watch::Sender::new(0),
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

async fn show(State(app): State<Arc<App>>) -> Json<FaultSettings> {
    Json(app.faults.settings())
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
        let text = r#"{"answer":"error_500_before_charge","answer_delay_ms":5,"notifications":"bad_signature","remaining":null}"#;

        let settings: FaultSettings = serde_json::from_str(text).unwrap();

        assert_eq!(serde_json::to_string(&settings).unwrap(), text);
    }
}
