//! The headers that every answer of the shop carries.
//!
//! The policy allows nothing inline; a page that needs an exception is wrong, not the policy.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::origin::Origin;

/// The page that makes its session in the browser, and so must be allowed to call the API.
const CALLS_THE_API: &str = "/checkout/publishable";

/// What one page needs otherwise than the others.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    /// Another address of the checkout.
    pub checkout: Option<Origin>,
    /// A page in a page of the shop's own.
    pub frames_itself: bool,
}

/// Sets content policy, sniffing, referrer and caching headers.
pub fn apply(headers: &mut HeaderMap, path: &str, checkout: &Origin, exceptions: &Exceptions) {
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(path, checkout, exceptions))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The checkout frame needs the origin; nobody needs the order's address.
        (header::REFERRER_POLICY, "strict-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set_default(headers, header::CACHE_CONTROL, "no-store");
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

fn content_security_policy(path: &str, checkout: &Origin, exceptions: &Exceptions) -> String {
    let checkout = exceptions.checkout.as_ref().unwrap_or(checkout);
    let (own_frames, ancestors) = if exceptions.frames_itself {
        ("'self' ", "'self'")
    } else {
        ("", "'none'")
    };
    let connect = if path == CALLS_THE_API {
        format!("'self' {checkout}")
    } else {
        "'self'".to_owned()
    };
    format!(
        "default-src 'none'; script-src 'self' {checkout}; frame-src {own_frames}{checkout}; style-src 'self'; \
         img-src 'self' data:; connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
}
