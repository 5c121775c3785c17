//! The way back from a redirect: what the merchant's page may learn with the token that it carries.

use serde_json::{Value, json};

use crate::challenges::{back, challenged};
use crate::support::{Answer, ORIGIN, TestServer, send};

const HALF_AN_HOUR_MS: i64 = 30 * 60 * 1_000;

/// Goes to the bank with the whole page and comes back; returns the token of the way back.
async fn way_back(server: &TestServer, more: Value, code: &str) -> (String, String) {
    let challenged = challenged(server, server.session_with(more).await).await;
    let path = challenged.through_the_bank(server, "redirect", code).await;
    (token_of(&back(server, &path).await), path)
}

fn token_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let location = answer.header("location").unwrap();
    let (_, token) = location.split_once("&borga_resume=").unwrap();
    assert!(token.starts_with("rsm_"), "{location}");
    token.to_owned()
}

async fn resume(server: &TestServer, token: &str, redeemer: &str) -> Answer {
    let body = json!({"token": token, "redeemer": redeemer});
    // A page of any origin, with no cookie and no key.
    let request = server
        .request("POST", "/public/resume")
        .header("origin", "https://elsewhere.example")
        .json(&body);
    send(request).await
}

fn to_orders() -> Value {
    json!({"return_url": format!("{ORIGIN}/orders/1"), "cancel_url": format!("{ORIGIN}/cart")})
}

#[tokio::test]
async fn the_page_that_a_payer_comes_back_to_learns_how_it_ended_and_nothing_else() {
    let server = TestServer::start().await;
    for (code, status, why) in [
        ("1111", "failed", json!("authentication_failed")),
        ("cancel", "canceled", json!("authentication_cancelled")),
        ("1234", "complete", Value::Null),
    ] {
        let (token, _) = way_back(&server, to_orders(), code).await;

        let told = resume(&server, &token, "page").await;

        assert_eq!(told.status, 200, "{}", told.body);
        assert_eq!(told.header("access-control-allow-origin"), Some("*"));
        assert_eq!(told.header("cache-control"), Some("no-store"));
        assert_eq!(
            (&told.body["status"], &told.body["code"]),
            (&json!(status), &why)
        );
        let names: Vec<&String> = told.body.as_object().unwrap().keys().collect();
        assert_eq!(names, ["code", "payment_id", "session_id", "status"]);
    }
}

#[tokio::test]
async fn a_token_belongs_to_the_first_page_that_uses_it_and_is_over_after_half_an_hour() {
    let server = TestServer::start().await;
    let (token, _) = way_back(&server, to_orders(), "1234").await;

    assert_eq!(resume(&server, &token, "first").await.status, 200);
    assert_eq!(
        resume(&server, &token, "first").await.status,
        200,
        "it may ask again"
    );
    let other = resume(&server, &token, "second").await;
    assert_eq!(other.status, 410);
    assert_eq!(other.body["error"]["code"], "invalid_resume_token");

    server.clock.advance_ms(HALF_AN_HOUR_MS);
    assert_eq!(
        resume(&server, &token, "first").await.status,
        410,
        "too late"
    );
    for nonsense in ["rsm_00000000000000000000000000", "x", "pcs_1"] {
        assert_eq!(resume(&server, nonsense, "first").await.status, 410);
    }
    for missing in [json!({"token": token}), json!({"redeemer": "x"}), json!([])] {
        let answer = send(server.request("POST", "/public/resume").json(&missing)).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_bank_that_sends_the_payer_back_twice_gives_two_ways_back_to_one_payment() {
    let server = TestServer::start().await;
    let (first, path) = way_back(&server, to_orders(), "1234").await;

    let second = token_of(&back(&server, &path).await);

    assert_ne!(first, second);
    for token in [first, second] {
        assert_eq!(
            resume(&server, &token, "page").await.body["status"],
            "complete"
        );
    }
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_preflight_lets_any_page_ask() {
    let server = TestServer::start().await;
    let asked = server
        .request("OPTIONS", "/public/resume")
        .header("origin", ORIGIN)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");

    let answer = send(asked).await;

    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    let headers = answer.header("access-control-allow-headers").unwrap();
    assert!(headers.contains("content-type"), "{headers}");
}
