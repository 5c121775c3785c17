//! What each card does with a refund, and what the ledger says of it.

use sandbox::wire::NotificationItem;
use sandbox::{RefundStatus, SettleRefundError};
use serde_json::{Value, json};

use crate::shopper::{off_session, token};
use crate::support::Scene;

const PROMPT: &str = "4242424242424242";
const PENDING: &str = "4000000000007726";
const FAILS_AFTERWARDS: &str = "4000000000005126";

/// Status, `refunded` and refunds of the first charge.
async fn in_ledger(scene: &Scene) -> Value {
    let entry = &scene.ledger().await[0];
    json!([entry["status"], entry["refunded"], entry["refunds"]])
}

fn refund(krónur: i64, status: &str) -> Value {
    json!({ "reference": "ref_1", "amount": krónur, "status": status })
}

async fn settle(scene: &Scene, reference: &str, body: &Value) -> (u16, Value) {
    let url = scene.url(&format!("/ledger/refunds/{reference}/settle"));
    let response = scene.client.post(url).json(body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

fn told(item: &NotificationItem) -> (&str, &str, Option<&str>) {
    (&item.event_code, &item.success, item.reason.as_deref())
}

#[tokio::test]
async fn a_refund_of_an_ordinary_card_has_succeeded() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PROMPT).await;

    scene.refund(&payment, 990).await;
    scene.refund(&payment, 1000).await;

    assert_eq!(told(&scene.notification().await), ("REFUND", "true", None));
    let refunds = [refund(990, "succeeded"), refund(1000, "succeeded")];
    assert_eq!(in_ledger(&scene).await, json!(["refunded", 1990, refunds]));
}

#[tokio::test]
async fn a_refund_above_what_is_left_is_told_and_noted_as_failed() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PROMPT).await;
    scene.refund(&payment, 1000).await;
    scene.notification().await;

    let (status, answer) = scene.refund(&payment, 991).await;

    assert_eq!((status, &answer["status"]), (201, &json!("received")));
    let reason = Some("Insufficient balance on payment");
    assert_eq!(
        told(&scene.notification().await),
        ("REFUND", "false", reason)
    );
    let refunds = [refund(1000, "succeeded"), refund(991, "failed")];
    assert_eq!(
        in_ledger(&scene).await,
        json!(["partially_refunded", 1000, refunds])
    );
}

#[tokio::test]
async fn a_refund_without_a_reference_is_told_under_the_payments() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PROMPT).await;
    let body = json!({
        "merchantAccount": "BorgaDemo", "amount": { "currency": "ISK", "value": 100 },
    });

    let path = format!("/v71/payments/{payment}/refunds");
    let (_, answer) = scene.post(&path, &body).await;

    assert_eq!(answer["reference"], Value::Null);
    assert_eq!(scene.notification().await.merchant_reference, "att_1");
    assert_eq!(scene.ledger().await[0]["refunds"][0]["reference"], "att_1");
}

#[tokio::test]
async fn a_refund_that_fails_afterwards_leaves_the_money_with_the_merchant() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(FAILS_AFTERWARDS).await;

    let (status, answer) = scene.refund(&payment, 1990).await;
    let (first, second) = (scene.notification().await, scene.notification().await);

    assert_eq!((status, &answer["status"]), (201, &json!("received")));
    assert_eq!(told(&first), ("REFUND", "true", None));
    assert_eq!(
        told(&second),
        ("REFUND_FAILED", "true", Some("Refund Failed"))
    );
    for item in [first, second] {
        assert_eq!(answer["pspReference"], item.psp_reference.as_str());
        assert_eq!(item.merchant_reference, "ref_1");
        assert_eq!(item.original_reference.as_deref(), Some(payment.as_str()));
        assert_eq!(
            json!(item.amount),
            json!({ "currency": "ISK", "value": 199_000 })
        );
    }
    let refunds = [refund(1990, "failed")];
    assert_eq!(in_ledger(&scene).await, json!(["charged", 0, refunds]));
}

#[tokio::test]
async fn above_what_is_left_such_a_refund_fails_at_once() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(FAILS_AFTERWARDS).await;

    scene.refund(&payment, 1991).await;
    scene.reverse(&payment).await;

    let (first, second) = (scene.notification().await, scene.notification().await);
    assert_eq!(
        (told(&first).0, told(&first).1, told(&second).0),
        ("REFUND", "false", "CANCEL_OR_REFUND")
    );
}

