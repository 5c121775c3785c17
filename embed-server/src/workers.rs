//! What happens without a request: sessions expire, stuck attempts are looked after, old claims are forgotten.

use std::time::Duration;

use tracing::Instrument as _;

use crate::app::App;
use crate::metrics;
use crate::operations::change_payment_methods::forget_detached;
use crate::operations::deliver_webhooks;
use crate::operations::expire_sessions::expire_sessions;
use crate::operations::fan_out_events::fan_out_events;
use crate::operations::recover_attempts::{When, recover_attempts};
use crate::operations::send_refund::send_lost_refunds;
use crate::operations::{OperationError, follow_changes};
use crate::store::{idempotency_keys, rate_limits, resume_tokens};

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
            _ = ticks.tick() => sweep(&app).instrument(span()).await,
        }
    }
}

/// Tells this process' long polls what other processes changed, until the process is asked to stop.
pub async fn follow(app: App) {
    let mut ticks = tokio::time::interval(follow_changes::PAUSE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = follow_changes::follow_changes(&app).await {
            tracing::error!(%error, "changes of other processes could not be seen");
        }
    }
}

/// Tells merchants of events, until the process is asked to stop.
pub async fn tell(app: App) {
    let mut ticks = tokio::time::interval(deliver_webhooks::PAUSE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = ticks.tick() => {}
        }
        log(fan_out_events(&app).await);
        log(deliver_webhooks::deliver_webhooks(&app).await);
    }
}

/// Everything here may run in several processes at once: rows are held while they are changed, and what is sent again
/// carries its own idempotency key. A piece that fails does not keep the others from their turn.
async fn sweep(app: &App) {
    log(expire_sessions(app).await.map(|_| ()));
    log(recover_attempts(app, When::Sweep).await);
    log(send_lost_refunds(app).await);
    log(forget_detached(app).await);
    log(forget_old(app).await);
    log(deliver_webhooks::measure_backlog(app).await);
    app.changes.sweep();
    app.requests.sweep(app.now_us());
    app.hot_sessions.sweep(app.now_us());
    app.failures.sweep(app.now_us());
}

async fn forget_old(app: &App) -> Result<(), OperationError> {
    let mut tx = app.store.begin().await?;
    idempotency_keys::forget(&mut tx, app.now().plus_ms(-KEEP_KEYS_MS)).await?;
    rate_limits::forget(&mut tx, app.now_us()).await?;
    resume_tokens::forget(&mut tx, app.now()).await?;
    Ok(tx.commit().await?)
}

fn log(swept: Result<(), OperationError>) {
    metrics::sweep(swept.is_ok());
    if let Err(error) = swept {
        tracing::error!(%error, "a sweep failed and will be repeated");
    }
}
