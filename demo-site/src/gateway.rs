//! The shop's side of the payment API: a few calls with the secret key.
//!
//! It decides nothing about orders, and neither a key nor a client secret ever reaches a log line from here.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::locale::Locale;
use crate::order::Order;
use crate::origin::Origin;
use crate::secret::Secret;

/// How long the shop waits for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A payment session as the API shows it to a secret key.
#[derive(Debug, Deserialize)]
pub struct Session {
    /// `ps_…`
    pub id: String,
    /// `open`, `complete` or `expired`.
    pub status: String,
    /// The payment that it is for.
    pub payment: Option<String>,
    /// What the payer's page needs beside the id; shown while the session is open.
    pub client_secret: Option<Secret>,
}

/// A customer as the API shows it.
#[derive(Debug, Deserialize)]
pub struct Customer {
    /// `cus_…`
    pub id: String,
}

/// A payment as the API shows it.
#[derive(Debug, Deserialize)]
pub struct Payment {
    /// `pay_…`
    pub id: String,
    /// In the currency's smallest unit; whole krónur for ISK.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    /// `created`, `processing`, `succeeded`, `failed`, `refunded` or `partially_refunded`.
    pub status: String,
    /// The shop's own order id.
    #[serde(default)]
    pub external_reference: Option<String>,
    /// Why the last attempt failed.
    #[serde(default)]
    pub failure_code: Option<String>,
}

#[derive(Deserialize)]
struct Endpoints {
    data: Vec<Endpoint>,
}

#[derive(Deserialize)]
struct Endpoint {
    id: String,
    url: String,
}

#[derive(Deserialize)]
struct EndpointSecret {
    signing_secret: Secret,
}

/// Why a call brought no answer that can be used.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No answer: not reachable, or too slow.
    #[error("the API did not answer: {0}")]
    Unreachable(#[source] reqwest::Error),
    /// The API said no.
    #[error("the API answered {status} {code}")]
    Refused {
        /// HTTP status.
        status: StatusCode,
        /// `error.code` of the envelope.
        code: String,
    },
    /// An answer that is not what the API documents.
    #[error("the API's answer to {0} could not be read")]
    Unreadable(&'static str),
    /// An id that cannot be an id of the API, so it was not asked.
    #[error("not an id of the API")]
    InvalidId,
}

impl GatewayError {
    /// Whether the API knows no such object.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status == StatusCode::NOT_FOUND,
            Self::InvalidId => true,
            Self::Unreachable(_) | Self::Unreadable(_) => false,
        }
    }
}

#[derive(Deserialize)]
struct ErrorEnvelope {
    error: ErrorBody,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    code: String,
}

/// A connection to the API with the shop's secret key.
#[derive(Debug, Clone)]
pub struct Gateway {
    client: reqwest::Client,
    api_url: Origin,
    secret_key: Secret,
}

