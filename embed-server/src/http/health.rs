//! `/healthz`: whether this process can work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;

/// 200 when the database answers.
pub async fn healthz(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}
