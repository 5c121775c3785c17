//! Payments that a merchant's server makes: records for later, and charges of saved cards.

use embed_server::operations::recover_attempts::{When, recover_attempts};
use serde_json::json;

use crate::support::{TestServer, press, until};

const PATH: &str = "/v1/payments";

#[tokio::test]
async fn a_bare_payment_is_a_record_that_a_session_collects() {
    let server = TestServer::start().await;
    let body = json!({"amount": 4900, "currency": "ISK", "description": "Two things", "external_reference": "order_1"});
    let made = server.post(PATH, &server.secret_key, &body).await;
    assert_eq!(
        (made.status, made.body["status"].as_str()),
        (201, Some("created")),
        "{}",
        made.body
    );
    assert_eq!(made.body["session"], json!(null));

    let session =
        json!({"mode": "embedded", "payment": made.body["id"], "origin": crate::support::ORIGIN});
    let session = server
        .post("/v1/payment_sessions", &server.secret_key, &session)
        .await;
    let session = crate::support::session_of(&session.body);
    assert_eq!(
        server.payment(&session).await["session"],
        session.id.as_str()
    );
    server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(server.payment(&session).await["status"], "succeeded");
    assert_eq!(server.charges(), [(4900, "charged".to_owned())]);
}

#[tokio::test]
async fn a_saved_card_is_charged_without_its_payer() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;

    let body = json!({"amount": 2500, "currency": "ISK", "customer": customer, "payment_method": method, "description": "Again"});
    let paid = server.post_once(PATH, "again-1", &body).await;

    assert_eq!(
        (paid.status, paid.body["status"].as_str()),
        (201, Some("succeeded")),
        "{}",
        paid.body
    );
    assert_eq!(paid.body["payment_method"], method.as_str());
    assert_eq!(paid.body["card"]["last4"], "4242");
    let again = server.post_once(PATH, "again-1", &body).await;
    assert_eq!(again.body, paid.body);
    assert_eq!(
        server.charges().len(),
        2,
        "the one that saved it and this one"
    );
    let refund = json!({"payment": paid.body["id"]});
    let refund = server
        .post("/v1/refunds", &server.secret_key, &refund)
        .await;
    assert_eq!(refund.status, 201, "{}", refund.body);
}

#[tokio::test]
async fn a_declined_charge_of_a_saved_card_is_a_failed_payment() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4000000000000341").await;

    let body = json!({"amount": 2500, "payment_method": method});
    let failed = server.post(PATH, &server.secret_key, &body).await;

    assert_eq!(
        (failed.status, failed.body["status"].as_str()),
        (201, Some("failed")),
        "{}",
        failed.body
    );
    assert_eq!(failed.body["customer"], customer.as_str(), "the card's");
    assert!(failed.body["failure_code"].is_string());
    assert!(server.events().await.contains(&"payment.failed".to_owned()));
}

#[tokio::test]
async fn a_charge_without_an_answer_is_processing_and_ends_by_the_sweeper() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));

    let body = json!({"amount": 2500, "payment_method": method});
    let waiting = server.post_once(PATH, "lost-1", &body).await;
    assert_eq!(
        (waiting.status, waiting.body["status"].as_str()),
        (201, Some("processing")),
        "{}",
        waiting.body
    );

    server.faults(json!({}));
    server.clock.advance_ms(70_000);
    recover_attempts(server.app(), When::Sweep).await.unwrap();
    let path = format!("{PATH}/{}", waiting.body["id"].as_str().unwrap());
    until("it is paid", async || {
        server.get(&path, &server.secret_key).await.body["status"] == "succeeded"
    })
    .await;
    assert_eq!(server.charges().len(), 2, "charged once");
}

#[tokio::test]
async fn what_is_said_of_a_payment_can_be_changed_and_its_money_cannot() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let path = format!("{PATH}/{}", session.payment);
    let change = json!({"description": "Three things", "metadata": {"a": "b"}});
    let changed = server.patch(&path, &change).await;
    assert_eq!(
        (changed.status, changed.body["description"].as_str()),
        (200, Some("Three things"))
    );
    let refused = server.patch(&path, &json!({"amount": 1})).await;
    assert_eq!((refused.status, refused.code()), (400, "unknown_parameter"));
}
