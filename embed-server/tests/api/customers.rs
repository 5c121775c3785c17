//! Customers: made, read, changed and listed.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_customer_is_made_read_and_changed_by_either_verb() {
    let server = TestServer::start().await;
    let body = json!({
        "email": "payer@shop.example", "name": "Payer", "phone": "+354 555 0000",
        "kennitala": "1234567890", "external_id": "u-1", "vat_number": "12345",
        "billing_address_line1": "Street 1", "billing_city": "Town", "billing_postal_code": "101",
        "billing_country": "is", "metadata": {"plan": "pro", "seat": "3"},
    });

    let made = server
        .post("/v1/customers", &server.secret_key, &body)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.body["billing_address"]["line1"], "Street 1");
    assert_eq!(made.body["billing_address_line1"], "Street 1");
    assert_eq!(made.body["billing_country"], "IS");
    assert_eq!(made.body["kennitala"], "1234567890");
    let path = format!("/v1/customers/{}", made.body["id"].as_str().unwrap());
    assert_eq!(server.get(&path, &server.secret_key).await.body, made.body);

    let patched = server
        .patch(
            &path,
            &json!({"name": "Other", "metadata": {"seat": "", "x": "y"}}),
        )
        .await;
    assert_eq!(patched.status, 200, "{}", patched.body);
    assert_eq!(patched.body["metadata"], json!({"plan": "pro", "x": "y"}));
    let change = json!({"billing_address": {"city": "City"}});
    let posted = server.post(&path, &server.secret_key, &change).await;
    assert_eq!(posted.status, 200, "{}", posted.body);
    assert_eq!(posted.body["name"], "Other");
    assert_eq!(posted.body["billing_address"]["line1"], "Street 1");
    assert_eq!(posted.body["billing_city"], "City");
    assert_eq!(
        server.events().await,
        ["customer.created", "customer.updated", "customer.updated"]
    );
}

#[tokio::test]
async fn two_customers_may_share_an_address_and_are_found_by_it() {
    let server = TestServer::start().await;
    let (first, second) = (server.customer().await, server.customer().await);
    let other = json!({"email": "other@shop.example"});
    server
        .post("/v1/customers", &server.secret_key, &other)
        .await;

    let path = "/v1/customers?email=payer%40shop.example";
    let list = server.get(path, &server.secret_key).await;

    let ids: Vec<&str> = list.body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [second, first]);
}

#[tokio::test]
async fn wrong_customers_are_refused_by_name() {
    let server = TestServer::start().await;
    for (body, code, param) in [
        (json!({}), "missing_parameter", "email"),
        (json!({"email": "nobody"}), "invalid_parameter", "email"),
        (
            json!({"email": "a@b.is", "kennitala": "12"}),
            "invalid_kennitala",
            "kennitala",
        ),
        (
            json!({"email": "a@b.is", "billing_country": "Iceland"}),
            "invalid_parameter",
            "billing_country",
        ),
        (
            json!({"email": "a@b.is", "billing_address": {"street": "1"}}),
            "unknown_parameter",
            "billing_address[street]",
        ),
        (
            json!({"email": "a@b.is", "e_mail": "x"}),
            "unknown_parameter",
            "e_mail",
        ),
    ] {
        let answer = server
            .post("/v1/customers", &server.secret_key, &body)
            .await;
        assert_eq!(answer.code(), code, "{body}");
        assert_eq!(answer.body["error"]["param"], param, "{body}");
    }
}
