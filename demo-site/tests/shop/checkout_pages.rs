//! The element page: one session per order, made with the secret key.

use reqwest::StatusCode;
use serde_json::json;

use crate::scene::{CHECKOUT, SECRET_KEY, Scene};

#[tokio::test]
async fn the_order_form_leads_to_the_checkout_page_of_a_new_order() {
    let scene = Scene::new().await;
    let answer = scene
        .post_form("/orders", &[("product", "candle"), ("kind", "element")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(
        answer
            .location
            .starts_with("/checkout/element?order=order_"),
        "{}",
        answer.location
    );
}

#[tokio::test]
async fn the_session_is_made_with_the_orders_amount_origin_and_reference() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element?product=candle").await;
    scene.get(&format!("/checkout/element?order={order}")).await;
    let origin = format!("http://{}", scene.host);
    let ledger = scene.api.ledger();
    assert_eq!(
        ledger.created,
        [json!({
            "mode": "embedded", "amount": 1990, "currency": "ISK", "origin": origin,
            "external_reference": order, "return_url": format!("{origin}/orders/{order}"),
            "metadata": { "order_id": order },
        })]
    );
    assert_eq!(ledger.idempotency_keys, [format!("{order}-session-1")]);
    assert_eq!(ledger.authorization, format!("Bearer {SECRET_KEY}"));
}

#[tokio::test]
async fn only_the_returning_customers_session_names_them_and_offers_to_save_the_card() {
    let scene = Scene::new().await;
    for kind in ["element", "returning"] {
        let order = scene.new_order(&format!("/checkout/{kind}")).await;
        let page = scene.get(&format!("/checkout/{kind}?order={order}")).await;
        assert!(page.body.contains("<borga-checkout"), "{}", page.body);
    }
    let ledger = scene.api.ledger();
    let saving = |n: usize| {
        (
            &ledger.created[n]["customer"],
            &ledger.created[n]["save_payment_method"],
        )
    };
    assert_eq!(saving(0), (&json!(null), &json!(null)));
    assert_eq!(saving(1), (&json!("cus_1"), &json!(true)));
}

#[tokio::test]
async fn the_sessions_language_is_set_only_when_the_visitor_chose_one() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element?lang=is").await;
    scene.get(&format!("/checkout/element?order={order}")).await;
    assert_eq!(scene.api.ledger().created[0]["locale"], "is");
}

#[tokio::test]
async fn the_page_holds_the_element_with_its_session_and_the_checkouts_script() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element").await;
    let page = scene
        .get(&format!(
            "/checkout/element?order={order}&theme=dark&three_ds=redirect"
        ))
        .await
        .body;
    let element = r#"<borga-checkout session-id="ps_1" client-secret="pcs_secret_1" locale="en" theme="dark" three-ds="redirect">"#;
    assert!(page.contains(element), "{page}");
    assert!(
        page.contains(&format!(
            r#"<script type="module" src="{CHECKOUT}/v1/borga.js" data-borga>"#
        )),
        "{page}"
    );
}

#[tokio::test]
async fn two_loads_of_one_order_use_one_session() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element").await;
    let address = format!("/checkout/element?order={order}");
    let (first, second) = tokio::join!(scene.get(&address), scene.get(&address));
    assert!(first.body.contains("pcs_secret_1") && second.body.contains("pcs_secret_1"));
    assert_eq!(scene.api.ledger().created.len(), 1);
}

#[tokio::test]
async fn an_expired_session_is_followed_by_a_new_one_with_the_next_number() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle("expired", "created");
    let page = scene
        .get(&format!("/checkout/element?order={order}"))
        .await
        .body;
    assert!(page.contains("pcs_secret_2"), "{page}");
    assert_eq!(
        scene.api.ledger().idempotency_keys[1],
        format!("{order}-session-2")
    );
}

#[tokio::test]
async fn no_new_session_is_made_while_the_expired_ones_payment_is_on_its_way() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle("expired", "processing");
    let answer = scene.get(&format!("/checkout/element?order={order}")).await;
    assert_eq!(answer.location, format!("/orders/{order}"));
    assert_eq!(scene.api.ledger().created.len(), 1);
}

#[tokio::test]
async fn a_paid_order_leads_to_the_order_page() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    scene.api.ledger().settle("complete", "succeeded");
    for kind in ["element", "publishable"] {
        let answer = scene.get(&format!("/checkout/{kind}?order={order}")).await;
        assert_eq!(
            (answer.status, answer.location),
            (StatusCode::SEE_OTHER, format!("/orders/{order}"))
        );
    }
}

#[tokio::test]
async fn a_checkout_without_an_order_makes_one_of_the_wanted_amount() {
    let scene = Scene::new().await;
    let order = scene
        .new_order("/checkout/element?product=candle&amount=9999999")
        .await;
    let facts = scene.get(&format!("/orders/{order}.json")).await.json();
    assert_eq!(
        (&facts["product"], &facts["amount"]),
        (&json!("candle"), &json!(9_999_999))
    );
}
