//! What is made to go wrong at the bank.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// What the bank's pages do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankFault {
    /// They work.
    #[default]
    None,
    /// They send COOP, so that the window looks closed to whoever opened it.
    Coop,
    /// They show and take no answer.
    NeverAnswers,
    /// They are an HTTP 500.
    #[serde(rename = "error_500")]
    Error500,
    /// The result is brought two times.
    PostsTwice,
    /// Something is brought that is no result.
    PostsGarbage,
    /// A result of another payment is brought.
    PostsAnotherSession,
    /// The answer is taken, and nothing leads back.
    ReturnLost,
}

impl BankFault {
    /// The fault that `text` names.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
    }

    /// Its name.
    pub(crate) fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(_) | Err(_) => String::new(),
        }
    }

    /// What becomes of a page.
    pub(crate) fn of_page(self, mut page: Response) -> Response {
        match self {
            Self::Error500 => {
                return (StatusCode::INTERNAL_SERVER_ERROR, "The bank has trouble").into_response();
            }
            Self::Coop => {
                page.headers_mut().insert(
                    HeaderName::from_static("cross-origin-opener-policy"),
                    HeaderValue::from_static("same-origin"),
                );
            }
            Self::None
            | Self::NeverAnswers
            | Self::PostsTwice
            | Self::PostsGarbage
            | Self::PostsAnotherSession
            | Self::ReturnLost => {}
        }
        page
    }
}
