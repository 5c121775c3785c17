//! Names every request, logs it once, and sends the headers that every answer has.
//!
//! The log line has no query string and no header: nonces and secrets travel there.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use checkout_protocol::crockford;
use tracing::Instrument as _;

use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Middleware around everything.
pub async fn name_request(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = format!("req_{}", crockford::encode(&app.entropy.bytes::<15>()));
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let began = tokio::time::Instant::now();
    let span = tracing::info_span!("request", id, %method, path);
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(status, took_ms, "answered"));

    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("strict-origin"));
    response
}
