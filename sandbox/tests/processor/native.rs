//! A native authentication: the look at the browser, the meeting with the payer, the outcome.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::Response;
use sandbox::test_card;
use serde_json::{Value, json};

use crate::support::Scene;

const BACK: &str = "http://checkout.example/3ds/1/return";
const METHOD_BACK: &str = "http://checkout.example/3ds/1/method";

async fn pay(scene: &Scene, number: &str, more: &Value) -> (u16, Value) {
    let mut body = scene.payment_body("att_1", &test_card::card(number)).await;
    body["browserInfo"] = json!({
        "acceptHeader": "*/*", "userAgent": "test", "language": "is", "colorDepth": 24,
        "screenWidth": 1280, "screenHeight": 800, "timeZoneOffset": 0, "javaEnabled": false,
    });
    body["authenticationData"] = json!({"threeDSRequestData": {"nativeThreeDS": "preferred"}});
    body["threeDS2RequestData"] = json!({"notificationURL": BACK});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    scene.post("/v71/payments", &body).await
}

async fn native(scene: &Scene, number: &str) -> Value {
    let (status, answer) = pay(scene, number, &json!({})).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

fn token(answer: &Value) -> Value {
    let token = answer["action"]["token"].as_str().unwrap();
    serde_json::from_slice(&STANDARD.decode(token).unwrap()).unwrap()
}

async fn details(scene: &Scene, body: &Value) -> (u16, Value) {
    scene.post("/v71/payments/details", body).await
}

fn fingerprint(answer: &Value, completion: &str) -> Value {
    let told = STANDARD.encode(json!({"threeDSCompInd": completion}).to_string());
    json!({"details": {"threeds2.fingerprint": told}, "paymentData": answer["action"]["paymentData"]})
}

fn result(answer: &Value, status: &str) -> Value {
    let told = json!({"transStatus": status, "authorisationToken": answer["action"]["authorisationToken"]});
    json!({"details": {"threeDSResult": STANDARD.encode(told.to_string())}})
}

async fn post(scene: &Scene, url: &str, name: &str, message: &Value) -> Response {
    let packed = URL_SAFE_NO_PAD.encode(message.to_string());
    let request = scene.client.post(url).form(&[(name, packed)]);
    request.send().await.unwrap()
}

fn creq(answer: &Value) -> Value {
    let token = token(answer);
    json!({
        "threeDSServerTransID": token["threeDSServerTransID"], "acsTransID": token["acsTransID"],
        "messageVersion": token["messageVersion"], "messageType": "CReq", "challengeWindowSize": "05",
    })
}

/// The payer's way through the bank; the form that the bank's last page posts.
async fn through_the_bank(scene: &Scene, answer: &Value, code: &str) -> String {
    let url = token(answer)["acsURL"].as_str().unwrap().to_owned();
    let page = post(scene, &url, "creq", &creq(answer)).await;
    assert_eq!(page.status(), 303);
    let page = page.headers()["location"].to_str().unwrap().to_owned();
    let form = [("action", "confirm"), ("code", code)];
    let request = scene.client.post(scene.url(&page)).form(&form);
    request.send().await.unwrap().text().await.unwrap()
}

fn cres(page: &str) -> Value {
    let (_, rest) = page.split_once("name=\"cres\" value=\"").unwrap();
    let (value, _) = rest.split_once('"').unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).unwrap()).unwrap()
}

