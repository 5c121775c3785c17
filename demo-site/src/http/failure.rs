//! The ways in which a request ends without what it asked for, and how each is shown.
//!
//! A failure carries no text from outside: nothing that the API or a browser said reaches the page.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::gateway::GatewayError;
use crate::locale::Text;
use crate::page::{self, View};
use crate::sandbox::SandboxError;
use crate::texts;

/// Why there is no answer. Handlers return it bare; `visit::receive` writes the page in the visitor's language.
#[derive(Debug, Clone, Copy)]
pub enum Failure {
    /// No such page or order.
    NotFound,
    /// No such product.
    UnknownProduct,
    /// Not a whole number of krónur that the shop can sell for.
    InvalidAmount,
    /// Neither of the two checkouts.
    UnknownKind,
    /// The form or JSON could not be read.
    Unreadable,
    /// The page cannot be asked this way.
    MethodNotAllowed,
    /// The session is unknown or made for another order.
    ForeignSession,
    /// The order is paid with another session.
    SessionKnown,
    /// The API could not be asked.
    GatewayDown,
}

impl Failure {
    const fn parts(self) -> (StatusCode, &'static str, Text, Text) {
        use StatusCode as S;
        match self {
            Self::NotFound => (
                S::NOT_FOUND,
                "not_found",
                texts::NOT_FOUND,
                texts::NOT_FOUND_MORE,
            ),
            Self::UnknownProduct => (
                S::BAD_REQUEST,
                "unknown_product",
                texts::BAD_REQUEST,
                texts::UNKNOWN_PRODUCT,
            ),
            Self::InvalidAmount => (
                S::BAD_REQUEST,
                "invalid_amount",
                texts::BAD_REQUEST,
                texts::INVALID_AMOUNT,
            ),
            Self::UnknownKind => (
                S::BAD_REQUEST,
                "unknown_kind",
                texts::BAD_REQUEST,
                texts::UNKNOWN_KIND,
            ),
            Self::Unreadable => (
                S::BAD_REQUEST,
                "unreadable",
                texts::BAD_REQUEST,
                texts::UNREADABLE,
            ),
            Self::MethodNotAllowed => (
                S::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                texts::BAD_REQUEST,
                texts::METHOD_NOT_ALLOWED,
            ),
            Self::ForeignSession => (
                S::BAD_REQUEST,
                "foreign_session",
                texts::BAD_REQUEST,
                texts::FOREIGN_SESSION,
            ),
            Self::SessionKnown => (
                S::CONFLICT,
                "session_known",
                texts::BAD_REQUEST,
                texts::SESSION_KNOWN,
            ),
            Self::GatewayDown => (
                S::BAD_GATEWAY,
                "gateway_down",
                texts::GATEWAY_DOWN,
                texts::GATEWAY_DOWN_MORE,
            ),
        }
    }

    /// The answer to show: JSON where a program asked, a page where a person did.
    pub fn page(self, view: &View, path: &str) -> Response {
        let (status, code, title, more) = self.parts();
        let is_data = path.rsplit('.').next() == Some("json") || path.ends_with("/session");
        if is_data {
            let body = json!({ "error": { "code": code, "message": more.to(view.locale) } });
            return (status, Json(body)).into_response();
        }
        // After a broken payment step the way on is to try the same address again.
        let again = matches!(self, Self::GatewayDown);
        (status, page::notice(view, title, more, again)).into_response()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.parts().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        tracing::warn!(%error, "the lab cannot ask the sandbox");
        Self::GatewayDown
    }
}

impl From<GatewayError> for Failure {
    /// `gateway` has logged the reason already.
    fn from(_: GatewayError) -> Self {
        Self::GatewayDown
    }
}
