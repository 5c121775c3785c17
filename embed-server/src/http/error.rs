//! Every failure becomes the documented envelope here. What went wrong on our side is for the log; the caller gets the
//! catalogue's words and a request id.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use checkout_protocol::error_code::{ErrorBody, ErrorCode, ErrorDetail};

use crate::http::assets::{self, Assets};
use crate::operations::{OperationError, Refusal};

/// An error answer.
#[derive(Debug)]
pub struct ApiError(OperationError);

impl<E: Into<OperationError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl ApiError {
    /// The code that the caller gets, unless the error is one of ours.
    #[must_use]
    pub const fn code(&self) -> Option<ErrorCode> {
        match &self.0 {
            OperationError::Refused(refusal) => Some(refusal.code),
            OperationError::Store(_) | OperationError::Internal(_) => None,
        }
    }

    /// The refusal, when it would be the same if the request came again: never a limit, never a failure of ours.
    #[must_use]
    pub fn definitive(&self) -> Option<Refusal> {
        match &self.0 {
            OperationError::Refused(refusal) => {
                let again = matches!(
                    refusal.code,
                    ErrorCode::IdempotencyKeyInUse | ErrorCode::IdempotencyKeyReused
                );
                let definitive = matches!(refusal.code.status(), 400 | 402 | 404 | 409 | 422);
                (definitive && !again).then(|| refusal.clone())
            }
            OperationError::Store(_) | OperationError::Internal(_) => None,
        }
    }

    /// The words for the caller. This is the one place where an error of ours loses its own.
    fn public(self) -> Refusal {
        match self.0 {
            OperationError::Refused(refusal) => refusal,
            OperationError::Store(error) => {
                // The span that was opened around this request carries its id.
                tracing::error!(%error, "the database failed");
                Refusal::new(ErrorCode::TryAgain)
            }
            OperationError::Internal(error) => {
                tracing::error!(error, "a request failed");
                Refusal::new(ErrorCode::InternalError)
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let refusal = self.public();
        let mut response = (status(refusal.code), Json(envelope(refusal))).into_response();
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// The body of an error answer.
pub fn envelope(refusal: Refusal) -> ErrorBody {
    ErrorBody {
        error: ErrorDetail {
            error_type: refusal.code.error_type(),
            code: refusal.code,
            message: refusal.message,
            param: refusal.param,
            doc_url: refusal.code.doc_url(),
        },
    }
}

fn status(code: ErrorCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// For URLs that do not exist. A page learns which versions of the scripts there are, and may read that it does.
pub async fn no_such_route(Extension(assets): Extension<Arc<Assets>>, uri: Uri) -> Response {
    let Some(message) = assets.missing_version(uri.path()) else {
        return ApiError::from(ErrorCode::RouteNotFound).into_response();
    };
    let refusal = Refusal {
        message,
        ..Refusal::new(ErrorCode::RouteNotFound)
    };
    assets::for_any_page(ApiError::from(refusal).into_response())
}

/// For URLs that exist and do not take the method.
pub async fn no_such_method() -> ApiError {
    ErrorCode::MethodNotAllowed.into()
}

/// For bugs: the envelope, and not a word of what happened.
pub fn after_panic(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    ApiError::from(ErrorCode::InternalError).into_response()
}
