//! The document itself, as it is served. `send` checks in every test that answers are as it says.

use serde_json::json;

use crate::support::{TestServer, send};

#[tokio::test]
async fn everyone_may_read_the_document() {
    let server = TestServer::start().await;

    let answer = send(server.request("GET", "/openapi.json")).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.body["openapi"], "3.1.0");
    assert!(
        answer.body == committed(),
        "docs/openapi.json is not what is served"
    );
}

fn committed() -> serde_json::Value {
    serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap()
}

#[tokio::test]
async fn an_id_that_is_no_text_names_nothing() {
    let server = TestServer::start().await;

    for (method, path) in [
        ("GET", "/v1/payments/%FF"),
        ("DELETE", "/v1/payment_methods/%FF"),
        ("POST", "/v1/payment_methods/%FF/set_default"),
        ("POST", "/v1/api_keys/%FF/rotate"),
    ] {
        let request = server.request(method, path);
        let answer = send(request.bearer_auth(&server.secret_key).json(&json!({}))).await;

        assert_eq!(
            (answer.status, answer.code()),
            (404, "resource_not_found"),
            "{method} {path}"
        );
    }
}