#[tokio::test]
async fn a_look_and_a_meeting_lead_to_one_charge() {
    let scene = Scene::start().await;
    let looked = native(&scene, "4000003520000809").await;
    assert_eq!(looked["resultCode"], "IdentifyShopper");
    let method = token(&looked);

    let data = json!({"threeDSServerTransID": method["threeDSServerTransID"],
                      "threeDSMethodNotificationURL": METHOD_BACK});
    let page = post(
        &scene,
        method["threeDSMethodUrl"].as_str().unwrap(),
        "threeDSMethodData",
        &data,
    )
    .await;
    let page = page.text().await.unwrap();
    assert!(
        page.contains(METHOD_BACK) && page.contains("submit()"),
        "{page}"
    );

    let (_, met) = details(&scene, &fingerprint(&looked, "Y")).await;
    assert_eq!(met["resultCode"], "ChallengeShopper", "{met}");
    let page = through_the_bank(&scene, &met, "1234").await;
    assert!(page.contains(BACK), "{page}");
    assert_eq!(cres(&page)["transStatus"], "Y");
    assert_eq!(scene.ledger().await, json!([]));

    let (_, answer) = details(&scene, &result(&met, "Y")).await;
    assert_eq!(answer["resultCode"], "Authorised", "{answer}");
    assert_eq!(answer["additionalData"]["eci"], "05");
    assert_eq!(answer["additionalData"]["liabilityShift"], "true");
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_the_merchant_says_of_the_meeting_counts_for_nothing() {
    let scene = Scene::start().await;
    for (code, reason) in [
        (Some("1111"), "11"),
        (Some("2222"), "11"),
        (Some("3333"), "42"),
        (None, "42"),
    ] {
        let answer = native(&scene, "4000003520000700").await;
        assert_eq!(answer["resultCode"], "ChallengeShopper");
        let met = native(&scene, "4000003520000809").await;
        let (_, met) = details(&scene, &fingerprint(&met, "N")).await;
        if let Some(code) = code {
            through_the_bank(&scene, &met, code).await;
        }
        let (_, answer) = details(&scene, &result(&met, "Y")).await;
        assert_eq!(answer["refusalReasonCode"], reason, "{code:?} {answer}");
    }
    assert_eq!(scene.ledger().await, json!([]));
}

#[tokio::test]
async fn without_the_payer_the_look_decides() {
    let scene = Scene::start().await;
    for (number, has_page, code, status) in [
        ("4000003520000106", true, "Authorised", "Y"),
        ("4000003520000205", false, "Authorised", "A"),
        ("4000003520000502", true, "Refused", "U"),
    ] {
        let looked = native(&scene, number).await;
        assert_eq!(token(&looked).get("threeDSMethodUrl").is_some(), has_page);
        let body = fingerprint(&looked, if has_page { "Y" } else { "U" });
        let (_, answer) = details(&scene, &body).await;
        assert_eq!(answer["resultCode"], code, "{number}");
        assert_eq!(answer["threeDS2Result"]["transStatus"], status);
        assert_eq!(details(&scene, &body).await.1, answer, "twice is once");
    }
    assert_eq!(scene.ledger().await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_soft_decline_is_over_with_an_authentication() {
    let scene = Scene::start().await;
    let refused = native(&scene, "4000003520000908").await;
    assert_eq!(refused["refusalReasonCode"], "38");
    let always = json!({"authenticationData": {
        "attemptAuthentication": "always", "threeDSRequestData": {"nativeThreeDS": "preferred"}}});
    let (_, asked) = pay(&scene, "4000003520000908", &always).await;
    assert_eq!(asked["resultCode"], "ChallengeShopper");
}

#[tokio::test]
async fn a_challenge_request_of_another_challenge_is_refused() {
    let scene = Scene::start().await;
    let (ours, other) = (
        native(&scene, "4000003520000700").await,
        native(&scene, "4000003520000700").await,
    );
    let url = token(&ours)["acsURL"].as_str().unwrap().to_owned();
    let mut small = creq(&ours);
    small["challengeWindowSize"] = json!("06");
    for message in [creq(&other), small, json!({})] {
        assert_eq!(
            post(&scene, &url, "creq", &message).await.status(),
            400,
            "{message}"
        );
    }
}

#[tokio::test]
async fn browser_data_outside_the_standard_are_refused() {
    let scene = Scene::start().await;
    for (name, value) in [
        ("colorDepth", json!(30)),
        ("language", json!("zh-Hant-TW")),
        ("screenWidth", json!(0)),
        ("timeZoneOffset", json!(900)),
        ("acceptHeader", json!("")),
    ] {
        let mut browser = json!({
            "acceptHeader": "*/*", "userAgent": "test", "language": "is", "colorDepth": 24,
            "screenWidth": 1280, "screenHeight": 800, "timeZoneOffset": 0, "javaEnabled": false,
        });
        browser[name] = value;
        let (status, answer) =
            pay(&scene, "4242424242424242", &json!({"browserInfo": browser})).await;
        assert_eq!(status, 422, "{name} {answer}");
    }
}

#[tokio::test]
async fn the_banks_faults_change_what_it_brings_back() {
    let scene = Scene::start().await;
    for (fault, brings) in [
        ("posts_garbage", "{garbage"),
        ("posts_another_session", "name=\"cres\""),
        ("posts_twice", "fetch("),
        ("return_lost", "–"),
    ] {
        let met = native(&scene, "4000003520000809").await;
        let (_, met) = details(&scene, &fingerprint(&met, "Y")).await;
        scene.faults(json!({ "bank": fault })).await;
        let page = through_the_bank(&scene, &met, "1234").await;
        scene.clear_faults().await;
        assert!(page.contains(brings), "{fault} {page}");
        if fault == "posts_another_session" {
            assert_ne!(cres(&page)["acsTransID"], token(&met)["acsTransID"]);
        }
        if fault == "return_lost" {
            assert!(!page.contains(BACK));
        }
    }
}
