//! HTML answers: a nonce of their own, a policy of their own, never stored by anybody.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::crockford;
use maud::Markup;

use crate::app::App;

/// A random nonce for one document's Content-Security-Policy.
pub fn nonce(app: &App) -> String {
    crockford::encode(&app.entropy.bytes::<15>())
}

/// A document under a policy.
pub fn document(status: StatusCode, policy: &str, html: Markup) -> Response {
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), usb=()"),
    );
    response
}
