//! What goes between the bank and the payer's browser in EMV 3-D Secure: messages as base64url JSON in form fields.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::authentication::VERSION;

/// A field of a form.
pub(crate) fn packed(message: &Value) -> String {
    URL_SAFE_NO_PAD.encode(message.to_string())
}

fn unpacked<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// A `token` of the processor, which is base64 with the other alphabet.
pub(crate) fn token(message: &Value) -> String {
    STANDARD.encode(message.to_string())
}

/// What a merchant says in `threeds2.fingerprint` or `threeDSResult`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    #[serde(rename = "threeDSCompInd")]
    pub(crate) completion: Option<String>,
    #[serde(rename = "authorisationToken")]
    pub(crate) authorisation_token: Option<String>,
}

/// Reads it.
pub(crate) fn told(text: &str) -> Option<Told> {
    serde_json::from_slice(&STANDARD.decode(text).ok()?).ok()
}

/// `threeDSMethodData`, as the start page sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct MethodData {
    #[serde(rename = "threeDSServerTransID")]
    pub(crate) transaction: String,
    #[serde(rename = "threeDSMethodNotificationURL")]
    pub(crate) notification_url: Url,
}

/// Reads it; only a web address is ever posted to.
pub(crate) fn method_data(text: &str) -> Option<MethodData> {
    unpacked::<MethodData>(text)
        .filter(|data| matches!(data.notification_url.scheme(), "http" | "https"))
}

/// A challenge request.
#[derive(Debug, Deserialize)]
pub(crate) struct CReq {
    #[serde(rename = "threeDSServerTransID")]
    pub(crate) transaction: String,
    #[serde(rename = "acsTransID")]
    pub(crate) acs_transaction: String,
    #[serde(rename = "messageType")]
    message_type: String,
    #[serde(rename = "messageVersion")]
    version: String,
    #[serde(rename = "challengeWindowSize")]
    window_size: String,
}

impl CReq {
    /// Reads one that a bank would take.
    pub(crate) fn read(text: &str) -> Option<Self> {
        unpacked::<Self>(text).filter(|creq| {
            creq.message_type == "CReq"
                && creq.version == VERSION
                && matches!(creq.window_size.as_str(), "01" | "02" | "03" | "04" | "05")
        })
    }
}

/// A challenge's response.
pub(crate) fn cres(transaction: &str, acs_transaction: &str, trans_status: &str) -> String {
    packed(&json!({
        "threeDSServerTransID": transaction,
        "acsTransID": acs_transaction,
        "messageType": "CRes",
        "messageVersion": VERSION,
        "challengeCompletionInd": "Y",
        "transStatus": trans_status,
    }))
}
