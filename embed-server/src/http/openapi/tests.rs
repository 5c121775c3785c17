//! The document says what the server does: the same URLs, the same fields, the same filters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::http::{
    api_keys, customers, events, payment_methods, payment_sessions, payments, query, refunds,
    session_request, webhook_endpoints,
};
use crate::operations::expand::EXPANDABLE;

type Names = BTreeSet<String>;

fn document() -> Value {
    serde_json::from_str(&super::text()).unwrap()
}

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
    names.into_iter().map(str::to_owned).collect()
}

fn keys(object: &Value) -> Names {
    names(object.as_object().unwrap().keys().map(String::as_str))
}

/// Every operation: `GET /v1/payments` and what the document says of it.
fn operations(document: &Value) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            all.insert(name, operation.clone());
        }
    }
    all
}

#[test]
fn the_committed_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let wanted = super::text();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found != wanted {
        std::fs::write(&path, &wanted).unwrap();
        panic!(
            "docs/openapi.json was stale and `cargo test -p embed-server --lib openapi` has written it anew: look at it \
             and commit it"
        );
    }
}

/// The table of URLs, with each method that a URL takes.
fn table() -> Names {
    const METHODS: [&str; 5] = ["get", "post", "patch", "put", "delete"];
    let text = include_str!("../mod.rs");
    let mut all = Names::new();
    for route in text.split(".route(").skip(1) {
        let (path, rest) = route
            .split_once('"')
            .and_then(|(_, rest)| rest.split_once('"'))
            .unwrap();
        // A handler's own name can end as a method does; what is called stands before a `(` alone.
        for call in rest.split('(').filter_map(|text| {
            text.rsplit(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .next()
        }) {
            if METHODS.contains(&call) {
                all.insert(format!("{} {path}", call.to_uppercase()));
            }
        }
    }
    all
}

#[test]
fn every_url_of_merchants_is_in_the_document_and_no_other() {
    let table = table();
    let mine = |name: &&String| name.contains(" /v1/") || name.ends_with(" /openapi.json");

    let served: BTreeSet<&String> = table.iter().filter(mine).collect();
    let document = document();
    let described = operations(&document);

    assert_eq!(served, described.keys().collect());
    assert!(served.len() > 20, "the table of URLs is read: {served:?}");
    assert!(
        table.contains("POST /public/payment_sessions/{id}/confirm"),
        "what is private is seen, and left out: {table:?}"
    );
}

#[test]
fn bodies_have_the_fields_that_the_handlers_know() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let customer_update = [customers::CREATE, customers::UPDATE].concat();
    let bodies = [
        ("PaymentSessionCreate", session_request::KNOWN),
        ("PaymentCreate", payments::CREATE),
        ("PaymentUpdate", payments::UPDATE),
        ("RefundCreate", refunds::CREATE),
        ("CustomerCreate", customers::CREATE),
        ("CustomerUpdate", &customer_update),
        ("CustomerAddress", customers::ADDRESS),
        ("ApiKeyCreate", api_keys::CREATE),
        ("ApiKeyUpdate", api_keys::UPDATE),
        ("WebhookEndpointCreate", webhook_endpoints::FIELDS),
        ("WebhookEndpointUpdate", webhook_endpoints::FIELDS),
    ];
    for (body, known) in bodies {
        assert_eq!(
            keys(&schemas[body]["properties"]),
            names(known.iter().copied()),
            "{body}"
        );
        assert_eq!(schemas[body]["additionalProperties"], false, "{body}");
    }

    let compared = names(bodies.iter().map(|(body, _)| *body));
    for (name, operation) in operations(&document) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        if let Some(reference) = schema["$ref"].as_str() {
            let body = reference.rsplit('/').next().unwrap();
            assert!(compared.contains(body), "{name}: {body} is not compared");
        } else {
            let nothing = schema.is_null() || schema["maxProperties"] == 0;
            assert!(nothing, "{name}: a body that no list names");
        }
    }
}

#[test]
fn lists_have_the_filters_that_the_handlers_know() {
    let lists = [
        ("GET /v1/payment_sessions", payment_sessions::FILTERS),
        ("GET /v1/payments", payments::FILTERS),
        ("GET /v1/refunds", refunds::FILTERS),
        ("GET /v1/customers", customers::FILTERS),
        ("GET /v1/payment_methods", payment_methods::FILTERS),
        ("GET /v1/api_keys", api_keys::FILTERS),
        ("GET /v1/events", events::FILTERS),
        ("GET /v1/webhook_endpoints", &[]),
        (
            "GET /v1/webhook_endpoints/{id}/deliveries",
            webhook_endpoints::DELIVERY_FILTERS,
        ),
    ];
    for (name, operation) in operations(&document()) {
        let parameters = operation["parameters"].as_array();
        let of_query = parameters
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str())
            .filter(|name| *name != "expand[]");
        let filters = lists.iter().find(|(list, _)| *list == name);
        let wanted = match filters {
            Some((_, filters)) => names(query::PAGING.iter().chain(*filters).copied()),
            None => Names::new(),
        };
        assert_eq!(names(of_query), wanted, "{name}");
    }
}

#[test]
fn what_can_be_expanded_is_called_so_in_the_schemas() {
    let document = document();
    let mut fields = Names::new();
    for schema in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
    {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if property.to_string().contains("/schemas/Expandable") {
                fields.insert(field.clone());
            }
        }
    }
    assert_eq!(fields, names(EXPANDABLE));
}

#[test]
fn links_lead_to_operations_that_take_an_id() {
    let document = document();
    let operations = operations(&document);
    let mut links = 0;
    for (name, operation) in &operations {
        let answers = operation["responses"].as_object().unwrap().values();
        for link in answers.flat_map(|answer| answer["links"].as_object().into_iter().flatten()) {
            links += 1;
            let next = operations
                .iter()
                .find(|(_, next)| next["operationId"] == link.1["operationId"]);
            let (next, _) = next.unwrap();
            let (_, url) = name.split_once(' ').unwrap();
            assert!(next.contains(&format!("{url}/{{id}}")), "{name}: {next}");
        }
    }
    assert!(links > 20, "{links} links");
}

/// Everything that an object names by `$ref`.
fn references(value: &Value, found: &mut Names) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if name == "$ref" => {
                        found.insert(text.to_owned());
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = document();
    let mut found = Names::new();
    references(&document, &mut found);
    for reference in &found {
        let there = document.pointer(reference.trim_start_matches('#'));
        assert!(there.is_some(), "{reference}");
    }
    for name in keys(&document["components"]["schemas"]) {
        let reference = format!("#/components/schemas/{name}");
        assert!(found.contains(&reference), "{name} is not used");
    }
}

#[test]
fn examples_are_what_the_schemas_say_and_operations_have_names_of_their_own() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        assert!(
            ids.insert(operation["operationId"].to_string()),
            "{name}: the id is another's"
        );
        let content = &operation["requestBody"]["content"]["application/json"];
        let Some(examples) = content["examples"].as_object() else {
            continue;
        };
        let mut schema = content["schema"].clone();
        schema["components"] = document["components"].clone();
        let schema = jsonschema::validator_for(&schema).unwrap();
        for (example, value) in examples {
            let mistake = schema
                .iter_errors(&value["value"])
                .next()
                .map(|error| error.to_string());
            assert_eq!(mistake, None, "{name}: {example}");
        }
    }
}
