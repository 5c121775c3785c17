//! While the acquirer thinks, the server keeps no transaction open: no connection of its pool is in use.

use serde_json::{Value, json};

use crate::challenges;
use crate::support::{TestServer, press, send, until};

/// Sends the request, and looks at the pool once the acquirer has done its work and still owes the answer.
async fn holds_nothing(
    server: &TestServer,
    request: reqwest::RequestBuilder,
    acquirer_has_it: impl Fn(&Value) -> bool,
) {
    let ledger = || serde_json::to_value(server.sandbox.app().ledger()).unwrap();
    assert!(!acquirer_has_it(&ledger()), "it is still to be sent");
    server.faults(json!({"answer": "hold", "notifications": "drop"}));
    let answered = tokio::spawn(send(request));
    until("the acquirer has the call", || async {
        acquirer_has_it(&ledger())
    })
    .await;

    until("no connection is in use", || async {
        server.app().store.connections().0 == 0
    })
    .await;
    server.faults(json!({}));
    let answer = answered.await.unwrap();
    assert!(answer.status < 300, "{}", answer.body);
}

fn charged(ledger: &Value, count: usize) -> bool {
    let charges = ledger.as_array().unwrap();
    charges
        .iter()
        .filter(|one| one["status"] == "charged")
        .count()
        >= count
}

#[tokio::test]
async fn a_press_of_pay() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let envelope = server.envelope(&session, "4242424242424242").await;
    let path = format!("/public/payment_sessions/{}/confirm", session.id);
    let request = server
        .request("POST", &path)
        .bearer_auth(&session.client_secret)
        .json(&crate::support::confirmation(&press(), &envelope));

    holds_nothing(&server, request, |ledger| charged(ledger, 1)).await;
}

#[tokio::test]
async fn the_result_of_a_challenge() {
    let server = TestServer::start().await;
    let challenged = challenges::challenged(&server, server.session().await).await;
    let way_back = challenged.through_the_bank(&server, "popup", "1234").await;

    holds_nothing(&server, server.request("GET", &way_back), |ledger| {
        charged(ledger, 1)
    })
    .await;
}

#[tokio::test]
async fn a_saved_card_without_its_payer() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let body = json!({"amount": 2500, "customer": customer, "payment_method": method});
    let request = server.request("POST", "/v1/payments");
    let request = request.bearer_auth(&server.secret_key).json(&body);

    holds_nothing(&server, request, |ledger| charged(ledger, 2)).await;
}

#[tokio::test]
async fn a_refund() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;
    let request = server.request("POST", "/v1/refunds");
    let request = request
        .bearer_auth(&server.secret_key)
        .json(&json!({"payment": paid.payment}));

    holds_nothing(&server, request, |ledger| {
        !ledger[0]["refunds"].as_array().unwrap().is_empty()
    })
    .await;
}
