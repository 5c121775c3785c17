//! `GET /card-key` and `GET /healthz`.

use crate::support::Scene;

#[tokio::test]
async fn the_card_key_is_a_public_encryption_key_without_private_parts() {
    let scene = Scene::start().await;

    let jwk: serde_json::Map<_, _> = scene.get("/card-key").await.json().await.unwrap();

    let names: Vec<_> = jwk.keys().map(String::as_str).collect();
    assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
}

#[tokio::test]
async fn health_is_ok() {
    let scene = Scene::start().await;

    assert_eq!(scene.get("/healthz").await.text().await.unwrap(), "ok");
}

#[tokio::test]
async fn a_stopped_sandbox_frees_its_port() {
    let scene = Scene::start().await;
    scene.get("/healthz").await;
    let url = scene.url("/healthz");

    scene.sandbox.stop().await;

    assert!(scene.client.get(url).send().await.is_err());
}
