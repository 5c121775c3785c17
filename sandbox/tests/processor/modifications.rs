//! Reversals and refunds.

use serde_json::{Value, json};

use crate::support::Scene;

async fn status_in_ledger(scene: &Scene) -> Value {
    scene.ledger().await[0]["status"].take()
}

#[tokio::test]
async fn a_refund_is_received_and_its_outcome_told_later() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;

    let (status, answer) = scene.refund(&payment, 1990).await;
    let told = scene.notification().await;

    assert_eq!(status, 201);
    let expected = json!({
        "amount": { "currency": "ISK", "value": 199_000 },
        "merchantAccount": "BorgaDemo",
        "paymentPspReference": payment,
        "pspReference": told.psp_reference,
        "reference": "ref_1",
        "status": "received",
    });
    assert_eq!(answer, expected);
    assert_eq!(told.event_code, "REFUND");
    assert_eq!(told.original_reference.as_deref(), Some(payment.as_str()));
    assert_eq!(told.merchant_reference, "ref_1");
    assert_eq!(status_in_ledger(&scene).await, "refunded");
}

#[tokio::test]
async fn a_part_given_back_leaves_the_charge_partially_refunded() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;

    scene.refund(&payment, 990).await;

    assert_eq!(status_in_ledger(&scene).await, "partially_refunded");
}

#[tokio::test]
async fn more_than_was_paid_is_received_and_told_as_failed() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;

    let (status, _) = scene.refund(&payment, 1991).await;
    let told = scene.notification().await;

    assert_eq!((status, told.success.as_str()), (201, "false"));
    assert_eq!(status_in_ledger(&scene).await, "charged");
}

#[tokio::test]
async fn a_reversal_undoes_the_charge() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;

    let (status, answer) = scene.reverse(&payment).await;
    let told = scene.notification().await;

    assert_eq!((status, &answer["status"]), (201, &json!("received")));
    assert_eq!(
        (told.event_code.as_str(), told.success.as_str()),
        ("CANCEL_OR_REFUND", "true")
    );
    assert_eq!(
        json!(told.amount),
        json!({ "currency": "ISK", "value": 199_000 })
    );
    assert_eq!(status_in_ledger(&scene).await, "reversed");
}

#[tokio::test]
async fn a_second_reversal_is_told_as_failed() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;
    scene.reverse(&payment).await;
    scene.notification().await;

    scene.reverse(&payment).await;

    assert_eq!(scene.notification().await.success, "false");
}

#[tokio::test]
async fn a_payment_that_was_never_charged_cannot_be_changed() {
    let scene = Scene::start().await;

    let (status, answer) = scene.reverse("NOSUCHPAYMENT123").await;

    assert_eq!((status, &answer["errorCode"]), (422, &json!("167")));
}

#[tokio::test]
async fn another_merchant_account_may_not_refund() {
    let mut scene = Scene::start().await;
    let payment = scene.charged("4242424242424242").await;
    let body = json!({
        "merchantAccount": "Another", "amount": { "currency": "ISK", "value": 100 },
    });

    let (status, _) = scene
        .post(&format!("/v71/payments/{payment}/refunds"), &body)
        .await;

    assert_eq!(
        (status, status_in_ledger(&scene).await),
        (403, json!("charged"))
    );
}
