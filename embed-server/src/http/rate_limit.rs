//! 429 and the `RateLimit-*` headers (draft-ietf-httpapi-ratelimit-headers-03): every answer to a merchant says how much
//! is left of the bucket that was counted last.

use std::cell::Cell;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use checkout_protocol::error_code::ErrorCode;

use crate::app::App;
use crate::domain::rate_limit::Standing;
use crate::http::error::ApiError;
use crate::operations::limit_rate::{Counted, count};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

tokio::task_local! {
    /// Where the caller of this request stands.
    static STANDING: Cell<Option<Standing>>;
}

/// Middleware around everything that counts.
pub async fn tell(request: Request, next: Next) -> Response {
    STANDING
        .scope(Cell::new(None), async {
            let mut response = next.run(request).await;
            if let Some(standing) = STANDING.with(Cell::get) {
                let refused = response.status() == StatusCode::TOO_MANY_REQUESTS;
                write(response.headers_mut(), standing, refused);
            }
            response
        })
        .await
}

fn write(headers: &mut HeaderMap, standing: Standing, refused: bool) {
    headers.insert(LIMIT, HeaderValue::from(standing.limit));
    headers.insert(REMAINING, HeaderValue::from(standing.remaining));
    headers.insert(RESET, HeaderValue::from(standing.reset_s));
    if refused {
        headers.insert(
            header::RETRY_AFTER,
            HeaderValue::from(standing.retry_after_s),
        );
    }
}

/// Counts a request, or refuses it.
///
/// # Errors
///
/// `rate_limited`.
pub async fn admit(app: &App, counted: Counted) -> Result<(), ApiError> {
    note(count(app, counted).await?)
}

/// Remembers where the caller stands, and refuses when nothing is left.
///
/// # Errors
///
/// `rate_limited`.
pub fn note(standing: Standing) -> Result<(), ApiError> {
    // Outside of the middleware nobody is told.
    let _ = STANDING.try_with(|cell| cell.set(Some(standing)));
    if standing.admitted {
        Ok(())
    } else {
        Err(ErrorCode::RateLimited.into())
    }
}
