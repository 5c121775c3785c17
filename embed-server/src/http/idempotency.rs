//! The `Idempotency-Key` header, and answers that are sent exactly as they were stored.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout_protocol::api_key::Mode;
use checkout_protocol::crockford;
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::MerchantId;
use serde::Serialize;

use crate::app::App;
use crate::http::error::{self, ApiError};
use crate::operations::OperationError;
use crate::operations::authenticate::Server;
use crate::operations::limit_rate::{self, Counted};
use crate::operations::reply::{self, Answer, Reply, SECRET};
use crate::store::idempotency_keys::Claim;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The header and what the request is, or nothing when it was not sent.
pub struct IdempotencyKey(Option<Request>);

struct Request {
    key: String,
    method: Method,
    path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let key = value.to_str().ok().map(unquoted).filter(|key| {
            (1..=255).contains(&key.len()) && key.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        });
        Ok(Self(Some(Request {
            key: key.ok_or(ErrorCode::InvalidIdempotencyKey)?.to_owned(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
        })))
    }
}

/// The IETF draft writes the key as a quoted string, most clients write it bare.
fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text)
}

impl IdempotencyKey {
    /// The claim of this caller for this body.
    #[must_use]
    pub fn claim(
        self,
        merchant_id: MerchantId,
        mode: Mode,
        credential: String,
        body: &[u8],
    ) -> Option<Claim> {
        let request = self.0?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body);
        Some(Claim {
            merchant_id,
            mode,
            credential,
            key: request.key,
            method: request.method.to_string(),
            path: request.path,
            fingerprint: crockford::encode(digest.as_ref()),
        })
    }
}

impl IdempotencyKey {
    /// The claim of a merchant's server: the key alone decides, for all its secret keys together.
    #[must_use]
    pub fn of_server(self, caller: &Server, body: &[u8]) -> Option<Claim> {
        self.claim(caller.merchant.id, caller.mode, SECRET.to_owned(), body)
    }
}

/// What was answered to an earlier request with the claim; such a request is free of the rate limit.
///
/// # Errors
///
/// `idempotency_key_reused`, `idempotency_key_in_use`.
pub async fn earlier(
    app: &App,
    caller: &Server,
    claim: Option<&Claim>,
) -> Result<Option<Reply>, ApiError> {
    let Some(claim) = claim else {
        return Ok(None);
    };
    let earlier = reply::find(app, claim).await?;
    if earlier.is_some() {
        let counted = Counted::Request(caller.merchant.id, caller.mode);
        limit_rate::uncount(app, counted);
    }
    Ok(earlier)
}

/// The outcome of an operation, kept under its claim also when it is a refusal that would not change.
///
/// # Errors
///
/// The refusal itself.
pub async fn concluded(
    app: &App,
    claim: Option<&Claim>,
    outcome: Result<Reply, OperationError>,
) -> Result<Reply, ApiError> {
    let error = match outcome {
        Ok(reply) => return Ok(reply),
        Err(error) => ApiError::from(error),
    };
    let (Some(claim), Some(refusal)) = (claim, error.definitive()) else {
        return Err(error);
    };
    let refused = Answer {
        status: refusal.code.status(),
        body: serde_json::to_vec(&error::envelope(refusal)).unwrap_or_default(),
    };
    // Another request with the key may have been answered since.
    let earlier = reply::keep(app, claim, &refused).await?;
    Ok(earlier.unwrap_or(Reply::Fresh(refused)))
}

/// The bytes that will be sent and stored.
pub fn answer(status: StatusCode, body: &impl Serialize) -> Answer {
    Answer {
        status: status.as_u16(),
        body: serde_json::to_vec(body).unwrap_or_default(),
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let (answer, replayed) = match self {
            Self::Fresh(answer) => (answer, false),
            Self::Replayed(answer) => (answer, true),
            // Only payments are reserved before they are answered, and their handler reads them.
            Self::Died(_) => return ApiError::from(ErrorCode::InternalError).into_response(),
        };
        let status =
            StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, answer.body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
