//! What a crash or a silent acquirer left behind is looked after, and never by charging again.

use checkout_protocol::crockford;
use embed_server::operations::recover_attempts::{When, recover_attempts};
use serde_json::json;

use crate::support::{Session, TestServer, press, send};

async fn attempt(server: &TestServer, session: &Session) -> String {
    let view = server.view(session).await;
    view["last_attempt"]["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// A challenge whose result was stored and sent, and whose answer and notification never came.
async fn with_a_lost_details_answer(server: &TestServer) -> Session {
    let session = server.session().await;
    let challenged = server.confirm(&session, &press(), "4000002500003155").await;
    let challenge = challenged.body["challenge"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let nonce = crockford::encode_u128(1);
    let surface = format!(
        "/public/payment_sessions/{}/challenges/{challenge}/surface",
        session.id
    );
    let body = json!({"surface": "popup", "nonce": nonce});
    server.post(&surface, &session.client_secret, &body).await;
    let claim = server
        .request("POST", &format!("/3ds/{challenge}/claim"))
        .json(&json!({"nonce": nonce}));
    let bank = send(claim).await.body["url"].as_str().unwrap().to_owned();
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let passed = http
        .post(bank)
        .form(&[("code", "1234")])
        .send()
        .await
        .unwrap();
    let way_back = passed.headers()["location"]
        .to_str()
        .unwrap()
        .replace("http://checkout.localhost:4101", "");
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    send(server.request("GET", &way_back)).await;
    assert_eq!(attempt(server, &session).await, "processing");
    server.faults(json!({}));
    session
}

#[tokio::test]
async fn a_stored_challenge_result_is_sent_again_at_the_next_start_and_charges_once() {
    let server = TestServer::start().await;
    let session = with_a_lost_details_answer(&server).await;

    recover_attempts(server.app(), When::Start).await.unwrap();

    assert_eq!(server.session_status(&session).await, "complete");
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn a_sweep_leaves_a_call_that_may_still_be_answered_alone() {
    let server = TestServer::start().await;
    let session = with_a_lost_details_answer(&server).await;

    recover_attempts(server.app(), When::Sweep).await.unwrap();
    assert_eq!(attempt(&server, &session).await, "processing");
    server.clock.advance_ms(60_000);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(server.session_status(&session).await, "complete");
}

#[tokio::test]
async fn a_charge_without_news_becomes_unknown_and_refuses_a_second_one() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    server.confirm(&session, &press(), "4242424242424242").await;
    server.faults(json!({}));

    recover_attempts(server.app(), When::Start).await.unwrap();
    assert_eq!(
        attempt(&server, &session).await,
        "processing",
        "nobody can send a card again"
    );
    server.clock.advance_ms(120_000);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(attempt(&server, &session).await, "unknown");
    let second = server.confirm(&session, &press(), "5555555555554444").await;
    assert_eq!(second.code(), "attempt_in_progress");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_challenge_that_nobody_finishes_is_left_and_the_session_can_be_paid_again() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.confirm(&session, &press(), "4000002500003155").await;

    server.clock.advance_ms(11 * 60_000);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(attempt(&server, &session).await, "abandoned");
    let paid = server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(paid.body["status"], "succeeded");
}
