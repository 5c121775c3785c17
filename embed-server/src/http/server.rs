//! Answers the connections of a listener until it is told to stop, and then those that are left.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_service::Service as _;

/// The longest line and headers of a request, in bytes; more is answered 431. The longest there are bring a bank's
/// result in the query. Thousands wait at once for their session to change, and each connection keeps what it has read.
const HEAD_BYTES_MAX: usize = 16 * 1_024;

/// How long a request's line and headers may take, and a connection without a request: longer than proxies keep an idle
/// connection, or they would lose the request that they send as we close.
const HEAD_WITHIN: Duration = Duration::from_secs(75);

/// Serves HTTP/1.1 until `stop` is cancelled; ends when the last request is answered. Newer versions of HTTP are spoken
/// by the proxy that ends TLS.
pub async fn serve(mut listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut services = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut http = http1::Builder::new();
    http.max_buf_size(HEAD_BYTES_MAX)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN);
    let open = GracefulShutdown::new();
    let connections = TaskTracker::new();
    loop {
        // What keeps a connection from being accepted is waited out in there.
        let (stream, peer) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = stop.cancelled() => break,
        };
        let Ok(service) = services.call(peer).await;
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        // A connection that breaks is its peer's business.
        connections.spawn(open.watch(connection));
    }
    drop(listener);
    open.shutdown().await;
    connections.close();
    connections.wait().await;
}
