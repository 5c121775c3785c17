//! One process from its first connection to its last: opens the listeners, and closes them so that no payment is cut
//! off.
//!
//! The signal to stop turns `/readyz` to 503. While the drain lasts, new connections are still taken, because the proxy
//! in front has not noticed yet. Then long polls end, and requests and payments under way have the grace to finish.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::http::assets::Assets;
use crate::http::{self, server};
use crate::stop_signals::StopSignals;
use crate::{metrics, workers};

/// Between two rounds in which numbers that nobody read are put together.
const UPKEEP: Duration = Duration::from_secs(5);

/// How long closing the database may take when work was cut off.
const CLOSING: Duration = Duration::from_secs(1);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves until a signal ends it.
///
/// # Errors
///
/// Why it cannot start, or that a second signal cut off what was under way.
pub async fn serve(config: &Config, assets: Assets) -> Result<(), Failure> {
    let mut signals = StopSignals::catch()?;
    let counts = match config.metrics_listen()? {
        Some(address) => {
            let listener = listen("metrics_listen", address).await?;
            tracing::info!(metrics_listen = %listener.local_addr()?, "serving metrics");
            Some((listener, metrics::install(SystemClock.now())?))
        }
        None => None,
    };
    let app = tokio::select! {
        built = App::build(config, Arc::new(SystemClock)) => built?,
        // Nothing is under way yet.
        () = signals.next() => return Ok(()),
    };
    let listener = listen("listen", config.listen).await?;
    let listening = listener.local_addr()?;
    tracing::info!(listen = %listening, checkout_origin = %app.checkout_origin, "serving");

    let stop = CancellationToken::new();
    if let Some((listener, handle)) = counts {
        serve_metrics(listener, handle, app.clone());
    }
    app.spawn(workers::run(app.clone()));
    app.spawn(workers::follow(app.clone()));
    app.spawn(workers::tell(app.clone()));
    let router = http::router(app.clone(), assets);
    let mut serving = tokio::spawn(server::serve(listener, router, stop.clone()));
    tokio::select! {
        ended = &mut serving => {
            ended?;
            return Err("the listener is gone".into());
        }
        () = signals.next() => {}
    }
    tracing::info!("stopping");
    app.stopping.cancel();
    tokio::select! {
        () = end(config, &app, serving, stop) => Ok(()),
        () = signals.next() => Err("ended at once by a second signal".into()),
    }
}

async fn listen(setting: &str, address: std::net::SocketAddr) -> Result<TcpListener, String> {
    let opened = TcpListener::bind(address).await;
    opened.map_err(|error| format!("setting `{setting}`: {address}: {error}"))
}

/// Until the process ends: the last numbers are those of its end.
fn serve_metrics(listener: TcpListener, handle: PrometheusHandle, app: App) {
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(UPKEEP);
        loop {
            ticks.tick().await;
            upkeep.run_upkeep();
        }
    });
    let router = http::metrics::router(app, handle);
    tokio::spawn(server::serve(listener, router, CancellationToken::new()));
}

async fn end(config: &Config, app: &App, serving: JoinHandle<()>, stop: CancellationToken) {
    tokio::time::sleep(Duration::from_millis(u64::from(config.shutdown_drain_ms))).await;
    app.changes.stop();
    stop.cancel();
    let finish = async {
        if let Err(error) = serving.await {
            tracing::error!(%error, "serving broke off");
        }
        app.work.close();
        app.work.wait().await;
    };
    let grace = Duration::from_secs(u64::from(config.shutdown_grace_s));
    if tokio::time::timeout(grace, finish).await.is_ok() {
        app.store.close().await;
        tracing::info!("stopped");
    } else {
        let cut_off = app.work.len();
        tracing::warn!(cut_off, "stopped while requests or payments were under way");
        // Whoever was cut off may still hold a connection.
        let _ = tokio::time::timeout(CLOSING, app.store.close()).await;
    }
}
