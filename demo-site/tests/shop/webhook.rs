//! An order counts as delivered by a signed event that says it is paid, and by nothing else.

use reqwest::StatusCode;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::scene::{Scene, WEBHOOK_SECRET};

async fn event(scene: &Scene, order: &str, change: &Value) -> Value {
    let placed = scene.get(&format!("/orders/{order}.json")).await.json();
    let mut payment = json!({
        "id": "pay_1", "amount": placed["amount"], "currency": "ISK", "status": "succeeded", "external_reference": order,
    });
    payment
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    json!({"id": "evt_1", "type": "payment.succeeded", "data": payment})
}

/// Sends the event signed with `secret` and answers the status and what the order says afterwards.
async fn told(scene: &Scene, secret: &str, order: &str, event: &Value) -> (StatusCode, Value) {
    let body = event.to_string();
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let now = i64::try_from(now).unwrap();
    let signature = Webhook::new(secret)
        .unwrap()
        .sign("evt_1", now, body.as_bytes())
        .unwrap();
    let headers = [
        ("webhook-id", "evt_1".to_owned()),
        ("webhook-timestamp", now.to_string()),
        ("webhook-signature", signature),
    ];
    let status = scene.post_signed("/webhooks/borga", &headers, body).await;
    let order = scene.get(&format!("/orders/{order}.json")).await.json();
    (status, order["delivered_by"].clone())
}

#[tokio::test]
async fn a_signed_event_delivers_the_order_once() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    let paid = event(&scene, &order, &json!({})).await;

    let first = told(&scene, WEBHOOK_SECRET, &order, &paid).await;
    assert_eq!(first, (StatusCode::NO_CONTENT, json!("evt_1")));
    let mut again = paid;
    again["id"] = json!("evt_2");
    let second = told(&scene, WEBHOOK_SECRET, &order, &again).await;
    assert_eq!(second, (StatusCode::NO_CONTENT, json!("evt_1")));
    let page = scene.get(&format!("/orders/{order}")).await.body;
    assert!(page.contains(r#"data-event="evt_1""#), "{page}");
}

#[tokio::test]
async fn another_secret_delivers_nothing() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    let secret = "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgbG9uZyBlbm91Z2g=";
    let paid = event(&scene, &order, &json!({})).await;
    let forged = told(&scene, secret, &order, &paid).await;
    assert_eq!(forged, (StatusCode::BAD_REQUEST, Value::Null));
}

#[tokio::test]
async fn what_is_not_this_orders_price_delivers_nothing() {
    for change in [
        json!({"amount": 1}),
        json!({"currency": "EUR"}),
        json!({"status": "processing"}),
        json!({"external_reference": null}),
        json!({"external_reference": "order_of_somebody_else"}),
    ] {
        let scene = Scene::new().await;
        let order = scene.order_with_session().await;
        let other = event(&scene, &order, &change).await;
        let told = told(&scene, WEBHOOK_SECRET, &order, &other).await;
        assert_eq!(told, (StatusCode::NO_CONTENT, Value::Null), "{change}");
    }
}
