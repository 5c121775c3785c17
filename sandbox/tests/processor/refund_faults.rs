//! Refunds under an idempotency key and under the faults: one refund, and the truth in ledger and notification.

use sandbox::HmacKey;
use serde_json::{Value, json};

use crate::support::{HMAC_KEY, Scene};

const CARD: &str = "4242424242424242";

/// A refund of the whole under a key, not sent yet.
fn keyed(scene: &Scene, payment: &str) -> reqwest::RequestBuilder {
    scene
        .refund_request(payment, 1990)
        .header("Idempotency-Key", "ref_1")
}

async fn refunds(scene: &Scene) -> usize {
    let ledger = scene.ledger().await;
    ledger[0]["refunds"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_key_gives_the_same_bytes_and_one_refund() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;

    let first = keyed(&scene, &payment).send().await.unwrap();
    let second = keyed(&scene, &payment).send().await.unwrap();

    assert_eq!(
        (first.status(), second.status()),
        (201.try_into().unwrap(), 201.try_into().unwrap())
    );
    assert_eq!(first.bytes().await.unwrap(), second.bytes().await.unwrap());
    assert_eq!(refunds(&scene).await, 1);
    scene.reverse(&payment).await;
    assert_eq!(scene.notification().await.event_code, "REFUND");
    assert_eq!(scene.notification().await.event_code, "CANCEL_OR_REFUND");
}

#[tokio::test]
async fn twenty_at_once_under_one_key_are_one_refund() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let request = keyed(&scene, &payment);
        requests.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }

    let statuses = requests.join_all().await;

    assert!(statuses.contains(&201), "{statuses:?}");
    assert!(
        statuses.iter().all(|status| [201, 422].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(refunds(&scene).await, 1);
}

#[tokio::test]
async fn a_key_whose_answer_is_delayed_is_in_progress() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene.faults(json!({ "answer_delay_ms": 600_000 })).await;
    let slow = tokio::spawn(keyed(&scene, &payment).send());
    // The refund is made and told before the answer is due.
    assert_eq!(scene.notification().await.event_code, "REFUND");

    let answer = keyed(&scene, &payment).send().await.unwrap();

    assert_eq!(answer.status(), 422);
    assert_eq!(answer.headers()["transient-error"], "true");
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["errorCode"], "704");
    assert_eq!(refunds(&scene).await, 1);
    slow.abort();
}

#[tokio::test]
async fn a_lost_answer_is_refunded_told_and_repeated_under_its_key() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene
        .faults(json!({ "answer": "drop_after_charge", "remaining": 1 }))
        .await;

    let lost = keyed(&scene, &payment).send().await;
    let told = scene.notification().await;
    let repeated = keyed(&scene, &payment).send().await.unwrap();

    assert!(lost.is_err(), "{lost:?}");
    assert_eq!(told.success, "true");
    assert_eq!(repeated.status(), 201);
    let repeated: Value = repeated.json().await.unwrap();
    assert_eq!(repeated["pspReference"], told.psp_reference);
    assert_eq!(refunds(&scene).await, 1);
}

#[tokio::test]
async fn a_held_answer_is_refunded_and_told_and_sent_when_cleared() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene.faults(json!({ "answer": "hold" })).await;
    let held = tokio::spawn(keyed(&scene, &payment).send());
    assert_eq!(scene.notification().await.success, "true");
    assert_eq!(refunds(&scene).await, 1);

    scene.clear_faults().await;

    assert_eq!(held.await.unwrap().unwrap().status(), 201);
}

#[tokio::test]
async fn a_500_before_the_refund_leaves_the_key_free() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene
        .faults(json!({ "answer": "error_500_before_charge", "remaining": 1 }))
        .await;

    let failed = keyed(&scene, &payment).send().await.unwrap();
    let refunded_meanwhile = refunds(&scene).await;
    let repeated = keyed(&scene, &payment).send().await.unwrap();

    assert_eq!((failed.status().as_u16(), refunded_meanwhile), (500, 0));
    assert_eq!(
        (repeated.status().as_u16(), refunds(&scene).await),
        (201, 1)
    );
}

#[tokio::test]
async fn held_notifications_arrive_in_order_when_cleared() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4000000000005126").await;
    scene.faults(json!({ "notifications": "hold" })).await;
    scene.refund(&payment, 1990).await;
    assert_eq!(scene.notifications_left(), 0);

    scene.clear_faults().await;

    assert_eq!(scene.notification().await.event_code, "REFUND");
    assert_eq!(scene.notification().await.event_code, "REFUND_FAILED");
}

#[tokio::test]
async fn a_dropped_notification_never_arrives() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene
        .faults(json!({ "notifications": "drop", "remaining": 1 }))
        .await;

    scene.refund(&payment, 1000).await;
    scene.refund(&payment, 990).await;

    assert_eq!(scene.notification().await.amount.value, 99_000);
    assert_eq!(refunds(&scene).await, 2);
}

#[tokio::test]
async fn a_doubled_notification_arrives_two_times() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(CARD).await;
    scene.faults(json!({ "notifications": "twice" })).await;
    scene.refund(&payment, 1990).await;

    let (first, second) = (scene.notification().await, scene.notification().await);

    assert_eq!(
        (first.event_code.as_str(), &first.psp_reference),
        ("REFUND", &second.psp_reference)
    );
    assert_eq!(refunds(&scene).await, 1);
}

#[tokio::test]
async fn a_wrong_signature_is_wrong_until_cleared() {
    let mut answers = [401; 50];
    answers[0] = 200;
    let mut scene = Scene::whose_receiver_answers(&answers).await;
    let payment = scene.charged(CARD).await;
    scene
        .faults(json!({ "notifications": "bad_signature" }))
        .await;
    scene.refund(&payment, 1990).await;
    let key = HmacKey::from_hex(HMAC_KEY).unwrap();
    let wrong = scene.notification().await;
    assert_eq!(wrong.event_code, "REFUND");
    assert_ne!(wrong.additional_data["hmacSignature"], key.sign(&wrong));

    scene.clear_faults().await;

    // Attempts already under way may still carry the wrong one.
    loop {
        let item = scene.notification().await;
        if item.additional_data["hmacSignature"] == key.sign(&item) {
            break;
        }
    }
}

#[tokio::test]
async fn a_refund_settled_by_hand_is_told_under_the_faults_in_force_then() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4000000000007726").await;
    scene.refund(&payment, 1000).await;
    scene
        .faults(json!({ "notifications": "drop", "remaining": 1 }))
        .await;

    scene.sandbox.app().settle_refund("ref_1", true).unwrap();
    scene.reverse(&payment).await;

    assert_eq!(scene.notification().await.event_code, "CANCEL_OR_REFUND");
    assert_eq!(scene.ledger().await[0]["refunded"], 1990);
}
