//! The one place that talks to Adyen.

use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::hmac;
use checkout_protocol::id::AttemptId;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::answer::{Expected, answer};
use super::wire::{self, ServiceError, ThreeDs};
use crate::acquirer::{
    Acquirer, Answer, Authorise, CallError, Finish, GiveBack, Notification, NotificationError,
    Reach, StoredCard,
};
use crate::telemetry;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Adyen Checkout, or anything that speaks its contract.
pub struct Adyen {
    client: reqwest::Client,
    base_url: String,
    api_key: SecretString,
    merchant_account: String,
    hmac_key: hmac::Key,
    three_ds: ThreeDs,
}

/// Settings that cannot work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdyenError {
    /// `webhook_hmac_key` is not hex.
    #[error("setting `acquirer.webhook_hmac_key` must be hex, at least 32 digits")]
    HmacKey,
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be started")]
    Client,
}

impl Adyen {
    /// A client of `base_url`, such as `https://checkout-test.adyen.com/v71`.
    ///
    /// # Errors
    ///
    /// [`AdyenError`].
    pub fn new(
        base_url: &str,
        api_key: SecretString,
        merchant_account: &str,
        hmac_key_hex: &SecretString,
        timeout: Duration,
    ) -> Result<Self, AdyenError> {
        let hmac_key = from_hex(hmac_key_hex.expose_secret())
            .filter(|key| key.len() >= 16)
            .ok_or(AdyenError::HmacKey)?;
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| AdyenError::Client)?;
        Ok(Self {
            client,
            base_url: base_url.trim_end_matches('/').to_owned(),
            api_key,
            merchant_account: merchant_account.to_owned(),
            hmac_key: hmac::Key::new(hmac::HMAC_SHA256, &hmac_key),
            three_ds: ThreeDs::Native,
        })
    }

    /// The same with or without steps of 3-D Secure that we carry out ourselves.
    #[must_use]
    pub fn with_three_ds(self, three_ds: ThreeDs) -> Self {
        Self { three_ds, ..self }
    }

    async fn post(
        &self,
        path: &str,
        idempotency_key: &str,
        body: &Value,
    ) -> Result<Vec<u8>, CallError> {
        let request = self
            .client
            .post(format!("{}{path}", self.base_url))
            .header(IDEMPOTENCY_KEY, idempotency_key)
            .json(body);
        self.send(request).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Vec<u8>, CallError> {
        let mut api_key = HeaderValue::from_str(self.api_key.expose_secret())
            .map_err(|_| CallError::NotSent("the API key is not a header value".to_owned()))?;
        api_key.set_sensitive(true);
        let mut trace = HeaderMap::new();
        telemetry::pass_on(&mut trace);
        let response = request
            .headers(trace)
            .header(API_KEY, api_key)
            .send()
            .await
            .map_err(|error| unsent(&error))?;
        let status = response.status();
        let bytes = response
            .bytes()
            .await
            .map_err(|error| CallError::NoAnswer(error.without_url().to_string()))?;
        if status.is_success() {
            return Ok(bytes.to_vec());
        }
        let code = serde_json::from_slice::<ServiceError>(&bytes)
            .unwrap_or_default()
            .error_code;
        Err(match status.as_u16() {
            // 704: the first request with this key is still being worked on.
            422 if code == "704" => CallError::Trouble(code),
            status @ 400..=499 if status != 408 && status != 429 => {
                CallError::Rejected { status, code }
            }
            status => CallError::Trouble(format!("{status} {code}")),
        })
    }
}

/// Only a connection that was never made proves that nothing was sent.
fn unsent(error: &reqwest::Error) -> CallError {
    if error.is_connect() || error.is_builder() {
        CallError::NotSent(kind(error))
    } else {
        CallError::NoAnswer(kind(error))
    }
}

/// What kind of failure it was; the URL and the source chain stay out of the logs.
fn kind(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "time-out"
    } else if error.is_connect() {
        "no connection"
    } else {
        "connection lost"
    }
    .to_owned()
}

