//! The frame's document, as a running server writes it.

use crate::{
    demo::{Running, health},
    failure::Outcome,
};

const PORT_BASE: u16 = 4290;

/// The document of a session in Icelandic, which has the longer texts.
///
/// # Errors
/// When the demo does not start or its server does not answer.
pub fn bytes() -> Outcome<Vec<u8>> {
    let demo = Running::start(false, PORT_BASE)?;
    let port = PORT_BASE + 1;
    let body = serde_json::json!({
        "mode": "embedded",
        "amount": 1990,
        "currency": "ISK",
        "locale": "is",
        "origin": demo.told("shop")?,
    });
    let key = demo.told("secret_key")?;
    let answer = health::post(port, "/v1/payment_sessions", &key, &body.to_string())
        .map_err(|error| format!("the demo makes no session: {error}"))?;
    let session: serde_json::Value = serde_json::from_str(&answer.body)
        .map_err(|error| format!("the session is not JSON: {error}"))?;
    let id = session["id"]
        .as_str()
        .ok_or_else(|| format!("the demo makes no session: {}", answer.status))?;
    let document = health::get(port, &format!("/embed/{id}"))
        .map_err(|error| format!("the frame's document: {error}"))?;
    match document.status {
        200 => Ok(document.body.into_bytes()),
        status => Err(format!("the frame's document was answered with {status}").into()),
    }
}
