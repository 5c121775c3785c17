//! On which origins the shop answers, and with which headers.

use reqwest::StatusCode;

use crate::scene::{CHECKOUT, Scene};

fn policy(connect: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {CHECKOUT}; frame-src {CHECKOUT}; style-src 'self'; \
         img-src 'self' data:; connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    for path in [
        "/",
        "/nowhere",
        "/static/shop.css",
        &format!("/orders/{order}"),
        &format!("/checkout/element?order={order}"),
    ] {
        assert_eq!(scene.get(path).await.policy, policy("'self'"), "{path}");
    }
}

#[tokio::test]
async fn only_the_publishable_page_may_call_the_checkout_origin() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/publishable").await;
    let answer = scene
        .get(&format!("/checkout/publishable?order={order}"))
        .await;
    assert_eq!(answer.policy, policy(&format!("'self' {CHECKOUT}")));
}

#[tokio::test]
async fn no_page_has_anything_inline() {
    let scene = Scene::new().await;
    let order = scene.order_with_session().await;
    for path in [
        "/",
        "/nowhere",
        &format!("/orders/{order}"),
        &format!("/checkout/element?order={order}"),
    ] {
        let page = scene.get(path).await.body;
        for inline in ["<style", " style=", "onclick=", "onload=", "javascript:"] {
            assert!(!page.contains(inline), "{inline} in {path}");
        }
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=").count(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_unknown_host_is_sent_to_the_public_origin() {
    let scene = Scene::new().await;
    for host in ["evil.example", "shop.localhost", "shop.localhost:1"] {
        let answer = scene.get_as(host, "/checkout/element").await;
        assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{host}");
        assert_eq!(answer.location, format!("http://{}/", scene.host), "{host}");
    }
}

#[tokio::test]
async fn an_unknown_host_can_place_no_order() {
    let scene = Scene::new().await;
    let form = [("product", "candle"), ("kind", "element")];
    let answer = scene.post_form_as("evil.example", "/orders", &form).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(
        scene.get("/orders.json").await.json()["data"],
        serde_json::json!([])
    );
}

#[tokio::test]
async fn an_order_opened_on_another_origin_leads_back_to_its_own() {
    let scene = Scene::new().await;
    let order = scene.new_order("/checkout/element").await;
    let port = scene.host.split(':').next_back().unwrap_or_default();
    let answer = scene
        .get_as(
            &format!("127.0.0.1:{port}"),
            &format!("/checkout/element?order={order}"),
        )
        .await;
    assert_eq!(
        answer.location,
        format!("http://{}/checkout/element?order={order}", scene.host)
    );
}

#[tokio::test]
async fn health_is_answered_to_any_host() {
    let scene = Scene::new().await;
    let answer = scene.get_as("anything", "/healthz").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "ok")
    );
}

#[tokio::test]
async fn a_chosen_language_is_kept_by_the_links() {
    let scene = Scene::new().await;
    let page = scene.get("/?lang=is").await.body;
    assert!(page.contains(r#"<html lang="is">"#));
    assert!(page.contains(r#"action="/orders?lang=is""#));
    assert!(page.contains(r#"href="/?lang=en""#));
}

#[tokio::test]
async fn a_path_of_two_slashes_makes_no_link_out_of_the_shop() {
    let scene = Scene::new().await;
    let page = scene.get("//evil.example/").await.body;
    assert!(!page.contains("href=\"//"), "{page}");
}
