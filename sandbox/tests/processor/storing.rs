//! Keeping a card while paying with it.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::shopper::{SHOPPER, kept, store_with, storing_body, token_in};
use crate::support::Scene;

const CHALLENGED: &str = "4000002500003155";

async fn body(scene: &Scene, number: &str) -> Value {
    storing_body(scene, &test_card::card(number)).await
}

fn operation(answer: &Value) -> &Value {
    &answer["additionalData"]["tokenization.store.operationType"]
}

#[tokio::test]
async fn the_answer_and_the_notification_carry_the_token() {
    let mut scene = Scene::start().await;
    let answer = store_with(&scene, &body(&scene, "4242424242424242").await).await;
    let token = token_in(&answer);

    let mut told = scene.notification().await.additional_data;

    told.remove("hmacSignature");
    let expected = json!({
        "cardSummary": "4242",
        "expiryDate": "3/2030",
        "tokenization.shopperReference": SHOPPER,
        "tokenization.store.operationType": "created",
        "tokenization.storedPaymentMethodId": token,
    });
    assert_eq!(token.len(), 16);
    assert_eq!(answer["additionalData"], expected);
    assert_eq!(json!(told), expected);
}

#[tokio::test]
async fn the_same_card_again_is_the_same_token() {
    let scene = Scene::start().await;
    let body = body(&scene, "4242424242424242").await;

    let first = store_with(&scene, &body).await;
    let again = store_with(&scene, &body).await;

    assert_eq!(operation(&first), "created");
    assert_eq!(operation(&again), "alreadyExisting");
    assert_eq!(token_in(&first), token_in(&again));
    assert_eq!(kept(&scene, SHOPPER).await.len(), 1);
}

#[tokio::test]
async fn another_expiry_or_shopper_is_another_token() {
    let scene = Scene::start().await;
    let mut card = test_card::card("4242424242424242");
    let mut tokens = vec![token_in(
        &store_with(&scene, &storing_body(&scene, &card).await).await,
    )];

    let mut of_another = storing_body(&scene, &card).await;
    of_another["shopperReference"] = "cus_2".into();
    tokens.push(token_in(&store_with(&scene, &of_another).await));
    card["expiryYear"] = "2031".into();
    let renewed = store_with(&scene, &storing_body(&scene, &card).await).await;
    tokens.push(token_in(&renewed));

    assert_eq!(operation(&renewed), "created");
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 3);
}

#[tokio::test]
async fn a_challenged_card_is_kept_when_its_details_arrive_and_not_before() {
    let mut scene = Scene::start().await;
    let (_, asked) = scene
        .post("/v71/payments", &body(&scene, CHALLENGED).await)
        .await;
    assert_eq!(asked["additionalData"], json!({ "cardSummary": "3155" }));
    let page = asked["action"]["url"].as_str().unwrap();
    let page = page.strip_prefix(&scene.sandbox.origin()).unwrap();
    let redirect_result = scene.redirect_result(page, "1234").await;
    assert_eq!(kept(&scene, SHOPPER).await, Vec::<Value>::new());

    let (_, answer) = scene.details(&redirect_result).await;
    let (_, again) = scene.details(&redirect_result).await;

    assert_eq!(operation(&answer), "created");
    assert_eq!(answer, again);
    let told = scene.notification().await.additional_data;
    assert_eq!(
        told["tokenization.storedPaymentMethodId"],
        token_in(&answer)
    );
    assert_eq!(kept(&scene, SHOPPER).await.len(), 1);
}

#[tokio::test]
async fn a_payment_that_is_not_authorised_keeps_nothing() {
    let mut scene = Scene::start().await;
    let declined = store_with(&scene, &body(&scene, "4000000000000002").await).await;
    let declined_after_challenge =
        store_with(&scene, &body(&scene, "4000008400001629").await).await;
    let (_, asked) = scene
        .post("/v71/payments", &body(&scene, CHALLENGED).await)
        .await;
    let page = asked["action"]["url"].as_str().unwrap();
    let page = page.strip_prefix(&scene.sandbox.origin()).unwrap();
    let redirect_result = scene.redirect_result(page, "1111").await;
    let (_, failed) = scene.details(&redirect_result).await;

    for answer in [declined, declined_after_challenge, failed] {
        assert_eq!(answer["resultCode"], "Refused");
        assert_eq!(operation(&answer), &Value::Null, "{answer}");
        let told = scene.notification().await.additional_data;
        assert!(!told.contains_key("tokenization.storedPaymentMethodId"));
    }
    assert_eq!(kept(&scene, SHOPPER).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_card_is_kept_only_when_that_was_wished_for() {
    let scene = Scene::start().await;
    for wish in [json!(false), Value::Null] {
        let mut body = body(&scene, "4242424242424242").await;
        body["storePaymentMethod"] = wish;

        let answer = store_with(&scene, &body).await;

        assert_eq!(answer["additionalData"], json!({ "cardSummary": "4242" }));
    }
    assert_eq!(kept(&scene, SHOPPER).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_repeated_request_under_its_key_keeps_one_card_and_says_the_same() {
    let scene = Scene::start().await;
    let body = body(&scene, "4242424242424242").await;
    let request = scene
        .request("/v71/payments", &body)
        .header("Idempotency-Key", "att_1");
    let again = request.try_clone().unwrap();

    let first: Value = request.send().await.unwrap().json().await.unwrap();
    let again: Value = again.send().await.unwrap().json().await.unwrap();

    assert_eq!((operation(&first), &first), (&json!("created"), &again));
}

#[tokio::test]
async fn a_wish_needs_a_shopper_a_model_and_the_payer() {
    let scene = Scene::start().await;
    for (field, value, status, code) in [
        ("shopperReference", Value::Null, 422, "121"),
        ("shopperReference", json!("cu"), 422, "180"),
        ("shopperReference", json!("é".repeat(257)), 422, "180"),
        ("recurringProcessingModel", Value::Null, 422, "158"),
        ("recurringProcessingModel", json!("OneClick"), 422, "192"),
        ("shopperInteraction", json!("ContAuth"), 422, "807"),
        ("shopperInteraction", json!("Moto"), 422, "807"),
        ("shopperInteraction", json!("Online"), 422, "192"),
        ("storePaymentMethod", json!("true"), 400, "702"),
    ] {
        let mut body = body(&scene, "4242424242424242").await;
        body[field] = value;

        let (got, answer) = scene.post("/v71/payments", &body).await;

        assert_eq!(
            (got, answer["errorCode"].as_str()),
            (status, Some(code)),
            "{field}: {answer}"
        );
    }
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn a_shopper_reference_may_be_as_short_and_as_long_as_the_contract_says() {
    let scene = Scene::start().await;
    for shopper in ["cus".to_owned(), "é".repeat(256)] {
        let mut body = body(&scene, "4242424242424242").await;
        body["shopperReference"] = shopper.into();

        assert_eq!(operation(&store_with(&scene, &body).await), "created");
    }
}

#[tokio::test]
async fn an_interaction_that_is_not_named_is_with_the_payer() {
    let scene = Scene::start().await;
    let mut body = body(&scene, "4242424242424242").await;
    body["shopperInteraction"] = Value::Null;

    assert_eq!(operation(&store_with(&scene, &body).await), "created");
}
