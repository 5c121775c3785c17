//! Requests that get an error instead of an outcome, and never a charge.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::{API_KEY, Scene};

/// Sends a payment changed by `change` and gives status and error code.
async fn refused(scene: &Scene, change: impl FnOnce(&mut Value)) -> (u16, String) {
    let mut body = scene
        .payment_body("att_1", &test_card::card("4242424242424242"))
        .await;
    change(&mut body);
    let (status, answer) = scene.post("/v71/payments", &body).await;
    assert_eq!(answer["status"], status, "{answer}");
    assert_eq!(scene.ledger().await, json!([]));
    (
        status,
        answer["errorCode"].as_str().unwrap_or_default().to_owned(),
    )
}

fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test]
async fn a_wrong_or_missing_api_key_is_unauthorised() {
    let scene = Scene::start().await;
    let url = scene.url("/v71/payments");
    let long = API_KEY.repeat(2);

    for request in [
        scene.client.post(&url).json(&json!({})),
        scene
            .client
            .post(&url)
            .header("X-API-Key", long)
            .json(&json!({})),
    ] {
        let response = request.send().await.unwrap();

        assert_eq!(response.status(), 401);
        let body: Value = response.json().await.unwrap();
        let expected = json!({
            "status": 401,
            "errorCode": "000",
            "message": "HTTP Status Response - Unauthorized",
            "errorType": "security",
        });
        assert_eq!(body, expected);
    }
}

#[tokio::test]
async fn another_merchant_account_is_forbidden() {
    let scene = Scene::start().await;

    let answer = refused(&scene, |body| body["merchantAccount"] = "Another".into()).await;

    assert_eq!(answer, error(403, "901"));
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
    let scene = Scene::start().await;
    let request = scene
        .client
        .post(scene.url("/v71/payments"))
        .header("X-API-Key", API_KEY);

    let response = request.body("{").send().await.unwrap();

    assert_eq!(response.status(), 400);
    assert_eq!(response.json::<Value>().await.unwrap()["errorCode"], "702");
}

#[tokio::test]
async fn a_field_of_the_wrong_type_is_named() {
    let scene = Scene::start().await;
    let mut body = scene
        .payment_body("att_1", &test_card::card("4242424242424242"))
        .await;
    body["amount"]["value"] = "4242424242424242".into();

    let (status, answer) = scene.post("/v71/payments", &body).await;

    assert_eq!((status, answer["errorCode"].as_str()), (400, Some("702")));
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains("amount") && !message.contains("4242"),
        "{message}"
    );
}

#[tokio::test]
async fn a_missing_return_url_has_its_own_code() {
    let scene = Scene::start().await;

    let answer = refused(&scene, |body| body["returnUrl"] = Value::Null).await;

    assert_eq!(answer, error(422, "14_030"));
}

#[tokio::test]
async fn a_return_url_that_is_no_web_address_is_refused() {
    let scene = Scene::start().await;

    let answer = refused(&scene, |body| {
        body["returnUrl"] = "javascript:alert(1)".into();
    })
    .await;

    assert_eq!(answer, error(422, "14_030"));
}

#[tokio::test]
async fn a_fraction_of_a_króna_is_refused() {
    let scene = Scene::start().await;

    let answer = refused(&scene, |body| body["amount"]["value"] = 199_001.into()).await;

    assert_eq!(answer, error(422, "137"));
}

#[tokio::test]
async fn a_missing_reference_is_refused() {
    let scene = Scene::start().await;

    assert_eq!(
        refused(&scene, |body| body["reference"] = "".into()).await,
        error(422, "130")
    );
}

#[tokio::test]
async fn a_card_in_the_clear_is_refused() {
    let scene = Scene::start().await;
    let raw = json!({ "type": "scheme", "number": "4242424242424242" });

    let answer = refused(&scene, |body| body["paymentMethod"] = raw).await;

    assert_eq!(answer, error(422, "14_004"));
}

#[tokio::test]
async fn a_card_encrypted_to_another_key_is_refused() {
    let (scene, other) = (Scene::start().await, Scene::start().await);
    let card = test_card::card("4242424242424242");
    let jwe = test_card::encrypt(&other.jwk().await, "ps_1", &card);

    let answer = refused(&scene, |body| {
        body["paymentMethod"]["encryptedCard"] = jwe.into();
    })
    .await;

    assert_eq!(answer, error(422, "173"));
}

#[tokio::test]
async fn a_damaged_card_is_refused() {
    let scene = Scene::start().await;

    let answer = refused(&scene, |body| {
        body["paymentMethod"]["encryptedCard"] = "a.b.c.d.e".into();
    })
    .await;

    assert_eq!(answer, error(422, "174"));
}

#[tokio::test]
async fn a_number_with_a_wrong_check_digit_is_an_error_and_not_a_decline() {
    let scene = Scene::start().await;
    let jwe = test_card::encrypt(
        &scene.jwk().await,
        "ps_1",
        &test_card::card("4242424242424241"),
    );

    let answer = refused(&scene, |body| {
        body["paymentMethod"]["encryptedCard"] = jwe.into();
    })
    .await;

    assert_eq!(answer, error(422, "101"));
}

#[tokio::test]
async fn an_unknown_route_answers_in_the_contracts_form() {
    let scene = Scene::start().await;

    let (status, answer) = scene.post("/v71/paymentMethods", &json!({})).await;

    assert_eq!((status, answer["status"].as_u64()), (404, Some(404)));
}
