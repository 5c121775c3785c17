//! Charging a stored card, with the payer there and without.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::shopper::{SHOPPER, kept, off_session, on_session, token};
use crate::support::Scene;

/// Result and reason code of a charge.
async fn outcome(scene: &Scene, body: &Value) -> (String, String) {
    let (status, answer) = scene.post("/v71/payments", body).await;
    assert_eq!(status, 200, "{answer}");
    let text = |field: &str| answer[field].as_str().unwrap_or_default().to_owned();
    (text("resultCode"), text("refusalReasonCode"))
}

fn outcome_of(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}

/// References of what was charged.
async fn charges(scene: &Scene) -> Vec<Value> {
    let mut ledger = scene.ledger().await;
    let entries = ledger.as_array_mut().unwrap();
    entries
        .iter_mut()
        .map(|entry| entry["reference"].take())
        .collect()
}

/// Status and error code of a request that must be refused, and that nothing was charged.
async fn refused(scene: &Scene, body: &Value) -> (u16, String) {
    let before = charges(scene).await;
    let (status, answer) = scene.post("/v71/payments", body).await;
    assert_eq!(charges(scene).await, before);
    let code = answer["errorCode"].as_str().unwrap_or_default();
    (status, code.to_owned())
}

#[tokio::test]
async fn a_charge_off_session_carries_the_cards_facts_and_is_one_charge() {
    let mut scene = Scene::start().await;
    let token = token(&scene, "5555555555554444").await;
    scene.notification().await;

    let (_, mut answer) = scene.post("/v71/payments", &off_session(&token)).await;
    let told = scene.notification().await;

    let psp_reference = answer["pspReference"].take();
    let facts = json!({ "cardSummary": "4444", "expiryDate": "3/2030" });
    let expected = json!({
        "additionalData": facts,
        "amount": { "currency": "ISK", "value": 50_000 },
        "merchantReference": "att_2",
        "paymentMethod": { "brand": "mc", "type": "scheme" },
        "pspReference": null,
        "resultCode": "Authorised",
    });
    assert_eq!(answer, expected);
    assert_eq!(charges(&scene).await, ["att_1", "att_2"]);
    assert_eq!(
        (told.success.as_str(), json!(told.psp_reference)),
        ("true", psp_reference)
    );
    assert_eq!(told.payment_method.as_deref(), Some("mc"));
    let mut told = told.additional_data;
    told.remove("hmacSignature");
    assert_eq!(json!(told), facts);
}

#[tokio::test]
async fn each_stored_card_does_what_the_table_says() {
    let scene = Scene::start().await;
    let authorised = outcome_of("Authorised", "");
    let challenged = outcome_of("RedirectShopper", "");
    let refused = |code| outcome_of("Refused", code);
    for (number, without_payer, with_payer) in [
        ("4242424242424242", &authorised, &authorised),
        ("378282246310005", &authorised, &authorised),
        ("4000002500003155", &authorised, &challenged),
        ("4000003800000446", &authorised, &challenged),
        ("4000002760003184", &refused("38"), &challenged),
        ("4000000000000341", &refused("2"), &refused("2")),
    ] {
        let token = token(&scene, number).await;

        assert_eq!(
            &outcome(&scene, &off_session(&token)).await,
            without_payer,
            "{number}"
        );
        assert_eq!(
            &outcome(&scene, &on_session(&token)).await,
            with_payer,
            "{number}"
        );
    }
}

#[tokio::test]
async fn a_refused_charge_says_why_and_charges_nothing() {
    let mut scene = Scene::start().await;
    let token = token(&scene, "4000002760003184").await;
    scene.notification().await;

    let (_, answer) = scene.post("/v71/payments", &off_session(&token)).await;

    assert_eq!(answer["refusalReason"], "Authentication required");
    assert_eq!(answer["action"], Value::Null);
    let facts = json!({ "cardSummary": "3184", "expiryDate": "3/2030" });
    assert_eq!(answer["additionalData"], facts);
    let told = scene.notification().await;
    assert_eq!(
        (told.success.as_str(), told.reason.as_deref()),
        ("false", Some("Authentication required"))
    );
    assert_eq!(charges(&scene).await, ["att_1"]);
}

#[tokio::test]
async fn with_the_payer_there_a_challenge_decides() {
    let scene = Scene::start().await;
    let token = token(&scene, "4000003800000446").await;
    for (code, result) in [("1234", "Authorised"), ("1111", "Refused")] {
        let (_, asked) = scene.post("/v71/payments", &on_session(&token)).await;
        let page = asked["action"]["url"].as_str().unwrap();
        let page = page.strip_prefix(&scene.sandbox.origin()).unwrap();
        let redirect_result = scene.redirect_result(page, code).await;

        let (_, answer) = scene.details(&redirect_result).await;

        assert_eq!(answer["resultCode"], result);
        assert_eq!(answer["additionalData"]["expiryDate"], "3/2030");
        let operation = &answer["additionalData"]["tokenization.store.operationType"];
        assert_eq!(operation, &Value::Null);
    }
    assert_eq!(charges(&scene).await, ["att_1", "att_2"]);
}

#[tokio::test]
async fn the_merchant_may_charge_by_every_model() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    for model in ["CardOnFile", "Subscription", "UnscheduledCardOnFile"] {
        let mut body = off_session(&token);
        body["recurringProcessingModel"] = model.into();

        assert_eq!(outcome(&scene, &body).await.0, "Authorised", "{model}");
    }
}

