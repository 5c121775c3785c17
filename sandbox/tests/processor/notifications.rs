//! Notifications: signed, complete, repeated until accepted.

use sandbox::HmacKey;
use sandbox::wire::NotificationItem;
use serde_json::json;

use crate::support::{HMAC_KEY, Scene};

fn rightly_signed(item: &NotificationItem) -> bool {
    let expected = HmacKey::from_hex(HMAC_KEY).unwrap().sign(item);
    item.additional_data["hmacSignature"] == expected
}

#[tokio::test]
async fn an_approval_is_told_with_the_payments_own_data() {
    let mut scene = Scene::start().await;
    let answer = scene.pay("4242424242424242").await;

    let item = scene.notification().await;

    assert!(rightly_signed(&item));
    assert_eq!(item.event_code, "AUTHORISATION");
    assert_eq!(item.success, "true");
    assert_eq!(item.psp_reference, answer["pspReference"]);
    assert_eq!(item.merchant_reference, "att_1");
    assert_eq!(item.merchant_account_code, "BorgaDemo");
    assert_eq!(
        json!(item.amount),
        json!({ "currency": "ISK", "value": 199_000 })
    );
    assert_eq!(item.event_date, "2026-06-15T12:00:00Z");
    assert_eq!(item.original_reference, None);
}

#[tokio::test]
async fn a_decline_is_told_with_its_reason() {
    let mut scene = Scene::start().await;
    scene.pay("4000000000009995").await;

    let item = scene.notification().await;

    assert_eq!(
        (item.success.as_str(), item.reason.as_deref()),
        ("false", Some("Not enough balance"))
    );
    assert!(rightly_signed(&item));
}

#[tokio::test]
async fn a_refused_notification_is_sent_again_until_accepted() {
    let mut scene = Scene::whose_receiver_answers(&[500, 302, 503]).await;
    scene.pay("4242424242424242").await;

    let mut sent = Vec::new();
    for _ in 0..4 {
        sent.push(scene.notification().await.psp_reference);
    }

    sent.dedup();
    assert_eq!(sent.len(), 1);
}

#[tokio::test]
async fn those_of_one_payment_arrive_in_order_even_when_the_first_is_refused() {
    let mut scene = Scene::whose_receiver_answers(&[500, 500]).await;
    let answer = scene.pay("4242424242424242").await;
    let payment = answer["pspReference"].as_str().unwrap();
    let body = json!({ "merchantAccount": "BorgaDemo" });
    scene
        .post(&format!("/v71/payments/{payment}/reversals"), &body)
        .await;

    let mut events = Vec::new();
    for _ in 0..4 {
        events.push(scene.notification().await.event_code);
    }

    assert_eq!(
        events,
        [
            "AUTHORISATION",
            "AUTHORISATION",
            "AUTHORISATION",
            "CANCEL_OR_REFUND"
        ]
    );
}
