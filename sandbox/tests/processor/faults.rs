//! What goes wrong on request, and that the ledger and the notifications stay true all the same.

use sandbox::{HmacKey, test_card};
use serde_json::{Value, json};

use crate::support::{HMAC_KEY, Scene};

/// A payment under a key, not sent yet.
async fn keyed(scene: &Scene) -> reqwest::RequestBuilder {
    let body = scene
        .payment_body("att_1", &test_card::card("4242424242424242"))
        .await;
    scene
        .request("/v71/payments", &body)
        .header("Idempotency-Key", "att_1")
}

/// Those in force, without the table of all that there are.
async fn settings(scene: &Scene) -> Value {
    let mut shown: Value = scene.get("/faults").await.json().await.unwrap();
    shown.as_object_mut().unwrap().remove("table");
    shown
}

async fn charges(scene: &Scene) -> usize {
    scene.ledger().await.as_array().unwrap().len()
}

#[tokio::test]
async fn a_lost_answer_is_charged_told_and_repeated_under_its_key() {
    let mut scene = Scene::start().await;
    scene
        .faults(json!({ "answer": "drop_after_charge", "remaining": 1 }))
        .await;
    let request = keyed(&scene).await;
    let again = request.try_clone().unwrap();

    let lost = request.send().await;
    let told = scene.notification().await;
    let repeated: Value = again.send().await.unwrap().json().await.unwrap();

    assert!(lost.is_err(), "{lost:?}");
    assert_eq!(told.success, "true");
    assert_eq!(repeated["resultCode"], "Authorised");
    assert_eq!(repeated["pspReference"], told.psp_reference);
    assert_eq!(charges(&scene).await, 1);
}

#[tokio::test]
async fn a_held_answer_is_charged_and_told_and_sent_when_cleared() {
    let mut scene = Scene::start().await;
    scene.faults(json!({ "answer": "hold" })).await;
    let held = tokio::spawn(keyed(&scene).await.send());
    assert_eq!(scene.notification().await.success, "true");
    assert_eq!(charges(&scene).await, 1);

    scene.clear_faults().await;

    assert_eq!(held.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_caller_that_hangs_up_is_charged_all_the_same() {
    let mut scene = Scene::start().await;
    scene
        .faults(json!({ "answer": "hold", "remaining": 1 }))
        .await;
    let request = keyed(&scene).await;
    let again = request.try_clone().unwrap();
    let held = tokio::spawn(request.send());
    scene.notification().await;
    held.abort();

    let repeated: Value = again.send().await.unwrap().json().await.unwrap();

    assert_eq!(repeated["resultCode"], "Authorised");
    assert_eq!(charges(&scene).await, 1);
}

#[tokio::test]
async fn a_500_before_the_charge_leaves_the_key_free() {
    let scene = Scene::start().await;
    scene
        .faults(json!({ "answer": "error_500_before_charge", "remaining": 1 }))
        .await;
    let request = keyed(&scene).await;
    let again = request.try_clone().unwrap();

    let failed = request.send().await.unwrap();
    let charged_meanwhile = charges(&scene).await;
    let repeated = again.send().await.unwrap();

    assert_eq!((failed.status().as_u16(), charged_meanwhile), (500, 0));
    assert_eq!(
        (repeated.status().as_u16(), charges(&scene).await),
        (200, 1)
    );
}

#[tokio::test]
async fn held_notifications_arrive_when_cleared() {
    let mut scene = Scene::start().await;
    scene.faults(json!({ "notifications": "hold" })).await;
    scene.pay("4242424242424242").await;
    assert_eq!(scene.notifications_left(), 0);

    scene.clear_faults().await;

    assert_eq!(scene.notification().await.success, "true");
}

#[tokio::test]
async fn a_dropped_notification_never_arrives() {
    let mut scene = Scene::start().await;
    scene
        .faults(json!({ "notifications": "drop", "remaining": 1 }))
        .await;

    scene.pay("4242424242424242").await;
    scene.pay("4000000000000002").await;

    assert_eq!(scene.notification().await.success, "false");
    assert_eq!(scene.notifications_left(), 0);
}

#[tokio::test]
async fn a_doubled_notification_arrives_two_times() {
    let mut scene = Scene::start().await;
    scene.faults(json!({ "notifications": "twice" })).await;
    scene.pay("4242424242424242").await;

    let (first, second) = (scene.notification().await, scene.notification().await);

    assert_eq!(first.psp_reference, second.psp_reference);
}

#[tokio::test]
async fn a_wrong_signature_is_wrong_until_cleared() {
    let mut scene = Scene::whose_receiver_answers(&[401; 50]).await;
    scene
        .faults(json!({ "notifications": "bad_signature" }))
        .await;
    scene.pay("4242424242424242").await;
    let key = HmacKey::from_hex(HMAC_KEY).unwrap();
    let wrong = scene.notification().await;
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
async fn the_faults_in_force_can_be_read_and_cleared() {
    let scene = Scene::start().await;
    let hold = json!({
        "answer": "hold", "answer_delay_ms": 5, "notifications": "twice", "bank": "coop",
        "bank_asks": "app", "remaining": 2,
    });
    scene.faults(hold.clone()).await;
    let set = settings(&scene).await;
    scene.clear_faults().await;
    let cleared = settings(&scene).await;

    let normal = json!({
        "answer": "normal", "answer_delay_ms": 0, "notifications": "send", "bank": "none",
        "bank_asks": "code", "remaining": null,
    });
    assert_eq!((set, cleared), (hold, normal));
}

#[tokio::test]
async fn an_unknown_field_or_value_is_named() {
    let scene = Scene::start().await;
    for (body, named) in [
        (json!({ "colour": 1 }), "colour"),
        (json!({ "answer": "never" }), "never"),
    ] {
        let request = scene.client.post(scene.url("/faults")).json(&body);
        let response = request.send().await.unwrap();

        assert_eq!(response.status(), 400);
        assert!(response.text().await.unwrap().contains(named));
    }
}

#[tokio::test]
async fn a_stop_breaks_off_what_is_held() {
    let mut scene = Scene::start().await;
    scene.faults(json!({ "answer": "hold" })).await;
    let held = tokio::spawn(keyed(&scene).await.send());
    scene.notification().await;

    scene.sandbox.stop().await;

    assert!(held.await.unwrap().is_err());
}