#[tokio::test]
async fn a_token_pays_for_its_own_shopper_only() {
    let scene = Scene::start().await;
    let theirs = token(&scene, "4242424242424242").await;
    let mut body = off_session(&theirs);
    body["shopperReference"] = "cus_without_cards".into();
    assert_eq!(refused(&scene, &body).await, (422, "800".to_owned()));

    let card = test_card::card("5555555555554444");
    let mut storing = crate::shopper::storing_body(&scene, &card).await;
    storing["shopperReference"] = "cus_2".into();
    crate::shopper::store_with(&scene, &storing).await;
    body["shopperReference"] = "cus_2".into();

    assert_eq!(refused(&scene, &body).await, (422, "803".to_owned()));
    let unknown = off_session("NOSUCHTOKEN12345");
    assert_eq!(refused(&scene, &unknown).await, (422, "803".to_owned()));
}

#[tokio::test]
async fn fields_that_do_not_belong_together_are_refused() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    let (off, on) = (off_session(&token), on_session(&token));
    for (body, field, value, code) in [
        (&off, "shopperReference", Value::Null, "121"),
        (&off, "shopperReference", json!("cu"), "180"),
        (&off, "recurringProcessingModel", Value::Null, "158"),
        (&off, "recurringProcessingModel", json!("Monthly"), "192"),
        (&off, "shopperInteraction", json!("Moto"), "807"),
        (&off, "shopperInteraction", json!("Later"), "192"),
        // Nothing said is `Ecommerce`.
        (&off, "shopperInteraction", Value::Null, "807"),
        (
            &on,
            "recurringProcessingModel",
            json!("Subscription"),
            "807",
        ),
    ] {
        let mut body = body.clone();
        body[field] = value;

        assert_eq!(
            refused(&scene, &body).await,
            (422, code.to_owned()),
            "{field}"
        );
    }
}

#[tokio::test]
async fn the_rules_of_typed_cards_hold_for_stored_ones() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    for (field, value, expected) in [
        ("merchantAccount", json!("Another"), (403, "901")),
        ("amount", Value::Null, (422, "100")),
        ("reference", json!(""), (422, "130")),
        ("returnUrl", Value::Null, (422, "14_030")),
    ] {
        let mut body = off_session(&token);
        body[field] = value;

        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(refused(&scene, &body).await, expected, "{field}");
    }
}

#[tokio::test]
async fn a_payment_names_a_typed_card_or_a_stored_one_and_not_both() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    let card = test_card::card("4242424242424242");
    let mut both = scene.payment_body("att_2", &card).await;
    both["paymentMethod"]["storedPaymentMethodId"] = token.as_str().into();
    both["shopperReference"] = SHOPPER.into();
    let mut neither = off_session(&token);
    neither["paymentMethod"] = json!({ "type": "scheme" });

    for body in [both, neither] {
        assert_eq!(refused(&scene, &body).await, (422, "14_004".to_owned()));
    }
}

#[tokio::test]
async fn a_charge_under_a_key_is_one_charge() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    let request = scene
        .request("/v71/payments", &off_session(&token))
        .header("Idempotency-Key", "att_2");
    let again = request.try_clone().unwrap();

    let first = request.send().await.unwrap().bytes().await.unwrap();
    let again = again.send().await.unwrap().bytes().await.unwrap();

    assert_eq!(first, again);
    assert_eq!(charges(&scene).await, ["att_1", "att_2"]);
    assert_eq!(kept(&scene, SHOPPER).await.len(), 1);
}

/// A charge on session with the code that the payer typed anew.
async fn with_code(scene: &Scene, token: &str, code: &str) -> Value {
    let mut body = on_session(token);
    let code = test_card::encrypt(&scene.jwk().await, "ps_1", &test_card::code(code));
    body["paymentMethod"]["encryptedSecurityCode"] = code.into();
    body
}

#[tokio::test]
async fn a_code_that_is_typed_anew_is_checked() {
    let scene = Scene::start().await;
    for (number, right, wrong) in [
        ("4242424242424242", "123", ["999", "1234"]),
        ("378282246310005", "1234", ["9999", "123"]),
    ] {
        let token = token(&scene, number).await;
        let paid = with_code(&scene, &token, right).await;
        assert_eq!(outcome(&scene, &paid).await, outcome_of("Authorised", ""));
        for code in wrong {
            let body = with_code(&scene, &token, code).await;
            let refused = outcome_of("Refused", "24");
            assert_eq!(outcome(&scene, &body).await, refused, "{code}");
        }
    }
    assert_eq!(charges(&scene).await.len(), 4);
}

#[tokio::test]
async fn a_code_that_cannot_be_opened_is_no_code() {
    let scene = Scene::start().await;
    let token = token(&scene, "4242424242424242").await;
    let mut body = with_code(&scene, &token, "123").await;
    body["paymentMethod"]["encryptedSecurityCode"] = "a.b.c.d.e".into();
    assert_eq!(refused(&scene, &body).await.0, 422);
    let card = test_card::card("4242424242424242");
    let card = test_card::encrypt(&scene.jwk().await, "ps_1", &card);
    body["paymentMethod"]["encryptedSecurityCode"] = card.into();
    assert_eq!(refused(&scene, &body).await.0, 422, "a whole card");
}

#[tokio::test]
async fn a_code_beside_a_typed_card_belongs_to_nothing() {
    let scene = Scene::start().await;
    let card = test_card::card("4242424242424242");
    let mut body = scene.payment_body("att_1", &card).await;
    body["paymentMethod"]["encryptedSecurityCode"] = "a.b.c.d.e".into();
    assert_eq!(refused(&scene, &body).await.0, 422);
}
