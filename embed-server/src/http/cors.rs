//! Cross-origin calls from merchants' pages. The matched origin or nothing; never credentials, never `*` on anything
//! that a key opens.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;

use crate::http::credentials;

/// What a page may read of an answer besides its body.
const EXPOSED: HeaderValue = HeaderValue::from_static("Request-Id, Idempotent-Replayed");

/// `OPTIONS`: a preflight carries no key, so it reflects any well-formed origin; the real answer checks the key's list.
pub async fn preflight(headers: HeaderMap) -> Response {
    let allowed =
        credentials::origin(&headers).filter(|text| Origin::parse(text, Mode::Test).is_ok());
    let Some(origin) = allowed.and_then(|text| HeaderValue::from_str(text).ok()) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let answer: [(HeaderName, HeaderValue); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("POST"),
        ),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type, idempotency-key"),
        ),
        (
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("600"),
        ),
    ];
    (StatusCode::NO_CONTENT, answer).into_response()
}

/// Lets a page of `origin` read the answer.
pub fn allow(mut response: Response, origin: &str) -> Response {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}
