//! Cards around whose payments something goes wrong.

use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::Scene;

async fn keyed(scene: &Scene, number: &str) -> reqwest::RequestBuilder {
    let body = scene.payment_body("att_1", &test_card::card(number)).await;
    let request = scene.request("/v71/payments", &body);
    request.header("Idempotency-Key", "att_1")
}

async fn charges(scene: &Scene) -> usize {
    scene.ledger().await.as_array().unwrap().len()
}

#[tokio::test]
async fn a_lost_answer_stays_lost_and_the_notification_comes_late() {
    let mut scene = Scene::start().await;
    for _ in 0..2 {
        let lost = keyed(&scene, "4000003520001104").await.send().await;
        assert!(lost.is_err(), "{lost:?}");
    }
    assert_eq!(scene.notification().await.success, "true");
    assert_eq!(charges(&scene).await, 1);
}

#[tokio::test]
async fn a_lost_request_takes_nothing_and_tells_nothing() {
    let mut scene = Scene::start().await;
    for _ in 0..2 {
        let lost = keyed(&scene, "4000003520001203").await.send().await;
        assert!(lost.is_err(), "{lost:?}");
    }
    assert_eq!(charges(&scene).await, 0);
    assert_eq!(scene.notifications_left(), 0);
}

#[tokio::test]
async fn trouble_is_over_when_the_same_is_sent_again() {
    let scene = Scene::start().await;
    let first = keyed(&scene, "4000003520001302")
        .await
        .send()
        .await
        .unwrap();
    assert_eq!(first.status(), 500);
    let again = keyed(&scene, "4000003520001302")
        .await
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 200);
    assert_eq!(charges(&scene).await, 1);
}

#[tokio::test]
async fn what_settles_later_is_told_later() {
    let mut scene = Scene::start().await;
    let answer = scene.pay("4000003520001401").await;
    assert_eq!(answer["resultCode"], "Received");
    assert_eq!(scene.notification().await.success, "true");
}

#[tokio::test]
async fn half_of_the_money_is_half_of_the_charge() {
    let scene = Scene::start().await;
    let answer = scene.pay("4000003520002300").await;
    assert_eq!(answer["amount"]["value"], 99_500);
    assert_eq!(scene.ledger().await[0]["amount"], 995);
}

#[tokio::test]
async fn cards_tell_their_notifications_their_way() {
    for (number, codes) in [
        (
            "4000003520001609",
            vec!["AUTHORISATION", "AUTHORISATION", "AUTHORISATION"],
        ),
        ("4000003520001708", vec!["CAPTURE", "AUTHORISATION"]),
        ("4000003520001500", vec!["AUTHORISATION", "CAPTURE_FAILED"]),
        ("4000000000000259", vec!["AUTHORISATION", "CHARGEBACK"]),
        (
            "4000000000001976",
            vec!["AUTHORISATION", "REQUEST_FOR_INFORMATION"],
        ),
        (
            "4000000000005423",
            vec!["AUTHORISATION", "NOTIFICATION_OF_FRAUD"],
        ),
    ] {
        let mut scene = Scene::start().await;
        scene.pay(number).await;
        for code in codes {
            assert_eq!(scene.notification().await.event_code, code, "{number}");
        }
    }
}

#[tokio::test]
async fn a_badly_signed_notification_is_sent_again_well_signed() {
    let mut scene = Scene::whose_receiver_answers(&[401]).await;
    scene.pay("4000003520002607").await;
    let bad = scene.notification().await;
    let good = scene.notification().await;
    assert_ne!(
        bad.additional_data["hmacSignature"],
        good.additional_data["hmacSignature"]
    );
    assert_eq!(scene.notifications_left(), 0);
}

#[tokio::test]
async fn the_table_of_faults_stands_beside_the_settings() {
    let scene = Scene::start().await;
    let shown: Value = scene.get("/faults").await.json().await.unwrap();
    assert_eq!(shown["bank"], "none");
    let named = |row: &Value| row["field"] == "bank" && row["name"] == "posts_twice";
    assert!(shown["table"].as_array().unwrap().iter().any(named));
    scene.faults(json!({"bank": "error_500"})).await;
    let page = scene.challenge("4000002500003155").await;
    assert_eq!(scene.get(&page).await.status(), 500);
    let mended = scene.get(&format!("{page}?fault=none")).await;
    assert_eq!(mended.status(), 200);
}
