//! With the feature `telemetry`: a span reaches a collector over HTTP, in the caller's trace, and the acquirer is told of
//! that trace.

#![cfg(feature = "telemetry")]

#[path = "api/support.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

#[path = "operations/program.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod program;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};

use program::{Place, Program};
use support::{send, until};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// What came to one address.
#[derive(Clone, Default)]
struct Received(Arc<Mutex<Vec<(String, HeaderMap, Bytes)>>>);

impl Received {
    /// An HTTP server that answers `status` to everything and keeps it.
    async fn start(status: StatusCode) -> (String, Self) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = Self::default();
        let kept = received.clone();
        let keep = move |uri: Uri, headers: HeaderMap, body: Bytes| async move {
            kept.0
                .lock()
                .unwrap()
                .push((uri.path().to_owned(), headers, body));
            status
        };
        let router = Router::new().fallback(keep);
        tokio::spawn(async move { axum::serve(listener, router).await });
        (format!("http://{address}"), received)
    }

    fn all(&self) -> Vec<(String, HeaderMap, Bytes)> {
        self.0.lock().unwrap().clone()
    }

    /// Whether some body that came to `path` has these bytes.
    fn has(&self, path: &str, bytes: &[u8]) -> bool {
        self.all()
            .iter()
            .any(|(at, _, body)| at == path && body.windows(bytes.len()).any(|part| part == bytes))
    }
}

fn trace_bytes() -> Vec<u8> {
    (0..TRACE.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&TRACE[at..at + 2], 16).unwrap())
        .collect()
}

#[tokio::test]
async fn a_payments_spans_reach_the_collector_in_the_callers_trace() {
    let place = Place::new("").await;
    let (_, key) = place.merchant().await;
    let (collector, spans) = Received::start(StatusCode::OK).await;
    // It refuses every charge, which is enough to be called.
    let (acquirer, calls) = Received::start(StatusCode::BAD_REQUEST).await;
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.as_str()),
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            "deployment.environment.name=a-test",
        ),
        ("BORGA_ACQUIRER__BASE_URL", acquirer.as_str()),
    ];
    let mut program = Program::start(&place, &variables).await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;

    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let confirm = program
        .confirm(&session, &body)
        .header("traceparent", parent);
    send(confirm).await;
    program.signal("TERM").await;
    assert!(program.ended().await.success());

    until("the spans arrived", || async {
        spans.has("/v1/traces", &trace_bytes())
    })
    .await;
    for text in ["embed-server", "a-test", "request", "acquirer", "/confirm"] {
        assert!(
            spans.has("/v1/traces", text.as_bytes()),
            "{text} is in no span"
        );
    }
    let envelope = body["encrypted_card"].as_str().unwrap();
    for secret in [
        key.as_str(),
        &session.client_secret,
        envelope,
        support::API_KEY,
    ] {
        assert!(
            !spans.has("/v1/traces", secret.as_bytes()),
            "{secret} is in a span"
        );
    }
    let (_, headers, _) = &calls.all()[0];
    let passed_on = headers["traceparent"].to_str().unwrap();
    assert!(
        passed_on.starts_with(&format!("00-{TRACE}-")),
        "{passed_on}"
    );
    assert!(
        !passed_on.contains("00f067aa0ba902b7"),
        "the span is ours: {passed_on}"
    );
}

#[tokio::test]
async fn without_a_collector_no_trace_is_begun() {
    let place = Place::new("").await;
    let (_, key) = place.merchant().await;
    let (acquirer, calls) = Received::start(StatusCode::BAD_REQUEST).await;
    let variables = [("BORGA_ACQUIRER__BASE_URL", acquirer.as_str())];
    let program = Program::start(&place, &variables).await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;

    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    send(
        program
            .confirm(&session, &body)
            .header("traceparent", parent),
    )
    .await;

    let (_, headers, _) = &calls.all()[0];
    assert!(!headers.contains_key("traceparent"));
}
