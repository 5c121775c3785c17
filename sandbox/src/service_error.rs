//! The processor's error answers: one constructor per case, each with its status and code in one place.
//!
//! No message quotes what was sent: a card number may have been put in any field by mistake.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The body of every 4xx and 5xx answer of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServiceError {
    status: u16,
    error_code: &'static str,
    message: String,
    error_type: &'static str,
}

const VALIDATION: &str = "validation";
const SECURITY: &str = "security";
const INTERNAL: &str = "internal";

impl ServiceError {
    fn new(status: StatusCode, code: &'static str, kind: &'static str, message: &str) -> Self {
        let (status, message) = (status.as_u16(), message.to_owned());
        Self {
            status,
            error_code: code,
            message,
            error_type: kind,
        }
    }

    fn invalid(code: &'static str, message: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, VALIDATION, message)
    }

    pub(crate) fn unauthorised() -> Self {
        let message = "HTTP Status Response - Unauthorized";
        Self::new(StatusCode::UNAUTHORIZED, "000", SECURITY, message)
    }

    pub(crate) fn unknown_route() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "000",
            VALIDATION,
            "There is no such route",
        )
    }

    pub(crate) fn invalid_merchant_account() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "901",
            SECURITY,
            "Invalid Merchant Account",
        )
    }

    pub(crate) fn unreadable(what: &str, expected: &str) -> Self {
        let message = format!("Problem reading {what}: it must be {expected}");
        Self::new(StatusCode::BAD_REQUEST, "702", VALIDATION, &message)
    }

    pub(crate) fn too_large() -> Self {
        let message = "The body must not exceed 64 kB";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "702", VALIDATION, message)
    }

    pub(crate) fn internal() -> Self {
        let message = "The request could not be processed";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "905", INTERNAL, message)
    }

    pub(crate) fn in_progress() -> Self {
        Self::invalid("704", "request already processed or in progress")
    }

    pub(crate) fn amount_missing() -> Self {
        Self::invalid("100", "No amount specified")
    }

    pub(crate) fn amount_invalid() -> Self {
        let message = "Invalid amount specified: it must be positive, and whole krónur in ISK (a multiple of 100)";
        Self::invalid("137", message)
    }

    pub(crate) fn currency_invalid() -> Self {
        Self::invalid(
            "138",
            "Unsupported currency specified: use an upper-case ISO 4217 code",
        )
    }

    pub(crate) fn reference_invalid() -> Self {
        Self::invalid(
            "130",
            "Reference Missing: send `reference` with 1 to 80 characters",
        )
    }

    pub(crate) fn return_url_missing() -> Self {
        Self::invalid("14_030", "Return URL is missing")
    }

    pub(crate) fn return_url_invalid() -> Self {
        let message =
            "Return URL is invalid: send an absolute http or https URL of at most 1024 characters";
        Self::invalid("14_030", message)
    }

    pub(crate) fn payment_method_missing() -> Self {
        Self::invalid("14_006", "Required object 'paymentMethod' is not provided")
    }

    pub(crate) fn payment_method_unsupported() -> Self {
        let message = "Unsupported payment method: send type 'scheme' with either 'encryptedCard' or 'storedPaymentMethodId'";
        Self::invalid("14_004", message)
    }

    pub(crate) fn field_missing(code: &'static str, name: &str) -> Self {
        let message = format!("Required field '{name}' is not provided");
        Self::invalid(code, &message)
    }

    pub(crate) fn field_invalid(name: &str, expected: &str) -> Self {
        let message = format!("Invalid field '{name}': use {expected}");
        Self::invalid("192", &message)
    }

    pub(crate) fn shopper_reference_invalid() -> Self {
        let message = "Invalid shopperReference: send 3 to 256 characters";
        Self::invalid("180", message)
    }

    pub(crate) fn interaction_mismatch() -> Self {
        let message = "Invalid combination of shopper interaction and recurring contract: Ecommerce stores a card and \
                       uses it with CardOnFile, ContAuth uses it with every model";
        Self::invalid("807", message)
    }

    pub(crate) fn contract_not_found() -> Self {
        Self::invalid("800", "Contract not found")
    }

    pub(crate) fn payment_detail_not_found() -> Self {
        Self::invalid("803", "PaymentDetail not found")
    }

    pub(crate) fn card_key_unknown() -> Self {
        let message = "Unable to load Private Key for decryption: fetch /card-key again";
        Self::invalid("173", message)
    }

    pub(crate) fn card_undecryptable() -> Self {
        Self::invalid("174", "Unable to decrypt data")
    }

    pub(crate) fn card_unreadable() -> Self {
        Self::invalid("175", "Unable to parse JSON data")
    }

    pub(crate) fn card_number_invalid() -> Self {
        Self::invalid("101", "Invalid card number")
    }

    pub(crate) fn expiry_invalid() -> Self {
        Self::invalid("129", "Expiry Date Invalid")
    }

    pub(crate) fn details_missing() -> Self {
        Self::invalid(
            "14_006",
            "Required object 'details' with 'redirectResult' is not provided",
        )
    }

    pub(crate) fn redirect_result_unknown() -> Self {
        Self::invalid(
            "14_002",
            "redirectResult is not one that this processor gave out",
        )
    }

    pub(crate) fn payment_data_unknown() -> Self {
        let message = "paymentData or authorisationToken is not one that this processor gave out";
        Self::invalid("14_003", message)
    }

    pub(crate) fn original_reference_unknown() -> Self {
        Self::invalid("167", "Original pspReference required for this operation")
    }

    pub(crate) fn idempotency_key_invalid() -> Self {
        let what = "the Idempotency-Key header";
        Self::unreadable(what, "1 to 64 printable ASCII characters")
    }

    /// Status and body, to be stored and sent again as they are.
    pub(crate) fn parts(&self) -> (StatusCode, Vec<u8>) {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, serde_json::to_vec(self).unwrap_or_default())
    }
}

impl IntoResponse for ServiceError {
    fn into_response(self) -> Response {
        let (status, _) = self.parts();
        (status, Json(self)).into_response()
    }
}
