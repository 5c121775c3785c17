//! Plain JavaScript objects.

use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

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

/// A property, if there is one.
pub fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into())
        .ok()
        .filter(|value| !value.is_undefined())
}

/// A text property.
pub fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key)?.as_string()
}

/// A property that is so or not.
pub fn flag(object: &JsValue, key: &str) -> Option<bool> {
    get(object, key)?.as_bool()
}

/// One of our types as JSON would have it.
pub fn from<T: Serialize>(value: &T) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Our types hold nothing that JSON has no form for.
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

