//! What happens without a request: sessions expire, stuck attempts are looked after, old claims are forgotten.

use std::time::Duration;

use tracing::Instrument as _;

use crate::app::App;
use crate::metrics;
use crate::operations::OperationError;
use crate::operations::expire_sessions::expire_sessions;
use crate::operations::recover_attempts::{When, recover_attempts};
use crate::store::idempotency_keys;

/// Between two sweeps.
const PAUSE: Duration = Duration::from_secs(2);

/// How long an idempotency key is kept: longer than the day that is promised.
const KEEP_KEYS_MS: i64 = 48 * 3_600 * 1_000;

/// Sweeps until the process is asked to stop; the sweep under way ends first. A failed one is logged and tried again.
pub async fn run(app: App) {
    let span = || tracing::info_span!("sweep");
    log(recover_attempts(&app, When::Start).instrument(span()).await);
    let mut ticks = tokio::time::interval(PAUSE);
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = ticks.tick() => log(sweep(&app).instrument(span()).await),
        }
    }
}

async fn sweep(app: &App) -> Result<(), OperationError> {
    expire_sessions(app).await?;
    recover_attempts(app, When::Sweep).await?;
    app.changes.sweep();
    let mut tx = app.store.begin().await?;
    idempotency_keys::forget(&mut tx, app.now().plus_ms(-KEEP_KEYS_MS)).await?;
    Ok(tx.commit().await?)
}

fn log(swept: Result<(), OperationError>) {
    metrics::sweep(swept.is_ok());
    if let Err(error) = swept {
        tracing::error!(%error, "a sweep failed and will be repeated");
    }
}