#[tokio::test]
async fn a_pending_refund_is_told_when_it_has_succeeded_and_not_before() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PENDING).await;
    let (status, answer) = scene.refund(&payment, 990).await;
    assert_eq!((status, &answer["status"]), (201, &json!("received")));
    let refunds = [refund(990, "pending")];
    assert_eq!(in_ledger(&scene).await, json!(["charged", 0, refunds]));

    let settled = settle(&scene, "ref_1", &json!({ "success": true })).await;
    scene.reverse(&payment).await;

    assert_eq!(settled, (200, refund(990, "succeeded")));
    // Those of one payment arrive in order, so nothing was told before.
    let item = scene.notification().await;
    assert_eq!(told(&item), ("REFUND", "true", None));
    assert_eq!(answer["pspReference"], item.psp_reference.as_str());
    assert_eq!(item.original_reference.as_deref(), Some(payment.as_str()));
    assert_eq!(item.merchant_reference, "ref_1");
    assert_eq!(
        json!(item.amount),
        json!({ "currency": "ISK", "value": 99_000 })
    );
    assert_eq!(scene.notification().await.event_code, "CANCEL_OR_REFUND");
}

#[tokio::test]
async fn a_pending_refund_may_fail_and_then_be_asked_for_again() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PENDING).await;
    scene.refund(&payment, 1990).await;

    let settled = settle(&scene, "ref_1", &json!({ "success": false })).await;

    assert_eq!(settled, (200, refund(1990, "failed")));
    let reason = Some("Refund refused by the issuer");
    assert_eq!(
        told(&scene.notification().await),
        ("REFUND", "false", reason)
    );
    scene.refund(&payment, 1990).await;
    let refunds = [refund(1990, "failed"), refund(1990, "pending")];
    assert_eq!(in_ledger(&scene).await, json!(["charged", 0, refunds]));
}

#[tokio::test]
async fn what_is_pending_cannot_be_given_back_a_second_time() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PENDING).await;
    scene.refund(&payment, 1000).await;

    scene.refund(&payment, 991).await;
    scene.reverse(&payment).await;

    let reason = Some("Insufficient balance on payment");
    assert_eq!(
        told(&scene.notification().await),
        ("REFUND", "false", reason)
    );
    let reason = Some("A refund of the payment is pending");
    assert_eq!(
        told(&scene.notification().await),
        ("CANCEL_OR_REFUND", "false", reason)
    );
    let refunds = [refund(1000, "pending"), refund(991, "failed")];
    assert_eq!(in_ledger(&scene).await, json!(["charged", 0, refunds]));
}

#[tokio::test]
async fn of_several_with_one_reference_the_oldest_pending_one_is_settled() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PENDING).await;
    scene.refund(&payment, 100).await;
    scene.refund(&payment, 200).await;

    let success = json!({ "success": true });
    let first = settle(&scene, "ref_1", &success).await;
    let second = settle(&scene, "ref_1", &success).await;

    assert_eq!(first, (200, refund(100, "succeeded")));
    assert_eq!(second, (200, refund(200, "succeeded")));
}

#[tokio::test]
async fn a_test_in_the_same_process_settles_by_either_reference() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PENDING).await;
    let (_, answer) = scene.refund(&payment, 1990).await;
    let app = scene.sandbox.app();

    let settled = app.settle_refund(answer["pspReference"].as_str().unwrap(), true);
    let again = app.settle_refund("ref_1", true);

    let settled = settled.unwrap();
    assert_eq!(settled.status, RefundStatus::Succeeded);
    assert_eq!(app.ledger()[0].refunds, [settled]);
    assert_eq!(again, Err(SettleRefundError::NotPending));
    assert_eq!(told(&scene.notification().await), ("REFUND", "true", None));
}

#[tokio::test]
async fn only_a_pending_refund_can_be_settled() {
    let mut scene = Scene::start().await;
    let payment = scene.charged(PROMPT).await;
    scene.refund(&payment, 1990).await;

    for (reference, body, status) in [
        ("ref_1", json!({ "success": true }), 409),
        ("ref_2", json!({ "success": true }), 404),
        ("ref_1", json!({}), 400),
        ("ref_1", json!({ "success": "yes" }), 400),
    ] {
        let (got, answer) = settle(&scene, reference, &body).await;

        assert_eq!(got, status, "{reference} {body}");
        assert!(answer["error"].is_string(), "{answer}");
    }
    let refunds = [refund(1990, "succeeded")];
    assert_eq!(in_ledger(&scene).await, json!(["refunded", 1990, refunds]));
}

#[tokio::test]
async fn a_stored_card_takes_refunds_as_the_typed_one_does() {
    let scene = Scene::start().await;
    let token = token(&scene, PENDING).await;
    let (_, paid) = scene.post("/v71/payments", &off_session(&token)).await;

    scene
        .refund(paid["pspReference"].as_str().unwrap(), 500)
        .await;

    assert_eq!(
        scene.ledger().await[1]["refunds"],
        json!([refund(500, "pending")])
    );
}
