//! One file per thing that can happen. Only these open transactions, none of them sees a header, and none calls the
//! acquirer while a transaction is open: reserve, call, record.

use checkout_protocol::error_code::ErrorCode;

use crate::store::StoreError;

pub mod authenticate;
pub mod call_acquirer;
pub mod cancel_attempt;
pub mod change_api_keys;
pub mod change_customers;
pub mod change_payment_methods;
pub mod change_payments;
pub mod change_webhook_endpoints;
pub mod charge_saved_card;
pub mod choose_surface;
pub mod claim_challenge;
pub mod confirm_payment;
pub mod create_api_key;
pub mod create_merchant;
pub mod create_payment;
pub mod create_refund;
pub mod create_session;
pub mod deliver_webhooks;
pub mod diagnose_origin;
pub mod expand;
pub mod expire_sessions;
pub mod fan_out_events;
pub mod finish_challenge;
pub mod finish_fingerprint;
pub mod follow_changes;
pub mod limit_rate;
pub mod open_session;
pub mod read_events;
pub mod read_merchant_data;
pub mod record_answer;
pub mod recover_attempts;
pub mod reply;
pub mod resume_session;
pub mod retry_authenticated;
pub mod send_refund;
pub mod settle_attempt;
pub mod settle_by_notification;
pub mod watch_session;

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// The caller asked for something that cannot be; the words are for the caller.
    #[error("{0}")]
    Refused(Refusal),
    /// The database failed; the words are for the log.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of ours failed; the words are for the log.
    #[error("{0}")]
    Internal(&'static str),
}

/// A refusal in the words of the catalogue, or more exact ones.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// By its stable name.
    pub code: ErrorCode,
    /// What happened and what would be right.
    pub message: String,
    /// The field it is about.
    pub param: Option<String>,
}

impl Refusal {
    /// The catalogue's words.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            message: code.text().to_owned(),
            param: None,
        }
    }

    /// A field that names something which is not the merchant's in this mode, or not at all.
    #[must_use]
    pub fn unknown(param: &str) -> Self {
        let problem = "does not exist in this mode";
        Self::about(ErrorCode::ResourceNotFound, param, problem)
    }

    /// About a field: "`field` problem".
    #[must_use]
    pub fn about(code: ErrorCode, param: &str, problem: impl std::fmt::Display) -> Self {
        Self {
            code,
            message: format!("`{param}` {problem}."),
            param: Some(param.to_owned()),
        }
    }
}

impl From<ErrorCode> for OperationError {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(Refusal::new(code))
    }
}

impl From<Refusal> for OperationError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
