//! Plain JavaScript objects, and our values in them.

use checkout_ui::wire::value::Value;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

/// An object of these entries.
pub fn of(entries: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        set(&object, key, value);
    }
    object
}

/// Sets a property of an object of ours.
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let set = Reflect::set(object, &key.into(), value);
    debug_assert!(set.is_ok(), "a plain object takes any property");
}

/// A property, if there is one. What is rarely read is read by its name: every typed reader of the browser's objects
/// is an import of its own that the payer downloads.
pub fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into())
        .ok()
        .filter(|value| !value.is_undefined())
}

/// A text property.
pub fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key)?.as_string()
}

/// Whether a property is `true`.
pub fn flag(object: &JsValue, key: &str) -> bool {
    get(object, key).and_then(|value| value.as_bool()) == Some(true)
}

/// A number property, as [`as_whole`]; 0 when there is none.
pub fn whole(object: &JsValue, key: &str) -> i32 {
    get(object, key)
        .and_then(|value| value.as_f64())
        .map_or(0, as_whole)
}

/// A number as the next whole one; out of range it is the nearest there is.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, which is what is wanted"
)]
pub fn as_whole(number: f64) -> i32 {
    number.ceil() as i32
}

/// The text of a value.
pub fn json(value: &Value) -> String {
    JSON::stringify(&from(value)).map_or_else(|_| String::new(), Into::into)
}

/// A value as JavaScript has it.
pub fn from(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(is) => (*is).into(),
        Value::Number(number) => number_from(*number),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(from).collect::<Array>().into(),
        Value::Object(members) => {
            let object = Object::new();
            for (name, value) in members {
                set(&object, name, &from(value));
            }
            object.into()
        }
    }
}

/// Deeper than any message is. What holds itself has no end.
const DEEPEST: u8 = 8;

/// What JavaScript has as a value. What JSON has no form for is nothing, and so is what is deeper than any message.
pub fn read(value: &JsValue) -> Value {
    within(value, DEEPEST)
}

fn within(value: &JsValue, levels: u8) -> Value {
    if let Some(text) = value.as_string() {
        Value::Text(text)
    } else if let Some(is) = value.as_bool() {
        Value::Bool(is)
    } else if let Some(number) = value.as_f64() {
        Value::Number(exact(number))
    } else if levels == 0 {
        Value::Null
    } else if let Some(items) = value.dyn_ref::<Array>() {
        let read = |item: JsValue| within(&item, levels - 1);
        Value::List(items.iter().map(read).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let keys = Object::keys(object);
        let read = |key: JsValue| member(object, &key, levels - 1);
        Value::Object(keys.iter().filter_map(read).collect())
    } else {
        Value::Null
    }
}

fn member(object: &JsValue, key: &JsValue, levels: u8) -> Option<(String, Value)> {
    let value = Reflect::get(object, key).ok()?;
    Some((key.as_string()?, within(&value, levels)))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "amounts and durations are far below 2^53"
)]
fn number_from(number: i64) -> JsValue {
    JsValue::from_f64(number as f64)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and is then refused where it does not fit"
)]
fn exact(number: f64) -> i64 {
    number as i64
}
