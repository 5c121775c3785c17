//! A shopper who lets a card be kept, and the charges that come of it.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::{RETURN_URL, Scene};

pub const SHOPPER: &str = "cus_1";

/// The body of a payment that keeps `card` for [`SHOPPER`].
pub async fn storing_body(scene: &Scene, card: &Value) -> Value {
    let mut body = scene.payment_body("att_1", card).await;
    body["storePaymentMethod"] = true.into();
    body["shopperReference"] = SHOPPER.into();
    body["recurringProcessingModel"] = "CardOnFile".into();
    body["shopperInteraction"] = "Ecommerce".into();
    body
}

/// Pays and keeps the card, passing the challenge if there is one; the final answer.
pub async fn store_with(scene: &Scene, body: &Value) -> Value {
    let (status, answer) = scene.post("/v71/payments", body).await;
    assert_eq!(status, 200, "{answer}");
    let Some(page) = answer["action"]["url"].as_str() else {
        return answer;
    };
    let page = page.strip_prefix(&scene.sandbox.origin()).unwrap();
    let redirect_result = scene.redirect_result(page, "1234").await;
    scene.details(&redirect_result).await.1
}

/// The token of a card that [`SHOPPER`] let be kept.
pub async fn token(scene: &Scene, number: &str) -> String {
    let body = storing_body(scene, &test_card::card(number)).await;
    token_in(&store_with(scene, &body).await)
}

pub fn token_in(answer: &Value) -> String {
    let id = &answer["additionalData"]["tokenization.storedPaymentMethodId"];
    id.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// The body of a charge of 500 krónur that the merchant makes alone.
pub fn off_session(token: &str) -> Value {
    json!({
        "amount": { "currency": "ISK", "value": 50_000 },
        "merchantAccount": "BorgaDemo",
        "reference": "att_2",
        "returnUrl": RETURN_URL,
        "paymentMethod": { "type": "scheme", "storedPaymentMethodId": token },
        "shopperReference": SHOPPER,
        "shopperInteraction": "ContAuth",
        "recurringProcessingModel": "Subscription",
    })
}

/// The same with the payer there.
pub fn on_session(token: &str) -> Value {
    let mut body = off_session(token);
    body["shopperInteraction"] = "Ecommerce".into();
    body["recurringProcessingModel"] = "CardOnFile".into();
    body
}

/// The cards that are kept for `shopper`.
pub async fn kept(scene: &Scene, shopper: &str) -> Vec<Value> {
    let path =
        format!("/v71/storedPaymentMethods?merchantAccount=BorgaDemo&shopperReference={shopper}");
    let response = scene.with_key(reqwest::Method::GET, &path).await;
    assert_eq!(response.status(), 200);
    let mut list: Value = response.json().await.unwrap();
    match list["storedPaymentMethods"].take() {
        Value::Array(kept) => kept,
        other => panic!("{other}"),
    }
}

/// Deletes a token of `shopper`.
pub async fn forget(scene: &Scene, shopper: &str, token: &str) -> reqwest::Response {
    let query = format!("merchantAccount=BorgaDemo&shopperReference={shopper}");
    let path = format!("/v71/storedPaymentMethods/{token}?{query}");
    scene.with_key(reqwest::Method::DELETE, &path).await
}
