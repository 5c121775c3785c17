//! `Idempotency-Key`: one charge and one answer, whatever the network does.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::Scene;

async fn body(scene: &Scene) -> Value {
    scene
        .payment_body("att_1", &test_card::card("4242424242424242"))
        .await
}

/// Status and bytes of a payment under `key`.
async fn pay_under(scene: &Scene, key: &str, body: &Value) -> (u16, Vec<u8>) {
    let request = scene
        .request("/v71/payments", body)
        .header("Idempotency-Key", key);
    let response = request.send().await.unwrap();
    (
        response.status().as_u16(),
        response.bytes().await.unwrap().to_vec(),
    )
}

#[tokio::test]
async fn the_same_key_gives_the_same_bytes_and_one_charge() {
    let scene = Scene::start().await;
    let body = body(&scene).await;

    let first = pay_under(&scene, "att_1", &body).await;
    let second = pay_under(&scene, "att_1", &body).await;

    assert_eq!(first, second);
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn twenty_requests_at_once_under_one_key_are_one_charge() {
    let scene = Scene::start().await;
    let body = body(&scene).await;
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let request = scene
            .request("/v71/payments", &body)
            .header("Idempotency-Key", "att_1");
        requests.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }

    let statuses = requests.join_all().await;

    assert!(statuses.contains(&200), "{statuses:?}");
    assert!(
        statuses.iter().all(|status| [200, 422].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn requests_without_a_key_are_charges_of_their_own() {
    let scene = Scene::start().await;

    scene.pay("4242424242424242").await;
    scene.pay("4242424242424242").await;

    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_whose_answer_is_delayed_is_in_progress() {
    let mut scene = Scene::start().await;
    let body = body(&scene).await;
    scene.faults(json!({ "answer_delay_ms": 600_000 })).await;
    let slow = scene
        .request("/v71/payments", &body)
        .header("Idempotency-Key", "att_1");
    let slow = tokio::spawn(slow.send());
    // The charge is made and told before the answer is due.
    assert_eq!(scene.notification().await.success, "true");

    let (status, answer) = pay_under(&scene, "att_1", &body).await;

    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status, answer["errorCode"].as_str()), (422, Some("704")));
    slow.abort();
}

#[tokio::test]
async fn an_error_is_repeated_under_its_key_too() {
    let scene = Scene::start().await;
    let mut wrong = body(&scene).await;
    wrong["returnUrl"] = Value::Null;
    let first = pay_under(&scene, "att_1", &wrong).await;

    let second = pay_under(&scene, "att_1", &body(&scene).await).await;

    assert_eq!((first.0, &first), (422, &second));
}

#[tokio::test]
async fn the_key_is_echoed() {
    let scene = Scene::start().await;
    let body = body(&scene).await;
    let request = scene
        .request("/v71/payments", &body)
        .header("Idempotency-Key", "att_1");

    let response = request.send().await.unwrap();

    assert_eq!(response.headers()["idempotency-key"], "att_1");
}

#[tokio::test]
async fn a_key_longer_than_64_characters_is_refused() {
    let scene = Scene::start().await;
    let body = body(&scene).await;

    assert_eq!(pay_under(&scene, &"k".repeat(64), &body).await.0, 200);
    assert_eq!(pay_under(&scene, &"k".repeat(65), &body).await.0, 400);
}
