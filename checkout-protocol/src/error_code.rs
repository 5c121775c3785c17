//! Every error the API can answer, in one table: code, family, HTTP status and the text that stands when nothing more
//! exact is known. Documentation is generated from it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The `type` of an error: who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorType {
    /// The request is wrong; mend it before sending it again.
    InvalidRequestError,
    /// The key or secret is missing or wrong.
    AuthenticationError,
    /// The caller is known and may not do this.
    PermissionError,
    /// Too many requests; wait for `Retry-After`.
    RateLimitError,
    /// Our side; retrying with the same idempotency key is safe.
    ApiError,
    /// The card was refused; the payer can act.
    CardError,
}

macro_rules! catalogue {
    ($($variant:ident, $code:literal, $family:ident, $status:literal, $text:literal;)+) => {
        /// A stable name for one thing that went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each code's text says what it means")]
        pub enum ErrorCode { $($variant),+ }

        impl ErrorCode {
            /// The whole catalogue, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands in answers.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Who has to act.
            #[must_use]
            pub const fn error_type(self) -> ErrorType {
                match self { $(Self::$variant => ErrorType::$family),+ }
            }

            /// The HTTP status of an answer that carries it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// What happened and what to do, for developers.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

catalogue! {
    MissingApiKey, "missing_api_key", AuthenticationError, 401,
        "Send your key as `Authorization: Bearer sk_test_…`.";
    InvalidApiKey, "invalid_api_key", AuthenticationError, 401,
        "Invalid API key provided. Copy the whole key from where it was shown, or make a new one.";
    InvalidClientSecret, "invalid_client_secret", AuthenticationError, 401,
        "This client secret does not open this payment session. Use the `client_secret` that came with the session.";
    PublishableKeyNotAllowed, "publishable_key_not_allowed", PermissionError, 403,
        "A publishable key can only create embedded payment sessions. Use a secret key, on your server.";
    SecretKeyInBrowser, "secret_key_in_browser", PermissionError, 403,
        "A secret key arrived from a browser (the request has an Origin header). Revoke it and use a publishable key in pages.";
    LiveModeNotEnabled, "live_mode_not_enabled", PermissionError, 403,
        "Live keys work once the merchant is verified. Use a test key until then.";
    InsufficientPermissions, "insufficient_permissions", PermissionError, 403,
        "This key may not do that.";
    OriginNotAllowed, "origin_not_allowed", PermissionError, 403,
        "The page's origin is not in the publishable key's allowed_origins. Add it to the key.";
    MissingOrigin, "missing_origin", InvalidRequestError, 400,
        "An embedded session needs `origin`: the scheme, host and port of the page that shows the checkout.";
    MissingRedirectUrls, "missing_redirect_urls", InvalidRequestError, 400,
        "A hosted session needs `return_url`: where the payer goes afterwards.";
    RedirectUrlNotAllowed, "redirect_url_not_allowed", InvalidRequestError, 400,
        "This URL is neither on the session's origin nor on one of the merchant's allowed redirect domains.";
    InvalidJson, "invalid_json", InvalidRequestError, 400,
        "The request body is not a JSON object.";
    UnknownParameter, "unknown_parameter", InvalidRequestError, 400,
        "The request has a parameter that this endpoint does not know.";
    MissingParameter, "missing_parameter", InvalidRequestError, 400,
        "A required parameter is missing.";
    InvalidParameter, "invalid_parameter", InvalidRequestError, 400,
        "A parameter has a value it cannot have.";
    InvalidAmount, "invalid_amount", InvalidRequestError, 400,
        "`amount` must be a whole number from 1 to 9999999999, in the currency's smallest unit.";
    UnsupportedCurrency, "unsupported_currency", InvalidRequestError, 400,
        "We do not take this currency.";
    BankInvoiceNotEnabled, "bank_invoice_not_enabled", InvalidRequestError, 400,
        "Bank invoices are not available in embedded sessions.";
    AccountingLinkRequired, "accounting_link_required", InvalidRequestError, 400,
        "Bank invoices need an accounting link, which this merchant does not have.";
    ProviderNoBankInvoice, "provider_no_bank_invoice", InvalidRequestError, 400,
        "The merchant's accounting provider cannot issue bank invoices.";
    InvalidKennitala, "invalid_kennitala", InvalidRequestError, 422,
        "This is not a kennitala: ten digits, such as 1212901899.";
    KennitalaLocked, "kennitala_locked", InvalidRequestError, 400,
        "The session fixes the payer's kennitala.";
    CustomerEmailLocked, "customer_email_locked", InvalidRequestError, 400,
        "The session fixes the payer's e-mail address.";
    InvalidIdempotencyKey, "invalid_idempotency_key", InvalidRequestError, 400,
        "Idempotency-Key must be 1 to 255 printable ASCII characters, such as a UUID.";
    IdempotencyKeyReused, "idempotency_key_reused", InvalidRequestError, 409,
        "This Idempotency-Key belongs to another request. Use a new key for a new request.";
    IdempotencyKeyInUse, "idempotency_key_in_use", InvalidRequestError, 409,
        "The first request with this Idempotency-Key is still running. Send it again in a moment.";
    ResourceNotFound, "resource_not_found", InvalidRequestError, 404,
        "There is no such resource in this mode.";
    RouteNotFound, "route_not_found", InvalidRequestError, 404,
        "There is no such URL.";
    MethodNotAllowed, "method_not_allowed", InvalidRequestError, 405,
        "This URL does not take this method.";
    PayloadTooLarge, "payload_too_large", InvalidRequestError, 413,
        "The request body is larger than this endpoint takes.";
    UnsupportedMediaType, "unsupported_media_type", InvalidRequestError, 415,
        "Send the body as JSON, with `Content-Type: application/json`.";
    PaymentNotRefundable, "payment_not_refundable", InvalidRequestError, 422,
        "Only a payment that was collected can be refunded.";
    RefundExceedsCapture, "refund_exceeds_capture", InvalidRequestError, 422,
        "The refund is larger than what is left of the payment.";
    PaymentMethodNotUsable, "payment_method_not_usable", InvalidRequestError, 422,
        "This payment method was detached or belongs to another customer.";
    CardPaymentSessionFailed, "card_payment_session_failed", ApiError, 502,
        "The card processor did not take the session. Try again later.";
    PollDisabled, "poll_disabled", PermissionError, 403,
        "Polling for the status is off. Listen to webhooks, or read the session with a secret key.";
    SessionNotFound, "session_not_found", InvalidRequestError, 404,
        "There is no such payment session.";
    SessionNotOpen, "session_not_open", InvalidRequestError, 409,
        "The payment session is complete or expired.";
    SessionExpired, "session_expired", InvalidRequestError, 409,
        "The payment session has expired. Create a new one.";
    AttemptInProgress, "attempt_in_progress", InvalidRequestError, 409,
        "Another attempt to pay this is still under way.";
    TooManyAttempts, "too_many_attempts", InvalidRequestError, 422,
        "This session has had too many attempts. Create a new one.";
    TooLate, "too_late", InvalidRequestError, 409,
        "The attempt can no longer be cancelled; its outcome follows.";
    ChallengeNotFound, "challenge_not_found", InvalidRequestError, 404,
        "There is no such challenge.";
    ChallengeMoved, "challenge_moved", InvalidRequestError, 409,
        "The challenge was continued in another window.";
    InvalidResumeToken, "invalid_resume_token", InvalidRequestError, 410,
        "The way back from the bank was used by another page or is too old. Ask your own server how the payment stands.";
    InvalidCardData, "invalid_card_data", InvalidRequestError, 400,
        "The encrypted card is not one that this session's form made.";
    InvalidSignature, "invalid_signature", AuthenticationError, 401,
        "The notification's signature is missing or wrong.";
    RateLimited, "rate_limited", RateLimitError, 429,
        "Too many requests. Wait as long as Retry-After says.";
    TryAgain, "try_again", ApiError, 503,
        "We could not do this just now. Send it again.";
    InternalError, "internal_error", ApiError, 500,
        "Something went wrong on our side.";
    CardDeclined, "card_declined", CardError, 402,
        "The card was declined. Another card may work.";
    InsufficientFunds, "insufficient_funds", CardError, 402,
        "The card has not enough money for this.";
    LostCard, "lost_card", CardError, 402,
        "The card is reported lost. Tell the payer only that it was declined.";
    StolenCard, "stolen_card", CardError, 402,
        "The card is reported stolen. Tell the payer only that it was declined.";
    ExpiredCard, "expired_card", CardError, 402,
        "The card has expired.";
    IncorrectCvc, "incorrect_cvc", CardError, 402,
        "The security code is wrong.";
    IncorrectNumber, "incorrect_number", CardError, 402,
        "The card number is wrong.";
    CardNotSupported, "card_not_supported", CardError, 402,
        "The card cannot be used for this kind of purchase.";
    VelocityExceeded, "velocity_exceeded", CardError, 402,
        "The card has reached its limit for now.";
    IssuerUnavailable, "issuer_unavailable", CardError, 402,
        "The card's bank did not answer.";
    ProcessingError, "processing_error", CardError, 402,
        "The acquirer could not process the card just now.";
    AuthenticationRequired, "authentication_required", CardError, 402,
        "The bank wants the card holder to take part. Collect this payment in a session.";
    AuthenticationFailed, "authentication_failed", CardError, 402,
        "The bank could not confirm that the payer is the card holder.";
    AuthenticationRejected, "authentication_rejected", CardError, 402,
        "The bank refused the authentication. Do not try the same card again.";
    AuthenticationUnavailable, "authentication_unavailable", CardError, 402,
        "The bank's authentication was not available.";
    AuthenticationCancelled, "authentication_cancelled", CardError, 402,
        "The payer cancelled at the bank.";
    ChallengeAbandoned, "challenge_abandoned", CardError, 402,
        "The payer left the bank's page to try again.";
    TestmodeUseTestCard, "testmode_use_test_card", CardError, 402,
        "Test mode takes only the test cards of the documentation.";
    FrameRefused, "frame_refused", InvalidRequestError, 403,
        "The browser refused the frame. Check the session's origin and the page's policy.";
    FrameTimeout, "frame_timeout", ApiError, 504,
        "The checkout did not answer in time. Check the network and the page's policy.";
    WasmFailed, "wasm_failed", ApiError, 500,
        "The checkout's program could not start in this browser. The payer can press Try again; look for what blocks it.";
    EncryptionFailed, "encryption_failed", ApiError, 500,
        "The browser could not encrypt the card. The page must be served over https.";
    NetworkError, "network_error", ApiError, 503,
        "The checkout did not reach the server.";
}

impl ErrorCode {
    /// The code that `text` names.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Where it is documented.
    #[must_use]
    pub fn doc_url(self) -> String {
        format!("https://docs.borga.is/errors/{}", self.as_str())
    }

    /// Whether the same payer may try again in the same session, with this card or another.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(
            self.error_type(),
            ErrorType::CardError | ErrorType::RateLimitError | ErrorType::ApiError
        )
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    /// A code of a newer server counts as an internal error: opaque, and never a success.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self::from_text(&text).unwrap_or(Self::InternalError))
    }
}

#[cfg(feature = "schema")]
impl ts_rs::TS for ErrorCode {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "ErrorCode".to_owned()
    }

    fn inline(_: &ts_rs::Config) -> String {
        let codes: Vec<String> = Self::ALL
            .iter()
            .map(|code| format!("\"{}\"", code.as_str()))
            .collect();
        codes.join(" | ")
    }

    fn decl(config: &ts_rs::Config) -> String {
        format!("type ErrorCode = {};", Self::inline(config))
    }

    fn decl_concrete(config: &ts_rs::Config) -> String {
        Self::decl(config)
    }
}

/// The body of every error answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// The error itself.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorDetail {
    /// Who has to act.
    #[serde(rename = "type")]
    pub error_type: ErrorType,
    /// What happened, by its stable name.
    pub code: ErrorCode,
    /// What happened and what to do, for developers.
    pub message: String,
    /// The field of the request it is about.
    pub param: Option<String>,
    /// Where it is documented.
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    pub doc_url: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_one_name_an_error_status_and_a_sentence() {
        let names: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
            assert!(code.text().ends_with(['.', '`']), "{code:?}");
            assert_eq!(ErrorCode::from_text(code.as_str()), Some(*code));
        }
    }
}
