//! Money goes back: as much as was taken, and as the acquirer says.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, TestServer, until};

const PATH: &str = "/v1/refunds";

async fn refund(server: &TestServer, body: &Value) -> Answer {
    server.post(PATH, &server.secret_key, body).await
}

async fn status(server: &TestServer, id: &str) -> String {
    let answer = server
        .get(&format!("{PATH}/{id}"), &server.secret_key)
        .await;
    answer.body["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap_or_default().to_owned()
}

/// Every refund that the acquirer knows: amount and status.
fn given_back(server: &TestServer) -> i64 {
    let ledger = serde_json::to_value(server.sandbox.app().ledger()).unwrap();
    ledger
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["refunded"].as_i64().unwrap())
        .sum()
}

#[tokio::test]
async fn a_refund_without_an_amount_gives_everything_back() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;

    let body = json!({"payment": paid.payment, "reason": "customer_request", "metadata": {"ticket": "1729"}});
    let made = refund(&server, &body).await;

    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.body["amount"], 1990);
    assert_eq!(made.body["currency"], "ISK");
    assert_eq!(made.body["reason"], "customer_request");
    assert_eq!(made.body["metadata"]["ticket"], "1729");
    assert_eq!(made.body["payment"], paid.payment.as_str());
    until("the refund succeeded", async || {
        status(&server, &id(&made)).await == "succeeded"
    })
    .await;
    let payment = server.payment(&paid).await;
    assert_eq!(payment["status"], "refunded");
    assert_eq!(payment["amount_refunded"], 1990);
    assert_eq!(given_back(&server), 1990);
    assert!(
        server
            .events()
            .await
            .contains(&"payment.refunded".to_owned())
    );
    let again = refund(&server, &json!({"payment": paid.payment})).await;
    assert_eq!(
        (again.status, again.code()),
        (422, "refund_exceeds_capture")
    );
}

#[tokio::test]
async fn partial_refunds_add_up_to_the_payment_and_no_further() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;

    let first = refund(&server, &json!({"payment": paid.payment, "amount": 990})).await;
    assert_eq!(first.status, 201, "{}", first.body);
    until("the first succeeded", async || {
        status(&server, &id(&first)).await == "succeeded"
    })
    .await;
    assert_eq!(server.payment(&paid).await["status"], "partially_refunded");
    let too_much = refund(&server, &json!({"payment": paid.payment, "amount": 1001})).await;
    assert_eq!(
        (too_much.status, too_much.code()),
        (422, "refund_exceeds_capture")
    );
    assert!(
        too_much.body["error"]["message"]
            .as_str()
            .unwrap()
            .contains("1000")
    );
    let rest = refund(&server, &json!({"payment": paid.payment})).await;
    assert_eq!(rest.body["amount"], 1000);
    until("all is refunded", async || {
        server.payment(&paid).await["status"] == "refunded"
    })
    .await;

    let path = format!("{PATH}?payment={}", paid.payment);
    let list = server.get(&path, &server.secret_key).await;
    let ids: Vec<&str> = list.body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [id(&rest), id(&first)], "newest first");
}

#[tokio::test]
async fn fifty_refunds_at_once_never_give_back_more_than_was_taken() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;

    let body = json!({"payment": paid.payment, "amount": 100});
    let all = (0..50).map(|_| server.post(PATH, &server.secret_key, &body));
    let answers = join_all(all).await;

    let made = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers
        .iter()
        .filter(|answer| answer.code() == "refund_exceeds_capture")
        .count();
    assert_eq!((made, refused), (19, 31));
    until("all of them succeeded", async || {
        server.payment(&paid).await["amount_refunded"] == 1900
    })
    .await;
    assert_eq!(given_back(&server), 1900);
}

