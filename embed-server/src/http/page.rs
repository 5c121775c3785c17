//! HTML answers: a nonce of their own, a policy of their own, never stored by anybody.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::crockford;
use maud::Markup;

use crate::app::App;

/// A header whose value is always the same, and what it is for. Answers and the inventory take it from here.
#[derive(Clone, Copy)]
pub struct FixedHeader {
    /// In lower case.
    pub name: &'static str,
    /// As it is sent.
    pub value: &'static str,
    /// Which harm it prevents.
    pub purpose: &'static str,
}

/// What every answer has.
pub const EVERY_ANSWER: [FixedHeader; 1] = [FixedHeader {
    name: "x-content-type-options",
    value: "nosniff",
    purpose: "Nothing runs as a script that was not sent as one.",
}];

/// What every document has besides its policy.
pub const EVERY_DOCUMENT: [FixedHeader; 3] = [
    FixedHeader {
        name: "cache-control",
        value: "no-store",
        purpose: "No copy of a payer's document is kept, and its nonce is used once.",
    },
    FixedHeader {
        name: "referrer-policy",
        value: "strict-origin",
        purpose: "Ids and one-time nonces in an address do not reach other sites.",
    },
    FixedHeader {
        name: "permissions-policy",
        value: "camera=(), microphone=(), geolocation=(), usb=()",
        purpose: "The document cannot use devices that a payment does not need.",
    },
];

/// Sets headers of a table.
pub fn set(headers: &mut HeaderMap, table: &[FixedHeader]) {
    for header in table {
        let value = HeaderValue::from_static(header.value);
        headers.insert(HeaderName::from_static(header.name), value);
    }
}

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
    set(headers, &EVERY_DOCUMENT);
    response
}
