//! The order page says paid only when the API says so and amount, currency and reference agree.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::scene::Scene;

/// The state that the page and the JSON of an order show; they must agree.
async fn shown(scene: &Scene, order: &str) -> String {
    let page = scene.get(&format!("/orders/{order}")).await;
    let facts = scene.get(&format!("/orders/{order}.json")).await.json();
    let state = facts["status"].as_str().unwrap_or_default().to_owned();
    assert!(
        page.body
            .contains(&format!(r#"id="order" data-status="{state}""#)),
        "{}",
        page.body
    );
    state
}

async fn shown_after(session: &str, payment: &str) -> String {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle(session, payment);
    shown(&scene, &order).await
}

#[tokio::test]
async fn the_payments_status_decides_the_orders_state() {
    for (session, payment, state) in [
        ("open", "created", "open"),
        ("open", "processing", "open"),
        ("open", "failed", "failed"),
        ("expired", "failed", "failed"),
        ("complete", "succeeded", "paid"),
        ("expired", "succeeded", "paid"),
        ("complete", "partially_refunded", "paid"),
        ("complete", "refunded", "refunded"),
        ("complete", "something_new", "unknown"),
    ] {
        assert_eq!(
            shown_after(session, payment).await,
            state,
            "{session} {payment}"
        );
    }
}

#[tokio::test]
async fn an_order_without_a_session_is_open() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element").await;
    assert_eq!(shown(&scene, &order).await, "open");
}

#[tokio::test]
async fn a_payment_that_differs_in_amount_currency_or_reference_is_not_fulfilled() {
    for (field, value) in [
        ("amount", json!(1)),
        ("currency", json!("EUR")),
        ("external_reference", json!("order_of_somebody_else")),
        ("external_reference", Value::Null),
    ] {
        let scene = Scene::new().await;
        let order = scene.order_with_session().await;
        scene.api.ledger().settle("complete", "succeeded");
        scene.api.ledger().change_payment(field, value);
        assert_eq!(shown(&scene, &order).await, "mismatch", "{field}");
    }
}

#[tokio::test]
async fn a_declined_order_offers_to_try_again_on_its_own_checkout_page() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle("open", "failed");
    let page = scene.get(&format!("/orders/{order}?lang=is")).await.body;
    assert!(
        page.contains(&format!(
            r#"href="/checkout/element?order={order}&amp;lang=is""#
        )),
        "{page}"
    );
}

#[tokio::test]
async fn an_api_that_fails_leaves_the_state_unknown() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().refuses = Some(StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(shown(&scene, &order).await, "unknown");
}

#[tokio::test]
async fn the_list_names_every_order_newest_first() {
    let scene = Scene::new().await;
    let first = scene.new_order("/checkout/element").await;
    let second = scene.new_order("/checkout/publishable").await;
    let list = scene.get("/orders.json").await.json();
    assert_eq!(list["data"][0]["id"], second);
    assert_eq!(list["data"][1]["id"], first);
}
