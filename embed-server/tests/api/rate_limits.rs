//! Who asks for too much waits, and is told how long; repeated requests are free.

use serde_json::json;

use crate::support::{Answer, ORIGIN, TestServer, send};

async fn session(server: &TestServer) -> Answer {
    let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
    server
        .post("/v1/payment_sessions", &server.secret_key, &body)
        .await
}

fn limits(answer: &Answer) -> Vec<&str> {
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]
        .iter()
        .map(|name| answer.header(name).unwrap_or("-"))
        .collect()
}

#[tokio::test]
async fn sessions_have_a_hot_bucket_that_says_what_is_left() {
    let server = TestServer::start_with("hot_burst = 2").await;
    assert_eq!(limits(&session(&server).await), ["2", "1", "1"]);
    assert_eq!(limits(&session(&server).await), ["2", "0", "1"]);

    let refused = session(&server).await;
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"));
    assert_eq!(refused.body["error"]["type"], "rate_limit_error");
    assert_eq!(refused.header("retry-after"), Some("1"));

    server.clock.advance_ms(1_000);
    assert_eq!(session(&server).await.status, 201);
    let read = server
        .get("/v1/merchants/current", &server.secret_key)
        .await;
    assert_eq!(
        limits(&read)[0],
        "100000",
        "reading has a bucket of its own"
    );
}

#[tokio::test]
async fn repeated_requests_are_free() {
    let server = TestServer::start_with("hot_burst = 1\nrequests_burst = 3").await;
    let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
    for _ in 0..10 {
        let answer = server
            .post_once("/v1/payment_sessions", "order-1", &body)
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_repeated_session_leaves_room_for_new_ones() {
    let server = TestServer::start_with("hot_burst = 2\nrequests_burst = 3").await;
    let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
    for key in ["order-1", "order-1", "order-1", "order-1", "order-2"] {
        let answer = server.post_once("/v1/payment_sessions", key, &body).await;
        assert_eq!(answer.status, 201, "{key}: {}", answer.body);
    }
    let refused = server
        .post_once("/v1/payment_sessions", "order-3", &body)
        .await;
    assert_eq!(refused.status, 429);
}

#[tokio::test]
async fn a_429_is_not_kept_under_an_idempotency_key() {
    let server = TestServer::start_with("hot_burst = 1").await;
    let body = json!({"mode": "embedded", "amount": 1990, "origin": ORIGIN});
    server
        .post_once("/v1/payment_sessions", "order-1", &body)
        .await;
    let refused = server
        .post_once("/v1/payment_sessions", "order-2", &body)
        .await;
    assert_eq!(refused.status, 429);
    server.clock.advance_ms(1_000);
    let later = server
        .post_once("/v1/payment_sessions", "order-2", &body)
        .await;
    assert_eq!(later.status, 201);
}

#[tokio::test]
async fn every_request_counts_against_one_bucket_of_the_merchant() {
    let server = TestServer::start_with("requests_burst = 3").await;
    for _ in 0..3 {
        assert_eq!(
            server.get("/v1/payments", &server.secret_key).await.status,
            200
        );
    }
    let refused = server.get("/v1/payments", &server.secret_key).await;
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"));
    let (_, other, _) = server.other_merchant().await;
    assert_eq!(
        server.get("/v1/payments", &other).await.status,
        200,
        "another merchant's is its own"
    );
}

/// Against card testing: whichever process a page reaches, it is counted in one place.
#[tokio::test]
async fn pages_are_counted_over_all_processes() {
    let server = TestServer::start_with("page_burst = 4").await;
    let other = server.sibling().await;
    let mut admitted = 0;
    for number in 0..10 {
        let base = if number % 2 == 0 {
            &server.base
        } else {
            &other.base
        };
        let request = reqwest::Client::new().post(format!("{base}/v1/payment_sessions"));
        let request = request
            .bearer_auth(&server.publishable_key)
            .header("Origin", ORIGIN);
        let answer = send(request.json(&json!({"amount": 1}))).await;
        assert!(matches!(answer.status, 201 | 429), "{}", answer.body);
        admitted += usize::from(answer.status == 201);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some(ORIGIN),
            "the page may read why"
        );
    }
    assert_eq!(admitted, 4);
}

#[tokio::test]
async fn refunds_are_counted_over_all_processes() {
    let server = TestServer::start_with("hot_burst = 3").await;
    let other = server.sibling().await;
    let paid = server.paid_with("4242424242424242").await;
    let mut made = 0;
    for number in 0..8 {
        let base = if number % 2 == 0 {
            &server.base
        } else {
            &other.base
        };
        let request = reqwest::Client::new().post(format!("{base}/v1/refunds"));
        let body = json!({"payment": paid.payment, "amount": 1});
        let answer = send(request.bearer_auth(&server.secret_key).json(&body)).await;
        made += usize::from(answer.status == 201);
    }
    assert_eq!(made, 3);
}

#[tokio::test]
async fn an_address_that_guesses_keys_has_to_wait() {
    let server = TestServer::start_with("failures_burst = 3").await;
    let mut guess = server.secret_key.clone();
    guess.replace_range(20..21, if &guess[20..21] == "A" { "B" } else { "A" });
    for _ in 0..3 {
        assert_eq!(server.get("/v1/payments", &guess).await.status, 401);
    }
    let refused = server.get("/v1/payments", &guess).await;
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"));
    assert!(refused.header("retry-after").is_some());
    server.clock.advance_ms(60_000);
    assert_eq!(
        server.get("/v1/payments", &server.secret_key).await.status,
        200
    );
}
