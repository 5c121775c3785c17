//! `/healthz`: whether this process runs. `/readyz`: whether it should be given work.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::store::schema::Schema;

/// How long the database may take to answer before it counts as absent.
const PATIENCE: Duration = Duration::from_secs(1);

/// 200, without asking anybody: a database that is away is no reason to start this process anew.
pub async fn healthz() -> &'static str {
    "ok"
}

/// 200, or 503 with a line for each reason why not.
pub async fn readyz(State(app): State<App>) -> (StatusCode, String) {
    let mut missing = Vec::new();
    if app.stopping.is_cancelled() {
        missing.push("shutting down");
    }
    missing.extend(missing_of_the_database(&app).await);
    if missing.is_empty() {
        (StatusCode::OK, "ready".to_owned())
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, missing.join("\n"))
    }
}

async fn missing_of_the_database(app: &App) -> Option<&'static str> {
    let answer = tokio::time::timeout(PATIENCE, app.store.schema()).await;
    match answer {
        Ok(Ok(Schema::Current)) => None,
        // A later program has brought the schema up to date and is about to take over; changes are made so that the
        // earlier one can go on beside it.
        Ok(Ok(Schema::Foreign)) => None,
        Ok(Ok(Schema::NoFile | Schema::Empty | Schema::Behind)) => {
            tracing::error!("the database has not the schema of this program");
            Some("the database has not the schema of this program")
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the database does not answer");
            Some("the database does not answer")
        }
        Err(_) => {
            tracing::error!("the database does not answer within a second");
            Some("the database does not answer within a second")
        }
    }
}
