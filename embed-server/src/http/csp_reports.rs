//! `/public/csp-reports`: what browsers say about our own policies. A report is a bug of ours or an attack on a payer.

use axum::extract::Request;
use axum::http::StatusCode;

use crate::http::body::read_bytes;

/// Logs which rule was broken, and nothing a browser could smuggle into the log.
pub async fn receive(request: Request) -> StatusCode {
    let Ok(body) = read_bytes(request, &()).await else {
        return StatusCode::NO_CONTENT;
    };
    let report: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let directive: String = report["csp-report"]["effective-directive"]
        .as_str()
        .unwrap_or("unknown")
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || *char == '-')
        .take(40)
        .collect();
    tracing::warn!(directive, "a browser reported a policy violation");
    StatusCode::NO_CONTENT
}
