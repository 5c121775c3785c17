//! Something that happened, as merchants are told of it.

use checkout_protocol::api_key::Mode;
use checkout_protocol::id::EventId;
use checkout_protocol::timestamp::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// The shape of `data`: what `GET` answers under this path.
pub const API_VERSION: &str = "v1";

/// An event, as the merchant API shows it and as webhooks send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Event {
    /// Its id, the same in every delivery.
    pub id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: String,
    /// When.
    pub created_at: Timestamp,
    /// Test or live.
    pub mode: Mode,
    /// The version of the API that `data` is a resource of.
    pub api_version: &'static str,
    /// What a `GET` of the resource answered at that moment.
    #[schema(value_type = Object)]
    pub data: Value,
    /// The fields that the event changed, as they were before; `null` when it made the resource.
    #[schema(value_type = Option<Object>)]
    pub previous_attributes: Option<Value>,
}

/// The fields of `before` that are different in `after`.
#[must_use]
pub fn previous(before: &impl Serialize, after: &impl Serialize) -> Value {
    let fields = |it: Result<Value, serde_json::Error>| match it {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::new(),
    };
    let after = fields(serde_json::to_value(after));
    let mut previous = fields(serde_json::to_value(before));
    previous.retain(|name, value| after.get(name) != Some(value));
    Value::Object(previous)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_changed_is_told() {
        let before = json!({"a": 1, "b": {"c": 2}, "d": null, "e": "same"});
        let after = json!({"a": 2, "b": {"c": 3}, "d": "new", "e": "same"});
        assert_eq!(
            previous(&before, &after),
            json!({"a": 1, "b": {"c": 2}, "d": null})
        );
    }
}
