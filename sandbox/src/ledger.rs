//! What was really charged: the truth that tests compare everything else with. Declined payments are not in it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::entry::Impossible;
use crate::{App, Entry, Refund, RefundStatus};

/// Why a refund cannot be settled by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettleRefundError {
    /// No refund has this reference.
    #[error("no refund has this reference: see `refunds` in /ledger")]
    Unknown,
    /// It is known already what became of it.
    #[error("the refund is not pending any more: see `refunds` in /ledger")]
    NotPending,
}

/// All charges, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Vec<Entry>>);

impl Ledger {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.lock().clone()
    }

    pub(crate) fn charge(&self, entry: Entry) {
        self.lock().push(entry);
    }

    /// Undoes a charge; gives it as it is then. `None`: there is no such charge.
    pub(crate) fn reverse(&self, psp_reference: &str) -> Option<(Entry, Result<(), Impossible>)> {
        self.change(psp_reference, Entry::reverse)
    }

    /// Notes a refund of a charge, which `refund` makes; gives the charge as it is then. `None`: there is no such
    /// charge.
    pub(crate) fn refund(
        &self,
        psp_reference: &str,
        currency: &str,
        refund: impl FnOnce(&Entry) -> Refund,
    ) -> Option<(Entry, Result<(), Impossible>)> {
        self.change(psp_reference, |entry| {
            let refund = refund(entry);
            entry.refund(refund, currency)
        })
    }

    /// Settles the oldest pending refund with this reference, the merchant's or the processor's.
    pub(crate) fn settle_refund(
        &self,
        reference: &str,
        success: bool,
    ) -> Result<(Entry, Refund), SettleRefundError> {
        let mut entries = self.lock();
        let mut unknown = SettleRefundError::Unknown;
        for entry in entries.iter_mut() {
            let named = |refund: &&Refund| {
                refund.reference == reference || refund.psp_reference == reference
            };
            let mut found = entry.refunds.iter().filter(named).peekable();
            if found.peek().is_some() {
                unknown = SettleRefundError::NotPending;
            }
            let pending = found
                .find(|refund| refund.status == RefundStatus::Pending)
                .map(|refund| refund.psp_reference.clone());
            if let Some(refund) = pending.and_then(|refund| entry.settle(&refund, success)) {
                return Ok((entry.clone(), refund));
            }
        }
        Err(unknown)
    }

    fn change(
        &self,
        psp_reference: &str,
        change: impl FnOnce(&mut Entry) -> Result<(), Impossible>,
    ) -> Option<(Entry, Result<(), Impossible>)> {
        let mut entries = self.lock();
        let entry = entries
            .iter_mut()
            .find(|entry| entry.psp_reference == psp_reference)?;
        let outcome = change(entry);
        Some((entry.clone(), outcome))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `/ledger`: test tooling, without a key.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/ledger", get(show))
        .route("/ledger/refunds/{reference}/settle", post(settle_refund))
}

async fn show(State(app): State<Arc<App>>) -> Json<Vec<Entry>> {
    Json(app.ledger.entries())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settlement {
    success: bool,
}

async fn settle_refund(
    State(app): State<Arc<App>>,
    Path(reference): Path<String>,
    body: Bytes,
) -> Response {
    let refused = |status: StatusCode, error: String| {
        (status, Json(serde_json::json!({ "error": error }))).into_response()
    };
    let settlement: Settlement = match serde_json::from_slice(&body) {
        Ok(settlement) => settlement,
        // The decoder's text names the field; nothing secret is sent here.
        Err(error) => return refused(StatusCode::BAD_REQUEST, error.to_string()),
    };
    match app.settle_refund(&reference, settlement.success) {
        Ok(refund) => Json(refund).into_response(),
        Err(error @ SettleRefundError::Unknown) => {
            refused(StatusCode::NOT_FOUND, error.to_string())
        }
        Err(error @ SettleRefundError::NotPending) => {
            refused(StatusCode::CONFLICT, error.to_string())
        }
    }
}
