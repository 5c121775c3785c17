//! The bodies of the processor's contract. Reads tolerantly, decides nothing.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::faults::AnswerFault;
use crate::service_error::ServiceError;

/// An amount on the wire: ISK counts hundredths here, see [`crate::wire_amount`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// ISO 4217 code.
    pub currency: String,
    /// Minor units of the wire.
    pub value: i64,
}

/// Flat map of text beside an outcome.
pub(crate) type AdditionalData = BTreeMap<&'static str, String>;

/// A JSON object whose fields are taken out one by one, so that a wrong one can be named without quoting it.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, ServiceError> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) | Err(_) => Err(ServiceError::unreadable("the body", "a JSON object")),
        }
    }

    /// The field, `None` if it is absent or null.
    pub(crate) fn take<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, ServiceError> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => serde_json::from_value(value)
                .map(Some)
                .map_err(|_| ServiceError::unreadable(name, expected)),
        }
    }

    /// Text; empty counts as absent.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>, ServiceError> {
        let text: Option<String> = self.take(name, "text")?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    pub(crate) fn amount(&mut self) -> Result<Option<Amount>, ServiceError> {
        self.take(
            "amount",
            "an object with `currency` and a whole number `value`",
        )
    }

    pub(crate) fn object(&mut self, name: &'static str) -> Result<Option<Self>, ServiceError> {
        Ok(self
            .take::<Map<String, Value>>(name, "an object")?
            .map(Self))
    }
}

/// Answer of `/payments` and `/payments/details`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentResponse {
    /// What the payer has to do first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Flat map of text.
    pub additional_data: BTreeMap<&'static str, String>,
    /// As sent.
    pub amount: Amount,
    /// The `reference` of the request.
    pub merchant_reference: String,
    /// Brand and type.
    pub payment_method: PaymentMethod,
    /// The processor's own reference.
    pub psp_reference: String,
    /// Text beside the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal_reason: Option<&'static str>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal_reason_code: Option<&'static str>,
    /// `Authorised`, `Refused`, `Cancelled`, `RedirectShopper`, `IdentifyShopper`, `ChallengeShopper`, `Received` or
    /// `PartiallyAuthorised`.
    pub result_code: &'static str,
    /// What the authentication came to, after a challenge.
    #[serde(rename = "threeDS2Result", skip_serializing_if = "Option::is_none")]
    pub three_ds2_result: Option<ThreeDs2Result>,
    /// What becomes of this answer, whatever faults are in force.
    #[serde(skip)]
    pub(crate) fault: Option<AnswerFault>,
}

/// What the payer's browser has to do.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// `redirect` or `threeDS2`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `scheme`.
    pub payment_method_type: &'static str,
    /// Of a redirect: `GET`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
    /// Of a redirect: the bank's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `fingerprint` or `challenge`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtype: Option<&'static str>,
    /// What the browser needs, as base64 JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// To be sent with the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_data: Option<String>,
    /// To be sent in the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorisation_token: Option<String>,
}

/// How was paid.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentMethod {
    /// `visa`, `mc` or `amex`; absent for an unlisted card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<&'static str>,
    /// `scheme`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// What the authentication came to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ThreeDs2Result {
    /// EMV 3-D Secure: `Y`, `A`, `N`, `R` or `U`.
    pub trans_status: &'static str,
    /// `01` when the payer cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge_cancel: Option<&'static str>,
}

/// Answer of `/reversals` and `/refunds`: taken note of, the truth follows by notification.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModificationResponse {
    /// Of a refund: as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// As sent.
    pub merchant_account: String,
    /// The payment that is changed.
    pub payment_psp_reference: String,
    /// Of the change itself.
    pub psp_reference: String,
    /// As sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Always `received`.
    pub status: &'static str,
}

/// Answer of `GET /storedPaymentMethods`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredPaymentMethods {
    /// As sent.
    pub merchant_account: String,
    /// As sent.
    pub shopper_reference: String,
    /// The shopper's cards, oldest first.
    pub stored_payment_methods: Vec<StoredPaymentMethod>,
}

/// A stored card, as far as it may be shown.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredPaymentMethod {
    /// `visa`, `mc` or `amex`.
    pub brand: &'static str,
    /// Two digits.
    pub expiry_month: String,
    /// Two digits.
    pub expiry_year: String,
    /// The token.
    pub id: String,
    /// Of the card number.
    pub last_four: &'static str,
    /// The brand's name for people.
    pub name: &'static str,
    /// Whose card it is.
    pub shopper_reference: String,
    /// Every kind of later payment: a token of a card is not bound to the one that it was made for.
    pub supported_recurring_processing_models: [&'static str; 3],
    /// `scheme`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// One event, as a notification carries it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationItem {
    /// `hmacSignature` and what else belongs to the event.
    #[serde(default)]
    pub additional_data: BTreeMap<String, String>,
    /// In wire units.
    pub amount: Amount,
    /// `AUTHORISATION`, `CANCEL_OR_REFUND`, `REFUND`, `REFUND_FAILED` and what the table of cards names.
    pub event_code: String,
    /// RFC 3339.
    pub event_date: String,
    /// Whose payment.
    pub merchant_account_code: String,
    /// The `reference` of the request that caused the event.
    pub merchant_reference: String,
    /// Of a modification: the payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_reference: Option<String>,
    /// Brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// The processor's reference of the event.
    pub psp_reference: String,
    /// Why it failed; of a `REFUND_FAILED`, that the refund did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `true` or `false`, as text.
    pub success: String,
}

/// The body of a notification: always one item here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// Always `false`.
    pub live: String,
    /// The events.
    pub notification_items: Vec<NotificationEnvelope>,
}

/// What the contract wraps around each item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NotificationEnvelope {
    /// The event.
    #[serde(rename = "NotificationRequestItem")]
    pub item: NotificationItem,
}
