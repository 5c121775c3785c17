//! What cannot be done ends in a clear page and never shows a secret.

use reqwest::StatusCode;

use crate::scene::{SECRET_KEY, Scene};

#[tokio::test]
async fn an_unknown_product_or_kind_is_refused_with_a_clear_page() {
    let scene = Scene::new().await;
    for (form, sentence) in [
        (
            vec![("product", "gold"), ("kind", "element")],
            "no such product",
        ),
        (
            vec![("product", "candle"), ("kind", "cash")],
            "kind of checkout",
        ),
        (vec![("product", "candle")], "could not be read"),
    ] {
        let answer = scene.post_form("/orders", &form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
        assert!(answer.body.contains(sentence), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_amount_outside_the_range_is_refused_with_a_clear_page() {
    let scene = Scene::new().await;
    for amount in ["0", "-5", "10000000", "1.5", "abc", "", "%2B5"] {
        let answer = scene
            .get(&format!("/checkout/element?amount={amount}"))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{amount}");
        assert!(
            answer.body.contains("from 1 to 9,999,999"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn an_unknown_page_or_order_is_a_friendly_404() {
    let scene = Scene::new().await;
    for path in [
        "/nowhere",
        "/orders/order_1",
        "/checkout/element?order=order_1",
        "/static/../Cargo.toml",
    ] {
        let answer = scene.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.body.contains("There is no such page"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn data_addresses_answer_failures_as_json() {
    let scene = Scene::new().await;
    for path in ["/orders/order_1.json", "/orders/order_1/session"] {
        assert_eq!(
            scene.get(path).await.json()["error"]["code"],
            "not_found",
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_api_that_is_not_there_is_a_502_page_that_says_what_to_do() {
    let scene = Scene::without_api().await;
    let order = scene.new_order("/checkout/element").await;
    let answer = scene.get(&format!("/checkout/element?order={order}")).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(
        answer.body.contains("Wait a moment and try again"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn an_api_that_refuses_is_a_502_page_and_the_next_load_tries_the_same_key_again() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element").await;
    let address = format!("/checkout/element?order={order}");
    scene.api.ledger().refuses = Some(StatusCode::UNAUTHORIZED);
    assert_eq!(scene.get(&address).await.status, StatusCode::BAD_GATEWAY);
    scene.api.ledger().refuses = None;
    assert_eq!(scene.get(&address).await.status, StatusCode::OK);
    assert_eq!(
        scene.api.ledger().idempotency_keys,
        [format!("{order}-session-1")]
    );
}

#[tokio::test]
async fn no_answer_holds_the_secret_key() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    for path in [
        "/".to_owned(),
        "/orders.json".to_owned(),
        format!("/orders/{order}"),
        format!("/orders/{order}.json"),
        format!("/orders/{order}/session"),
        format!("/checkout/element?order={order}"),
        format!("/checkout/publishable?order={order}"),
    ] {
        let answer = scene.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains(SECRET_KEY), "{path}");
    }
}

#[tokio::test]
async fn client_secrets_stand_only_on_the_page_that_pays() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    for path in [
        "/orders.json".to_owned(),
        format!("/orders/{order}"),
        format!("/orders/{order}.json"),
    ] {
        assert!(!scene.get(&path).await.body.contains("pcs_"), "{path}");
    }
}