impl Gateway {
    /// Prepares the client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine.
    pub fn new(api_url: Origin, secret_key: Secret) -> Result<Self, reqwest::Error> {
        // The API never redirects, and a key must not follow one to somewhere else.
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            api_url,
            secret_key,
        })
    }

    /// Makes the shop's one returning customer, or finds them again: the idempotency key is always the same.
    ///
    /// A real shop makes a customer of each account and keeps the id beside it.
    ///
    /// # Errors
    ///
    /// See [`GatewayError`].
    pub async fn returning_customer(&self) -> Result<Customer, GatewayError> {
        let request = self
            .request(Method::POST, "/v1/customers")
            .header("Idempotency-Key", "the-returning-customer")
            .json(&json!({ "email": "returning.customer@example.com" }));
        send(request, "POST customers").await
    }

    /// Makes the `n`th payment session of an order. The idempotency key holds order and number, so a call whose
    /// answer was lost gives the same session when it is repeated. A `customer` is offered their saved cards, and asked
    /// whether a new one may be saved.
    ///
    /// # Errors
    ///
    /// See [`GatewayError`].
    pub async fn create_session(
        &self,
        order: &Order,
        n: u32,
        customer: Option<&Customer>,
        locale: Option<Locale>,
    ) -> Result<Session, GatewayError> {
        let mut body = json!({
            "mode": "embedded",
            "amount": order.amount,
            "currency": order.currency,
            "origin": order.origin.as_str(),
            "external_reference": order.id,
            "return_url": format!("{}{}", order.origin, order.return_address()),
            "metadata": { "order_id": order.id },
        });
        if let Some(customer) = customer {
            body["customer"] = Value::from(customer.id.as_str());
            body["save_payment_method"] = Value::from(true);
        }
        if let Some(locale) = locale {
            body["locale"] = Value::from(locale.tag());
        }
        let request = self
            .request(Method::POST, "/v1/payment_sessions")
            .header("Idempotency-Key", format!("{}-session-{n}", order.id))
            .json(&body);
        send(request, "POST payment_sessions").await
    }

    /// Reads a payment session.
    ///
    /// # Errors
    ///
    /// See [`GatewayError`].
    pub async fn session(&self, id: &str) -> Result<Session, GatewayError> {
        let path = format!("/v1/payment_sessions/{}", checked(id)?);
        send(self.request(Method::GET, &path), "GET payment_sessions").await
    }

    /// Reads a payment.
    ///
    /// # Errors
    ///
    /// See [`GatewayError`].
    pub async fn payment(&self, id: &str) -> Result<Payment, GatewayError> {
        let path = format!("/v1/payments/{}", checked(id)?);
        send(self.request(Method::GET, &path), "GET payments").await
    }

    /// Has the API tell the shop of payments at `url`, and gives the secret that signs.
    ///
    /// A real shop does this once and keeps the secret. This one forgets everything when it stops, so an endpoint from
    /// before gets a new secret.
    ///
    /// # Errors
    ///
    /// See [`GatewayError`].
    pub async fn register_webhook(&self, url: &str) -> Result<Secret, GatewayError> {
        const PATH: &str = "/v1/webhook_endpoints";
        let list = self.request(Method::GET, &format!("{PATH}?limit=100"));
        let known: Endpoints = send(list, "GET webhook_endpoints").await?;
        let made: EndpointSecret =
            if let Some(known) = known.data.iter().find(|known| known.url == url) {
                let path = format!("{PATH}/{}/rotate_secret", checked(&known.id)?);
                let rotate = self.request(Method::POST, &path);
                send(rotate, "POST webhook_endpoints rotate_secret").await?
            } else {
                let body = json!({ "url": url, "enabled_events": ["payment.succeeded"] });
                let create = self.request(Method::POST, PATH).json(&body);
                send(create, "POST webhook_endpoints").await?
            };
        Ok(made.signing_secret)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.api_url))
            .bearer_auth(self.secret_key.reveal())
    }
}

/// Lets only what can be an id into an address: some ids arrive from a browser.
fn checked(id: &str) -> Result<&str, GatewayError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if (1..=80).contains(&id.len()) && id.bytes().all(plain) {
        Ok(id)
    } else {
        Err(GatewayError::InvalidId)
    }
}

/// Sends a request and reads the answer or the error envelope; failures are logged here, once.
async fn send<T: DeserializeOwned>(
    request: RequestBuilder,
    call: &'static str,
) -> Result<T, GatewayError> {
    // The address is dropped from the error because it holds ids that the log has no use for.
    let unreachable = |error: reqwest::Error| {
        let error = error.without_url();
        tracing::warn!(call, %error, timeout = error.is_timeout(), "the API did not answer");
        GatewayError::Unreachable(error)
    };
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let request_id = response
        .headers()
        .get("Request-Id")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let bytes = response.bytes().await.map_err(unreachable)?;
    if status.is_success() {
        return serde_json::from_slice(&bytes).map_err(|_| {
            tracing::warn!(call, request_id, "the API's answer could not be read");
            GatewayError::Unreadable(call)
        });
    }
    // The message is left out of the log: it may repeat what was sent.
    let code = serde_json::from_slice::<ErrorEnvelope>(&bytes)
        .map_or_else(|_| "no_error_envelope".to_owned(), |it| it.error.code);
    tracing::warn!(call, %status, code, request_id, "the API refused");
    Err(GatewayError::Refused { status, code })
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn only_letters_digits_and_underscores_reach_an_address() {
        assert!(checked("ps_01hx9z3k2mfq7nbvd4cw8ej5rt").is_ok());
        for id in ["", "ps_/../x", "ps_a?b", "ps_%2e", "ps_þ", &"a".repeat(81)] {
            assert!(checked(id).is_err(), "{id}");
        }
    }
}
