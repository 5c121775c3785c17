//! JSON as a page or a server may send it: mostly nearly right.

use checkout_ui::wire::value::Value;
use serde::Serialize;
use serde_json::Value as Json;

use crate::{Result, Unstructured, one_of};

/// Names of members that something reads.
const NAMES: &[&str] = &[
    "action",
    "amount",
    "appearance",
    "asks_email",
    "asks_saved_card_code",
    "attempt_id",
    "bank_ms",
    "brand",
    "build",
    "card_key",
    "challenge",
    "client_secret",
    "code",
    "currency",
    "customer_email",
    "e",
    "error",
    "exp_month",
    "exp_year",
    "expires_in_ms",
    "fingerprint_ms",
    "hidden",
    "id",
    "kid",
    "kty",
    "last4",
    "last_attempt",
    "limits",
    "locale",
    "merchant_name",
    "n",
    "offers_saving",
    "opened",
    "opening_ms",
    "opening_with_handle_ms",
    "params",
    "parent",
    "payment",
    "persisted",
    "poll_wait_s",
    "retry_ms",
    "retryable",
    "saved_cards",
    "session",
    "shows_email",
    "status",
    "test_mode",
    "theme",
    "three_ds",
    "today",
    "url",
    "version",
    "words",
];

/// Texts that mean something.
const TEXTS: &[&str] = &[
    "",
    "ISK",
    "EUR",
    "abandoned",
    "auto",
    "card_declined",
    "complete",
    "dark",
    "en",
    "expired",
    "failed",
    "is",
    "open",
    "pl-PL",
    "popup",
    "processing",
    "ps_1",
    "redirect",
    "requires_action",
    "succeeded",
    "unknown",
];

/// What a page calls.
pub const METHODS: &[&str] = &[
    "session.attach",
    "options.update",
    "payment.submit",
    "payment.cancel",
    "field.focus",
    "host.visibility",
    "session.detach",
    "",
];

/// Any value, not deeper than `depth`.
///
/// # Errors
///
/// When the bytes are used up.
pub fn value(bytes: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
    let kinds = if depth == 0 { 4 } else { 6 };
    Ok(match bytes.int_in_range(0..=kinds)? {
        0 => Value::Null,
        1 => Value::Bool(bytes.arbitrary()?),
        2 => Value::Number(bytes.arbitrary()?),
        3 => Value::text(one_of(bytes, TEXTS)?),
        4 => Value::text(bytes.arbitrary()?),
        5 => {
            let length = bytes.int_in_range(0..=4)?;
            Value::List(
                (0..length)
                    .map(|_| value(bytes, depth - 1))
                    .collect::<Result<_>>()?,
            )
        }
        _ => object(bytes, depth)?,
    })
}

/// What `it` is on the wire.
///
/// # Panics
///
/// When it cannot be written as JSON, which is a mistake of this crate.
pub fn of(it: &impl Serialize) -> Value {
    from(&serde_json::to_value(it).expect("it can be written"))
}

fn from(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(is) => Value::Bool(*is),
        // The browser's half of the conversion makes whole numbers of all.
        Json::Number(number) => Value::Number(number.as_i64().unwrap_or(i64::MAX)),
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::List(items.iter().map(from).collect()),
        Json::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), from(member)))
                .collect(),
        ),
    }
}

/// `value` with something else in a few places, or with nothing.
///
/// # Errors
///
/// When the bytes are used up.
pub fn nearly(bytes: &mut Unstructured<'_>, value: Value) -> Result<Value> {
    if bytes.ratio(1, 24)? {
        return self::value(bytes, 2);
    }
    Ok(match value {
        Value::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| nearly(bytes, item))
                .collect::<Result<_>>()?,
        ),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| Ok((name, nearly(bytes, member)?)))
                .collect::<Result<_>>()?,
        ),
        other => other,
    })
}

/// Any object.
///
/// # Errors
///
/// When the bytes are used up.
pub fn object(bytes: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
    let members = bytes.int_in_range(0..=16)?;
    let members = (0..members).map(|_| {
        let name = if bytes.ratio(15, 16)? {
            one_of(bytes, NAMES)?
        } else {
            bytes.arbitrary()?
        };
        Ok((name, value(bytes, depth.saturating_sub(1))?))
    });
    Ok(Value::object(members.collect::<Result<_>>()?))
}
