//! A frame goes on with another session after its own is over.

use serde_json::json;

use crate::support::{ORIGIN, Session, TestServer, press, session_of};

/// Longer than any session lives.
const HOURS_25_MS: i64 = 25 * 3_600_000;

/// Opens `next` in the frame of `first`: the error's code, or nothing.
async fn opened(server: &TestServer, first: &str, next: &Session) -> String {
    let path = format!("/public/payment_sessions/{}?instead_of={first}", next.id);
    let answer = server.get(&path, &next.client_secret).await;
    if answer.status == 200 {
        assert_eq!(answer.body["id"], next.id.as_str());
        return String::new();
    }
    answer.code().to_owned()
}

/// A session whose time is over.
async fn expired(server: &TestServer) -> Session {
    let session = server.session().await;
    server.clock.advance_ms(HOURS_25_MS);
    session
}

#[tokio::test]
async fn a_session_of_the_same_merchant_for_the_same_page_takes_the_place() {
    let server = TestServer::start().await;
    let first = expired(&server).await;
    let next = server.session().await;
    assert_eq!(opened(&server, &first.id, &next).await, "");
}

#[tokio::test]
async fn a_session_that_can_be_paid_or_was_keeps_its_place() {
    let server = TestServer::start().await;
    let (first, next) = (server.session().await, server.session().await);
    assert_eq!(
        opened(&server, &first.id, &next).await,
        "invalid_client_secret"
    );
    server.confirm(&first, &press(), "4242424242424242").await;
    assert_eq!(
        opened(&server, &first.id, &next).await,
        "invalid_client_secret"
    );
}

#[tokio::test]
async fn another_merchants_session_or_one_for_another_page_does_not() {
    let server = TestServer::start().await;
    let first = expired(&server).await;
    let elsewhere = server
        .session_with(json!({"origin": "https://other.example"}))
        .await;
    let (_, secret_key, _) = server.other_merchant().await;
    let body = json!({"mode": "embedded", "amount": 1, "currency": "ISK", "origin": ORIGIN});
    let made = server
        .post("/v1/payment_sessions", &secret_key, &body)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let foreign = session_of(&made.body);

    for next in [elsewhere, foreign] {
        let code = opened(&server, &first.id, &next).await;
        assert_eq!(code, "invalid_client_secret");
    }
    let next = server.session().await;
    assert_eq!(
        opened(&server, "nonsense", &next).await,
        "invalid_client_secret"
    );
    let unknown = "ps_00000000000000000000000001";
    assert_eq!(opened(&server, unknown, &next).await, "session_not_found");
}
