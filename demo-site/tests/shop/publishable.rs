//! The publishable-key page: the browser makes the session, the shop checks whose it is.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::scene::{PUBLISHABLE_KEY, Scene};

async fn attach(scene: &Scene, order: &str, session: &Value) -> StatusCode {
    let path = format!("/orders/{order}/session");
    scene
        .post_json(&path, &json!({ "session_id": session["id"] }))
        .await
        .status
}

#[tokio::test]
async fn the_page_carries_what_its_script_needs_and_no_session() {
    let scene = Scene::new().await;
    let order = scene
        .new_order("/checkout/publishable?product=candle")
        .await;
    let page = scene
        .get(&format!("/checkout/publishable?order={order}"))
        .await
        .body;
    for part in [
        format!(r#"data-publishable-key="{PUBLISHABLE_KEY}""#),
        r#"data-amount="1990""#.to_owned(),
        format!(r#"data-external-reference="{order}""#),
        format!(r#"data-return-url="http://{}/orders/{order}""#, scene.host),
    ] {
        assert!(page.contains(&part), "{part} in {page}");
    }
    assert!(scene.api.ledger().created.is_empty());
}

#[tokio::test]
async fn a_session_for_the_order_becomes_its_session() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    let session = scene.api.ledger().add(24_500, "ISK", &order);
    assert_eq!(
        attach(&scene, &order, &session).await,
        StatusCode::NO_CONTENT
    );
    let known = scene.get(&format!("/orders/{order}/session")).await.json();
    assert_eq!(
        known,
        json!({ "status": "open", "session_id": "ps_1", "client_secret": "pcs_secret_1" })
    );
}

#[tokio::test]
async fn a_cheaper_session_is_shown_as_a_mismatch_once_paid() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    let session = scene.api.ledger().add(1, "ISK", &order);
    attach(&scene, &order, &session).await;
    scene.api.ledger().settle("complete", "succeeded");
    assert_eq!(
        scene.get(&format!("/orders/{order}.json")).await.json()["status"],
        "mismatch"
    );
}

#[tokio::test]
async fn a_session_for_another_order_is_refused() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    let session = scene
        .api
        .ledger()
        .add(24_500, "ISK", "order_of_somebody_else");
    assert_eq!(
        attach(&scene, &order, &session).await,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        scene.get(&format!("/orders/{order}/session")).await.json()["status"],
        "none"
    );
}

#[tokio::test]
async fn a_session_that_the_api_does_not_know_is_refused() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    for id in ["ps_99", "../payments/pay_1", ""] {
        assert_eq!(
            attach(&scene, &order, &json!({ "id": id })).await,
            StatusCode::BAD_REQUEST,
            "{id}"
        );
    }
}

#[tokio::test]
async fn a_second_tabs_session_is_refused_while_the_first_is_open_or_paid() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    let first = scene.api.ledger().add(24_500, "ISK", &order);
    attach(&scene, &order, &first).await;
    let second = scene.api.ledger().add(24_500, "ISK", &order);
    assert_eq!(attach(&scene, &order, &second).await, StatusCode::CONFLICT);
    scene
        .api
        .ledger()
        .sessions
        .get_mut("ps_1")
        .expect("the first session")["status"] = json!("complete");
    assert_eq!(attach(&scene, &order, &second).await, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_paid_order_has_no_session_to_pay_with() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle("complete", "succeeded");
    assert_eq!(
        scene.get(&format!("/orders/{order}/session")).await.json(),
        json!({ "status": "settled" })
    );
}
