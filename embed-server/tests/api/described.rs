//! Every answer of the merchant API is what the OpenAPI document says: the operation has the status, the body fits the
//! status' schema, headers are the documented ones.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use reqwest::header::HeaderMap;
use serde_json::Value;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&embed_server::http::openapi::text()).unwrap());

/// Headers that stand in an answer whenever they are true of it, and nowhere else.
const DOCUMENTED: [&str; 6] = [
    "Request-Id",
    "Idempotent-Replayed",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
];

/// Fails when an answer is not what the document says of the request. Other URLs than those of merchants are not in it.
pub fn check(method: &str, path: &str, status: u16, headers: &HeaderMap, body: &str) {
    // A preflight is a browser's own question, and the scripts are pages.
    if !path.starts_with("/v1/") || path.starts_with("/v1/borga") || method == "OPTIONS" {
        return;
    }
    let request = format!("{method} {path} was answered {status}");
    let response = match operation(method, path) {
        Some(operation) => resolve(&operation["responses"][status.to_string()]),
        None if status == 404 => resolve(&DOCUMENT["components"]["responses"]["RouteNotFound"]),
        None => resolve(&DOCUMENT["components"]["responses"]["MethodNotAllowed"]),
    };
    assert!(
        !response.is_null(),
        "{request}, which is not documented: {body}"
    );
    check_body(&request, response, headers, body);
    check_headers(&request, response, headers);
}

/// The operation that answers the request.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let same = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(wanted, part)| wanted == part || wanted.starts_with('{'))
    };
    let paths = DOCUMENT["paths"].as_object()?;
    let (_, item) = paths.iter().find(|(template, _)| same(template))?;
    item.get(method.to_ascii_lowercase())
}

fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or(&Value::Null),
        None => value,
    }
}

fn check_body(request: &str, response: &'static Value, headers: &HeaderMap, body: &str) {
    let media = headers
        .get("content-type")
        .map(|media| media.to_str().unwrap());
    let Some(content) = response.get("content") else {
        assert_eq!(
            (media, body),
            (None, ""),
            "{request}, documented without a body"
        );
        return;
    };
    assert_eq!(media, Some("application/json"), "{request}");
    let body: Value = serde_json::from_str(body).unwrap();
    let mistakes = mistakes(&content["application/json"]["schema"], &body);
    assert!(
        mistakes.is_empty(),
        "{request}, against its schema: {mistakes:#?} in {body:#}"
    );
}

fn check_headers(request: &str, response: &'static Value, headers: &HeaderMap) {
    let has = |name: &str| headers.contains_key(name);
    assert!(has("Request-Id"), "{request}, without a Request-Id");
    assert_eq!(
        has("RateLimit-Limit"),
        has("RateLimit-Remaining"),
        "{request}"
    );
    assert_eq!(has("RateLimit-Limit"), has("RateLimit-Reset"), "{request}");
    assert_eq!(has("Retry-After"), request.ends_with(" 429"), "{request}");
    for name in DOCUMENTED {
        let Some(value) = headers.get(name) else {
            continue;
        };
        let schema = &response["headers"][name]["schema"];
        assert!(
            !schema.is_null(),
            "{request}, with {name}, which is not documented"
        );
        let text = value.to_str().unwrap();
        let value = match schema["type"].as_str() {
            Some("integer") => text.parse::<u64>().unwrap().into(),
            _ => Value::from(text),
        };
        let mistakes = mistakes(schema, &value);
        assert!(mistakes.is_empty(), "{request}, {name}: {mistakes:?}");
    }
}

fn mistakes(schema: &'static Value, value: &Value) -> Vec<String> {
    validator(schema)
        .iter_errors(value)
        .map(|error| format!("{} {error}", error.instance_path()))
        .collect()
}

/// The validator of a schema of the document; each is made once.
fn validator(schema: &'static Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<usize, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let place = std::ptr::from_ref(schema).addr();
    let made = MADE.lock().unwrap().get(&place).cloned();
    made.unwrap_or_else(|| {
        let mut root = schema.clone();
        root["components"] = DOCUMENT["components"].clone();
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        let validator = Arc::new(options.build(&root).unwrap());
        MADE.lock().unwrap().insert(place, validator.clone());
        validator
    })
}
