//! A challenged payment from the redirect to its outcome.

use serde_json::{Value, json};

use crate::support::{RETURN_URL, Scene, location, redirect_result};

const CHALLENGED: &str = "4000002500003155";

/// The outcome of a challenge answered with `code`.
async fn outcome(scene: &Scene, number: &str, code: &str) -> Value {
    let page = scene.challenge(number).await;
    let redirect_result = scene.redirect_result(&page, code).await;
    let (status, answer) = scene.details(&redirect_result).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn the_redirect_leads_to_the_bank_and_charges_nothing() {
    let scene = Scene::start().await;

    let answer = scene.pay(CHALLENGED).await;

    assert_eq!(answer["resultCode"], "RedirectShopper");
    let action = &answer["action"];
    let fixed = (
        &action["type"],
        &action["method"],
        &action["paymentMethodType"],
    );
    assert_eq!(fixed, (&json!("redirect"), &json!("GET"), &json!("scheme")));
    assert!(
        action["url"]
            .as_str()
            .unwrap()
            .starts_with(&scene.url("/acs/"))
    );
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn a_passed_challenge_alone_charges_nothing() {
    let mut scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;

    let back = location(&scene.press(&page, "confirm", "1234").await);

    assert!(
        back.starts_with(&format!("{RETURN_URL}&redirectResult=")),
        "{back}"
    );
    assert_eq!(scene.ledger().await, json!([]));
    assert_eq!(scene.notifications_left(), 0);
}

#[tokio::test]
async fn a_passed_challenge_is_charged_when_its_details_arrive() {
    let scene = Scene::start().await;
    for number in [CHALLENGED, "4000000000003220"] {
        let answer = outcome(&scene, number, "1234").await;

        assert_eq!(answer["resultCode"], "Authorised", "{answer}");
    }
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn each_failing_code_has_its_own_outcome_and_no_charge() {
    let scene = Scene::start().await;
    for (code, reason, trans_status) in [
        ("1111", "11", "N"),
        ("2222", "11", "R"),
        ("3333", "42", "U"),
    ] {
        let answer = outcome(&scene, CHALLENGED, code).await;

        assert_eq!(answer["resultCode"], "Refused", "{code}");
        assert_eq!(answer["refusalReasonCode"], reason, "{code}");
        assert_eq!(
            answer["additionalData"]["threeds2.transStatus"], trans_status,
            "{code}"
        );
        assert_eq!(
            answer["threeDS2Result"]["transStatus"], trans_status,
            "{code}"
        );
    }
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn a_cancelled_challenge_is_a_cancelled_payment() {
    let scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    let result = redirect_result(&scene.press(&page, "cancel", "").await);

    let (_, answer) = scene.details(&result).await;

    let outcome = (&answer["resultCode"], &answer["refusalReasonCode"]);
    assert_eq!(outcome, (&json!("Cancelled"), &json!("16")));
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn the_issuer_may_still_refuse_after_a_passed_challenge() {
    let scene = Scene::start().await;
    for (number, reason) in [("4000008400001629", "2"), ("4000008260003178", "12")] {
        let answer = outcome(&scene, number, "1234").await;

        assert_eq!(answer["refusalReasonCode"], reason, "{number}");
    }
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn the_same_details_twice_are_one_charge_and_one_answer() {
    let mut scene = Scene::start().await;
    let page = scene.challenge(CHALLENGED).await;
    let redirect_result = scene.redirect_result(&page, "1234").await;

    let first = scene.details(&redirect_result).await;
    let second = scene.details(&redirect_result).await;

    assert_eq!(first, second);
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 1);
    scene.notification().await;
    assert_eq!(scene.notifications_left(), 0);
}

#[tokio::test]
async fn details_of_a_challenge_keep_the_payments_reference_and_amount() {
    let scene = Scene::start().await;

    let answer = outcome(&scene, CHALLENGED, "1234").await;

    assert_eq!(answer["merchantReference"], "att_1");
    assert_eq!(
        answer["amount"],
        json!({ "currency": "ISK", "value": 199_000 })
    );
}

#[tokio::test]
async fn details_that_nobody_gave_out_are_refused() {
    let scene = Scene::start().await;
    for body in [
        json!({ "details": { "redirectResult": "made-up" } }),
        json!({ "details": {} }),
        json!({}),
    ] {
        let (status, answer) = scene.post("/v71/payments/details", &body).await;

        assert_eq!(
            (status, &answer["errorType"]),
            (422, &json!("validation")),
            "{body}"
        );
    }
}
