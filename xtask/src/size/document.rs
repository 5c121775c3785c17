//! The frame's document and the words beside it, as a running server writes them.

use crate::{
    demo::{Running, health},
    failure::Outcome,
};

const PORT_BASE: u16 = 4290;

/// What a running server was asked for.
pub struct Served {
    pub document: Vec<u8>,
    /// The sentences of its language.
    pub words: Vec<u8>,
}

/// The document of a session in Icelandic, which has the longer texts, and its words.
///
/// # Errors
/// When the demo does not start or its server does not answer.
pub fn served() -> Outcome<Served> {
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
    let document = get(port, &format!("/embed/{id}"))?;
    let (_, words) = document
        .split_once("<link id=\"words\"")
        .and_then(|(_, rest)| rest.split_once("href=\""))
        .ok_or("the frame's document names no words")?;
    let words = words.split('"').next().unwrap_or_default();
    Ok(Served {
        words: get(port, words)?.into_bytes(),
        document: document.into_bytes(),
    })
}

fn get(port: u16, path: &str) -> Outcome<String> {
    let answer = health::get(port, path).map_err(|error| format!("{path}: {error}"))?;
    match answer.status {
        200 => Ok(answer.body),
        status => Err(format!("{path} was answered with {status}").into()),
    }
}