#[tokio::test]
async fn a_refund_that_comes_back_from_the_bank_has_failed() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4000000000005126").await;

    let made = refund(&server, &json!({"payment": paid.payment})).await;
    until("the refund failed", async || {
        status(&server, &id(&made)).await == "failed"
    })
    .await;

    let payment = server.payment(&paid).await;
    assert_eq!(
        payment["status"], "succeeded",
        "the money is the merchant's again"
    );
    assert_eq!(payment["amount_refunded"], 0);
    let events = server.events().await;
    let told: Vec<&str> = events
        .iter()
        .map(String::as_str)
        .filter(|it| it.contains("refund"))
        .collect();
    assert_eq!(told, ["payment.refunded", "refund.failed"]);
    let again = refund(&server, &json!({"payment": paid.payment})).await;
    assert_eq!(again.status, 201, "what came back can be refunded again");
}

#[tokio::test]
async fn a_refund_stays_pending_until_the_acquirer_tells() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4000000000007726").await;

    let made = refund(&server, &json!({"payment": paid.payment, "amount": 500})).await;
    assert_eq!(made.body["status"], "pending");
    let more = refund(&server, &json!({"payment": paid.payment, "amount": 1491})).await;
    assert_eq!(
        more.code(),
        "refund_exceeds_capture",
        "what is pending counts"
    );
    assert_eq!(server.payment(&paid).await["status"], "succeeded");

    let settle = format!(
        "{}/ledger/refunds/{}/settle",
        server.sandbox.origin(),
        id(&made)
    );
    let told = reqwest::Client::new()
        .post(settle)
        .json(&json!({"success": false}))
        .send()
        .await
        .unwrap();
    assert!(told.status().is_success());
    until("the refund failed", async || {
        status(&server, &id(&made)).await == "failed"
    })
    .await;
    let failed = server
        .get(&format!("{PATH}/{}", id(&made)), &server.secret_key)
        .await;
    assert!(failed.body["failure_reason"].is_string(), "{}", failed.body);
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_sent_again_and_given_back_once() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));

    let made = refund(&server, &json!({"payment": paid.payment})).await;
    assert_eq!(
        (made.status, made.body["status"].as_str()),
        (201, Some("pending"))
    );
    assert_eq!(status(&server, &id(&made)).await, "pending");

    server.faults(json!({}));
    server.clock.advance_ms(120_000);
    embed_server::operations::send_refund::send_lost_refunds(server.app())
        .await
        .unwrap();
    assert_eq!(given_back(&server), 1990, "once");
}

#[tokio::test]
async fn the_same_refund_sent_again_is_one_refund() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;
    let body = json!({"payment": paid.payment, "amount": 100});

    let first = server.post_once(PATH, "refund-1", &body).await;
    let again = server.post_once(PATH, "refund-1", &body).await;

    assert_eq!(first.body, again.body);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    until("it succeeded", async || {
        status(&server, &id(&first)).await == "succeeded"
    })
    .await;
    assert_eq!(given_back(&server), 100);
}

#[tokio::test]
async fn wrong_refunds_are_refused_by_name() {
    let server = TestServer::start().await;
    let paid = server.paid_with("4242424242424242").await;
    let unpaid = server.session().await;
    let ghost = "pay_01hx9z3k2mfq7nbvd4cw8ej5rt";
    for (body, status, code, param) in [
        (json!({}), 400, "missing_parameter", "payment"),
        (
            json!({"payment": "ps_1"}),
            400,
            "invalid_parameter",
            "payment",
        ),
        (
            json!({"payment": ghost}),
            404,
            "resource_not_found",
            "payment",
        ),
        (
            json!({"payment": unpaid.payment}),
            422,
            "payment_not_refundable",
            "",
        ),
        (
            json!({"payment": paid.payment, "amount": 0}),
            400,
            "invalid_amount",
            "amount",
        ),
        (
            json!({"payment": paid.payment, "amount": "100"}),
            400,
            "invalid_amount",
            "amount",
        ),
        (
            json!({"payment": paid.payment, "amount": 1991}),
            422,
            "refund_exceeds_capture",
            "amount",
        ),
        (
            json!({"payment": paid.payment, "money": 1}),
            400,
            "unknown_parameter",
            "money",
        ),
    ] {
        let answer = refund(&server, &body).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{body}");
        assert_eq!(
            answer.body["error"]["param"].as_str().unwrap_or(""),
            param,
            "{body}"
        );
    }
}
