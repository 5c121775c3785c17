//! What is counted of requests, and `/metrics` on a listener of its own.

use axum::Router;
use axum::extract::{MatchedPath, State};
use axum::http::{Method, header};
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::app::App;
use crate::metrics;

const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Clone)]
struct Source {
    app: App,
    handle: PrometheusHandle,
}

/// `/metrics`, and nothing else.
pub fn router(app: App, handle: PrometheusHandle) -> Router {
    Router::new()
        .route("/metrics", get(read))
        .with_state(Source { app, handle })
}

async fn read(State(source): State<Source>) -> impl IntoResponse {
    let (in_use, idle) = source.app.store.connections();
    metrics::connections(in_use, idle);
    let content_type = [(header::CONTENT_TYPE, TEXT_FORMAT)];
    (content_type, source.handle.render())
}

/// The method as a label: a caller may invent others.
pub fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The route as a label: as it stands in our table, never as the caller wrote it.
pub fn route(matched: Option<&MatchedPath>) -> String {
    match matched.map(MatchedPath::as_str) {
        // The names of built files hold their hash.
        Some(route) if route.starts_with("/a/") => "/a/{file}".to_owned(),
        Some(route) => route.to_owned(),
        None => "unmatched".to_owned(),
    }
}