/// Bytes of a hex text.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// Part of a URL: only what the acquirer's references are made of.
fn check_reference(reference: &str) -> Result<(), CallError> {
    let known = !reference.is_empty() && reference.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if known {
        Ok(())
    } else {
        let problem = "the reference is not one of the acquirer's";
        Err(CallError::NotSent(problem.to_owned()))
    }
}

/// One key for each result of each step: neither a forged result that came first nor the same result of an earlier step must
/// keep the real one from being heard.
fn details_key(reference: &str, body: &Value) -> String {
    let body = body.to_string();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body.as_bytes());
    let short = checkout_protocol::crockford::encode(&digest.as_ref()[..15]);
    format!("{reference}-{short}")
}

#[async_trait]
impl Acquirer for Adyen {
    async fn authorise(&self, request: &Authorise) -> Result<Answer, CallError> {
        let body = wire::payments(request, &self.merchant_account, self.three_ds);
        let reference = request.attempt.to_string();
        let bytes = self.post("/payments", &reference, &body).await?;
        let expected = Expected {
            reference,
            amount: request.amount,
        };
        Ok(answer(&bytes, &expected))
    }

    async fn finish(&self, request: &Finish) -> Result<Answer, CallError> {
        let reference = request.attempt.to_string();
        let body = wire::details(request);
        let key = details_key(&reference, &body);
        let bytes = self.post("/payments/details", &key, &body).await?;
        let expected = Expected {
            reference,
            amount: request.amount,
        };
        Ok(answer(&bytes, &expected))
    }

    async fn reverse(&self, attempt: AttemptId, acquirer_reference: &str) -> Result<(), CallError> {
        check_reference(acquirer_reference)?;
        let reference = format!("{attempt}-reversal");
        let body = wire::reversal(&reference, &self.merchant_account);
        let path = format!("/payments/{acquirer_reference}/reversals");
        self.post(&path, &reference, &body).await.map(|_| ())
    }

    async fn refund(&self, request: &GiveBack) -> Result<String, CallError> {
        check_reference(&request.charge_reference)?;
        let path = format!("/payments/{}/refunds", request.charge_reference);
        let body = wire::refund(request, &self.merchant_account);
        let bytes = self.post(&path, &request.refund.to_string(), &body).await?;
        wire::modification_reference(&bytes)
            .ok_or_else(|| CallError::NoAnswer("the answer names no refund".to_owned()))
    }

    async fn forget(&self, card: &StoredCard) -> Result<(), CallError> {
        check_reference(&card.token)?;
        let url = format!("{}/storedPaymentMethods/{}", self.base_url, card.token);
        let request = self.client.delete(url).query(&[
            ("shopperReference", card.customer.to_string()),
            ("merchantAccount", self.merchant_account.clone()),
        ]);
        match self.send(request).await {
            // Not known (any more): that is what was wanted.
            Ok(_)
            | Err(CallError::Rejected {
                status: 404 | 422, ..
            }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn reach(&self) -> Reach {
        let body = wire::payment_methods(&self.merchant_account);
        // Reads only, so every question may have the same key.
        match self.post("/paymentMethods", "reach", &body).await {
            Ok(_) => Reach::Welcome,
            Err(CallError::Rejected { status: 404, .. }) => Reach::Untried,
            Err(CallError::Rejected { status, code }) if matches!(status, 401 | 403) => {
                Reach::KeyRefused(format!("{status} {code}"))
            }
            Err(CallError::Rejected { status, code }) => Reach::Trouble(format!("{status} {code}")),
            Err(CallError::Trouble(words)) => Reach::Trouble(words),
            Err(CallError::NotSent(words) | CallError::NoAnswer(words)) => {
                Reach::Unreachable(words)
            }
        }
    }

    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, NotificationError> {
        super::notification::read(body, &self.hmac_key, &self.merchant_account)
    }
}
