//! Names every request, logs it once, and sends the headers that every answer has.
//!
//! Everything that is logged on behalf of a request stands under its name, also by work that outlives its connection
//! (`App::spawn`). No line has a query string, a header, a body or a key: nonces and secrets travel there. The one
//! exception is the caller's own `Request-Id`, to find a request by the name that the caller knows.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use checkout_protocol::api_key::Mode;
use checkout_protocol::crockford;
use checkout_protocol::id::MerchantId;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use crate::app::App;
use crate::http::metrics::{method, route};
use crate::http::page;
use crate::{metrics, telemetry};

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Longest name of a caller that is logged.
const CALLER_ID_MAX: usize = 64;

/// Longest path that is logged: none of ours is longer.
const PATH_MAX: usize = 256;

/// Middleware around everything.
pub async fn name_request(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = format!("req_{}", crockford::encode(&app.entropy.bytes::<15>()));
    let method = method(request.method());
    let route = route(request.extensions().get::<MatchedPath>());
    let began = tokio::time::Instant::now();
    let span = tracing::info_span!(
        "request",
        request_id = id,
        method,
        path = shown_path(request.uri().path()),
        caller_request_id = caller_id(request.headers()),
        merchant = Empty,
        mode = Empty,
    );
    telemetry::adopt_parent(&span, request.headers());
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();
    let status = response.status();
    metrics::request(method, &route, status.as_u16(), took);
    log(&span, &route, status, took);

    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if app.stopping.is_cancelled() {
        // A proxy that kept this connection for its next request would lose that one.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    page::set(headers, &page::EVERY_ANSWER);
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("strict-origin"));
    response
}

/// Says whose request this is, once that is proven.
pub fn note_merchant(merchant: MerchantId, mode: Mode) {
    let span = Span::current();
    tracing::record_all!(span, merchant = %merchant, mode = mode.as_str());
}

/// One line for each request. A probe that finds all well comes every few seconds and says nothing.
fn log(span: &Span, route: &str, status: StatusCode, took: std::time::Duration) {
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let status_code = status.as_u16();
    span.in_scope(|| match route {
        "/healthz" | "/readyz" if status.is_success() => {
            tracing::debug!(status = status_code, took_ms, "answered");
        }
        _ => tracing::info!(status = status_code, took_ms, "answered"),
    });
}

/// The caller's own name for its request. It proves nothing and is only logged.
fn caller_id(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(REQUEST_ID)?.to_str().ok()?;
    let printable = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (printable && (1..=CALLER_ID_MAX).contains(&value.len())).then_some(value)
}

/// The path without what was put there by mistake: keys, secrets and runs of digits as long as a card number's.
fn shown_path(path: &str) -> String {
    if path.len() > PATH_MAX {
        return "(longer than any of ours)".to_owned();
    }
    let shown = |part: &str| {
        let is_secret = ["sk_", "pk_", "pcs_", "whsec_"]
            .iter()
            .any(|prefix| part.contains(prefix));
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let is_number = digits >= 12 && !part.contains('_');
        if is_secret || is_number {
            "(hidden)"
        } else {
            part
        }
        .to_owned()
    };
    path.split('/').map(shown).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_shows_ids_and_no_secret() {
        let id = "ps_01kb2v9f7h0000000000000000";
        for (path, shown) in [
            (
                format!("/v1/payment_sessions/{id}"),
                format!("/v1/payment_sessions/{id}"),
            ),
            (
                "/v1/payments/sk_test_abc".to_owned(),
                "/v1/payments/(hidden)".to_owned(),
            ),
            (
                format!("/embed/{id}/pcs_1_abc"),
                format!("/embed/{id}/(hidden)"),
            ),
            (
                "/embed/4242424242424242".to_owned(),
                "/embed/(hidden)".to_owned(),
            ),
            (
                "/embed/4242-4242-4242-4242".to_owned(),
                "/embed/(hidden)".to_owned(),
            ),
            ("/3ds/1".to_owned(), "/3ds/1".to_owned()),
            ("/x".repeat(200), "(longer than any of ours)".to_owned()),
        ] {
            assert_eq!(shown_path(&path), shown);
        }
    }

    #[test]
    fn a_callers_name_is_short_and_printable_or_not_logged() {
        let named = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_bytes(value).unwrap());
            caller_id(&headers).map(str::to_owned)
        };
        assert_eq!(named(b"order 7782").as_deref(), Some("order 7782"));
        assert_eq!(named(&[b'a'; 64]).map(|name| name.len()), Some(64));
        for refused in [&[b'a'; 65][..], b"", b"a\tb", "þú".as_bytes()] {
            assert_eq!(named(refused), None, "{refused:?}");
        }
        assert_eq!(caller_id(&HeaderMap::new()), None);
    }
}
