//! One request, sent as often as it takes, has one effect and one answer.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{ORIGIN, TestServer, send};

fn session() -> Value {
    json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN})
}

#[tokio::test]
async fn a_thousand_parallel_creates_with_a_hundred_keys_make_a_hundred_sessions() {
    let server = TestServer::start().await;
    let body = session();
    let keys: Vec<String> = (0..1000)
        .map(|number| format!("order-{}", number % 100))
        .collect();

    // A server that has too much to do says so, and is asked again: that is what the key is for.
    let answers = join_all(keys.iter().map(async |key| {
        loop {
            let answer = server.post_once("/v1/payment_sessions", key, &body).await;
            if answer.status != 503 || answer.code() != "try_again" {
                return answer;
            }
        }
    }))
    .await;

    for (key, answer) in keys.iter().zip(&answers) {
        assert_eq!(answer.status, 201, "{key}: {}", answer.body);
        let first = &answers[keys.iter().position(|known| known == key).unwrap()];
        assert_eq!(answer.body, first.body, "{key}");
    }
    let fresh = answers
        .iter()
        .filter(|answer| answer.header("idempotent-replayed").is_none());
    assert_eq!(fresh.count(), 100);
    let mut ids: Vec<&str> = answers
        .iter()
        .map(|answer| answer.body["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 100);
    let (mut listed, mut query) = (0, "?limit=100".to_owned());
    loop {
        let page = server
            .get(&format!("/v1/payment_sessions{query}"), &server.secret_key)
            .await;
        let data = page.body["data"].as_array().unwrap();
        listed += data.len();
        if page.body["has_more"] == false {
            break;
        }
        query = format!(
            "?limit=100&starting_after={}",
            data.last().unwrap()["id"].as_str().unwrap()
        );
    }
    assert_eq!(listed, 100);
}

#[tokio::test]
async fn a_refusal_that_would_not_change_is_repeated_too() {
    let server = TestServer::start().await;
    let unpaid = server.session().await;
    let body = json!({"payment": unpaid.payment});
    let first = server.post_once("/v1/refunds", "refund-1", &body).await;
    assert_eq!(
        (first.status, first.code()),
        (422, "payment_not_refundable")
    );

    server
        .confirm(&unpaid, &crate::support::press(), "4242424242424242")
        .await;
    let again = server.post_once("/v1/refunds", "refund-1", &body).await;
    assert_eq!(
        again.body, first.body,
        "the same answer, although it would now succeed"
    );
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let fresh = server.post_once("/v1/refunds", "refund-2", &body).await;
    assert_eq!(fresh.status, 201);
}

#[tokio::test]
async fn a_mistake_in_the_request_itself_is_not_kept() {
    let server = TestServer::start().await;
    let wrong = server
        .post_once("/v1/customers", "customer-1", &json!({"email": "nobody"}))
        .await;
    assert_eq!(wrong.status, 400);
    let right = server
        .post_once("/v1/customers", "customer-1", &json!({"email": "a@b.is"}))
        .await;
    assert_eq!(right.status, 201, "{}", right.body);
}

#[tokio::test]
async fn a_key_belongs_to_its_first_path_and_decides_over_the_body() {
    let server = TestServer::start().await;
    let body = json!({"email": "a@b.is"});
    let first = server.post_once("/v1/customers", "key-1", &body).await;
    let other_body = server
        .post_once("/v1/customers", "key-1", &json!({"email": "c@d.is"}))
        .await;
    assert_eq!(other_body.body, first.body);
    let quoted = server.post_once("/v1/customers", "\"key-1\"", &body).await;
    assert_eq!(quoted.body, first.body, "as the draft standard writes it");
    let elsewhere = server
        .post_once("/v1/payments", "key-1", &json!({"amount": 1}))
        .await;
    assert_eq!(
        (elsewhere.status, elsewhere.code()),
        (409, "idempotency_key_reused")
    );
}

#[tokio::test]
async fn a_publishable_key_neither_claims_nor_replays_a_servers_key() {
    let server = TestServer::start().await;
    let by_page = async |key: &str| {
        let request = server.request("POST", "/v1/payment_sessions");
        let request = request
            .bearer_auth(&server.publishable_key)
            .header("Origin", ORIGIN);
        send(
            request
                .header("Idempotency-Key", key)
                .json(&json!({"amount": 1990})),
        )
        .await
    };
    let page_first = by_page("shared-1").await;
    let server_second = server
        .post_once("/v1/payment_sessions", "shared-1", &session())
        .await;
    assert_ne!(page_first.body["id"], server_second.body["id"]);
    assert_eq!(server_second.header("idempotent-replayed"), None);

    let server_first = server
        .post_once("/v1/payment_sessions", "shared-2", &session())
        .await;
    let page_second = by_page("shared-2").await;
    assert_eq!(
        (
            page_second.status,
            page_second.header("idempotent-replayed")
        ),
        (201, None)
    );
    assert_ne!(page_second.body["id"], server_first.body["id"]);
}

#[tokio::test]
async fn a_charge_under_way_keeps_its_key_and_a_dead_one_tells_how_it_ended() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let body = json!({"amount": 700, "payment_method": method});
    server.faults(json!({"answer": "hold", "notifications": "drop"}));
    let request = server
        .request("POST", "/v1/payments")
        .bearer_auth(&server.secret_key);
    let request = request.header("Idempotency-Key", "charge-1").json(&body);
    let first = tokio::spawn(request.send());
    crate::support::until("the acquirer charged", async || server.charges().len() == 2).await;

    let second = server.post_once("/v1/payments", "charge-1", &body).await;
    assert_eq!(
        (second.status, second.code()),
        (409, "idempotency_key_in_use")
    );

    // The process that was at it dies: to everybody else it looks like a lease that ran out.
    first.abort();
    server.clock.advance_ms(200_000);
    let other = server.sibling().await;
    let request = reqwest::Client::new().post(format!("{}/v1/payments", other.base));
    let request = request
        .bearer_auth(&server.secret_key)
        .header("Idempotency-Key", "charge-1");
    let dead = send(request.json(&body)).await;
    assert_eq!(
        (dead.status, dead.body["status"].as_str()),
        (201, Some("processing")),
        "{}",
        dead.body
    );

    server.faults(json!({}));
    let id = dead.body["id"].as_str().unwrap();
    let path = format!("/v1/payments/{id}");
    crate::support::until("it is paid", async || {
        server.get(&path, &server.secret_key).await.body["status"] == "succeeded"
    })
    .await;
    let after = server.post_once("/v1/payments", "charge-1", &body).await;
    assert_eq!(after.body["status"], "succeeded", "{}", after.body);
    assert_eq!(after.body["id"], id);
    assert_eq!(server.charges().len(), 2, "charged once");
}
