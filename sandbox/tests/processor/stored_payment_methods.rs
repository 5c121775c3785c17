//! Listing and deleting stored cards.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shopper::{SHOPPER, forget, kept, off_session, store_with, storing_body, token};
use crate::support::{API_KEY, Scene};

/// Status and error code of an answer that must be an error.
async fn error(response: reqwest::Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (
        status,
        body["errorCode"].as_str().unwrap_or_default().to_owned(),
    )
}

#[tokio::test]
async fn the_list_has_what_may_be_shown_of_each_card() {
    let scene = Scene::start().await;
    let first = token(&scene, "4242424242424242").await;
    let second = token(&scene, "378282246310005").await;

    let path =
        format!("/v71/storedPaymentMethods?merchantAccount=BorgaDemo&shopperReference={SHOPPER}");
    let list: Value = scene
        .with_key(Method::GET, &path)
        .await
        .json()
        .await
        .unwrap();

    let card = |id: &str, brand: &str, name: &str, last_four: &str| {
        json!({
            "brand": brand,
            "expiryMonth": "03",
            "expiryYear": "30",
            "id": id,
            "lastFour": last_four,
            "name": name,
            "shopperReference": SHOPPER,
            "supportedRecurringProcessingModels":
                ["CardOnFile", "Subscription", "UnscheduledCardOnFile"],
            "type": "scheme",
        })
    };
    let expected = json!({
        "merchantAccount": "BorgaDemo",
        "shopperReference": SHOPPER,
        "storedPaymentMethods": [
            card(&first, "visa", "Visa", "4242"),
            card(&second, "amex", "American Express", "0005"),
        ],
    });
    assert_eq!(list, expected);
}

#[tokio::test]
async fn a_shopper_sees_no_card_of_another() {
    let scene = Scene::start().await;
    token(&scene, "4242424242424242").await;

    assert_eq!(kept(&scene, "cus_2").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_list_is_never_repeated_from_memory() {
    let scene = Scene::start().await;
    let path =
        format!("/v71/storedPaymentMethods?merchantAccount=BorgaDemo&shopperReference={SHOPPER}");
    let request = scene
        .client
        .get(scene.url(&path))
        .header("X-API-Key", API_KEY)
        .header("Idempotency-Key", "list_1");
    let again = request.try_clone().unwrap();
    request.send().await.unwrap();
    token(&scene, "4242424242424242").await;

    let list: Value = again.send().await.unwrap().json().await.unwrap();

    assert_eq!(list["storedPaymentMethods"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_deleted_token_is_gone_and_pays_no_more() {
    let scene = Scene::start().await;
    let gone = token(&scene, "4242424242424242").await;
    let stays = token(&scene, "5555555555554444").await;

    let deleted = forget(&scene, SHOPPER, &gone).await;

    assert_eq!(deleted.status(), 204);
    assert_eq!(deleted.headers().get("content-type"), None);
    assert_eq!(deleted.bytes().await.unwrap().len(), 0);
    let left: Vec<Value> = kept(&scene, SHOPPER).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["id"], stays.as_str());
    let (status, refused) = scene.post("/v71/payments", &off_session(&gone)).await;
    assert_eq!((status, &refused["errorCode"]), (422, &json!("803")));
    let (_, paid) = scene.post("/v71/payments", &off_session(&stays)).await;
    assert_eq!(paid["resultCode"], "Authorised");
}

#[tokio::test]
async fn a_card_that_was_deleted_can_be_stored_anew() {
    let scene = Scene::start().await;
    let gone = token(&scene, "4242424242424242").await;
    forget(&scene, SHOPPER, &gone).await;

    assert_ne!(token(&scene, "4242424242424242").await, gone);
}

#[tokio::test]
async fn what_is_not_stored_cannot_be_deleted() {
    let scene = Scene::start().await;
    let theirs = token(&scene, "4242424242424242").await;
    let card = sandbox::test_card::card("5555555555554444");
    let mut body = storing_body(&scene, &card).await;
    body["shopperReference"] = "cus_2".into();
    store_with(&scene, &body).await;

    let unknown = error(forget(&scene, SHOPPER, "NOSUCHTOKEN12345").await).await;
    let of_another = error(forget(&scene, "cus_2", &theirs).await).await;
    let without_cards = error(forget(&scene, "cus_3", &theirs).await).await;

    assert_eq!(unknown, (422, "803".to_owned()));
    assert_eq!(of_another, (422, "803".to_owned()));
    assert_eq!(without_cards, (422, "800".to_owned()));
    assert_eq!(kept(&scene, SHOPPER).await[0]["id"], theirs.as_str());
}

#[tokio::test]
async fn both_want_the_key_the_account_and_the_shopper() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    for (method, path) in [
        (Method::GET, "/v71/storedPaymentMethods".to_owned()),
        (Method::DELETE, format!("/v71/storedPaymentMethods/{token}")),
    ] {
        let right = format!("{path}?merchantAccount=BorgaDemo&shopperReference={SHOPPER}");
        let keyless = scene.client.request(method.clone(), scene.url(&right));
        assert_eq!(keyless.send().await.unwrap().status(), 401);

        for (query, expected) in [
            ("?shopperReference=cus_1", (403, "901")),
            (
                "?merchantAccount=Another&shopperReference=cus_1",
                (403, "901"),
            ),
            ("?merchantAccount=BorgaDemo", (422, "121")),
            ("?merchantAccount=BorgaDemo&shopperReference=", (422, "121")),
            (
                "?merchantAccount=BorgaDemo&shopperReference=cu",
                (422, "180"),
            ),
            (
                "?merchantAccount=BorgaDemo&merchantAccount=BorgaDemo",
                (400, "702"),
            ),
        ] {
            let response = scene
                .with_key(method.clone(), &format!("{path}{query}"))
                .await;

            let expected = (expected.0, expected.1.to_owned());
            assert_eq!(error(response).await, expected, "{method} {query}");
        }
    }
    assert_eq!(kept(&scene, SHOPPER).await.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_deletes_and_a_500_does_not() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    scene
        .faults(json!({ "answer": "error_500_before_charge", "remaining": 1 }))
        .await;
    assert_eq!(forget(&scene, SHOPPER, &token).await.status(), 500);
    assert_eq!(kept(&scene, SHOPPER).await.len(), 1);

    scene
        .faults(json!({ "answer": "drop_after_charge", "remaining": 1 }))
        .await;
    let path = format!("/v71/storedPaymentMethods/{token}");
    let query = format!("?merchantAccount=BorgaDemo&shopperReference={SHOPPER}");
    let lost = scene
        .client
        .delete(scene.url(&path) + &query)
        .header("X-API-Key", API_KEY);

    assert!(lost.send().await.is_err());
    assert_eq!(kept(&scene, SHOPPER).await, Vec::<Value>::new());
}
