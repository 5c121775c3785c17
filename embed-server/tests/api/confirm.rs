//! `POST /public/payment_sessions/{id}/confirm`: one press, one attempt, at most one charge.

use checkout_protocol::crockford;
use serde_json::json;

use crate::support::{TestServer, confirmation, press, send, until};

#[tokio::test]
async fn a_good_card_pays() {
    let server = TestServer::start().await;
    let session = server.session().await;

    let answer = server.confirm(&session, &press(), "4242424242424242").await;

    assert_eq!(answer.body, json!({"status": "succeeded"}));
    assert_eq!(server.session_status(&session).await, "complete");
    let payment = server.payment(&session).await;
    assert_eq!(payment["status"], "succeeded");
    assert_eq!(payment["card"]["last4"], "4242");
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
    assert_eq!(server.events().await, ["payment.succeeded"]);
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open_and_a_second_card_pays() {
    let server = TestServer::start().await;
    let session = server.session().await;

    for (number, code) in [
        ("4000000000000002", "card_declined"),
        ("4000000000009995", "insufficient_funds"),
    ] {
        let answer = server.confirm(&session, &press(), number).await;
        assert_eq!(
            answer.body,
            json!({"status": "failed", "code": code, "retryable": true})
        );
        assert_eq!(server.payment(&session).await["failure_code"], code);
        assert_eq!(server.session_status(&session).await, "open");
    }
    assert_eq!(server.charges(), []);
    let paid = server.confirm(&session, &press(), "5555555555554444").await;

    assert_eq!(paid.body["status"], "succeeded");
    assert_eq!(server.payment(&session).await["failure_code"], json!(null));
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
    assert_eq!(
        server.events().await,
        ["payment.failed", "payment.failed", "payment.succeeded"]
    );
}

#[tokio::test]
async fn a_card_that_is_no_test_card_is_declined_in_so_many_words() {
    let server = TestServer::start().await;
    let session = server.session().await;

    let answer = server.confirm(&session, &press(), "4111111111111111").await;

    assert_eq!(answer.body["code"], "testmode_use_test_card");
}

#[tokio::test]
async fn the_same_press_sent_five_times_at_once_makes_one_charge() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let body = confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    let path = format!("/public/payment_sessions/{}/confirm", session.id);

    let requests: Vec<_> = (0..5)
        .map(|_| {
            let request = server
                .request("POST", &path)
                .bearer_auth(&session.client_secret)
                .json(&body);
            tokio::spawn(send(request))
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap().body, json!({"status": "succeeded"}));
    }

    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_press_that_was_declined_stays_declined_when_it_is_sent_again() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let press = press();

    let first = server.confirm(&session, &press, "4000000000000002").await;
    let again = server.confirm(&session, &press, "4242424242424242").await;

    assert_eq!(again.body, first.body);
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_press_is_worth_nothing_in_another_session() {
    let server = TestServer::start().await;
    let (paid, other) = (server.session().await, server.session().await);
    let press = press();
    server.confirm(&paid, &press, "4242424242424242").await;

    let answer = server.confirm(&other, &press, "4000000000000002").await;

    assert_eq!(
        answer.body["code"], "card_declined",
        "it is an attempt of its own"
    );
    assert_eq!(server.session_status(&other).await, "open");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_card_typed_for_another_session_is_refused() {
    let server = TestServer::start().await;
    let (ours, other) = (server.session().await, server.session().await);
    let body = confirmation(&press(), &server.envelope(&other, "4242424242424242").await);

    let answer = server.confirm_with(&ours, &body).await;

    assert_eq!((answer.status, answer.code()), (400, "invalid_card_data"));
    assert_eq!(answer.body["error"]["param"], "encrypted_card");
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_second_press_waits_for_the_end_of_the_first() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.faults(json!({"answer": "hold", "notifications": "hold"}));
    let body = confirmation(
        &press(),
        &server.envelope(&session, "4000000000000002").await,
    );
    let path = format!("/public/payment_sessions/{}/confirm", session.id);
    let request = server
        .request("POST", &path)
        .bearer_auth(&session.client_secret)
        .json(&body);
    let first = tokio::spawn(send(request));
    until("the first press is written", || async {
        server.view(&session).await["last_attempt"]["status"] == "processing"
    })
    .await;

    let second = server.confirm(&session, &press(), "4242424242424242").await;
    server.faults(json!({}));

    assert_eq!((second.status, second.code()), (409, "attempt_in_progress"));
    assert_eq!(first.await.unwrap().body["status"], "failed");
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn two_sessions_of_one_payment_cannot_both_charge() {
    let server = TestServer::start().await;
    let first = server.session().await;
    let second = server
        .post(
            "/v1/payment_sessions",
            &server.secret_key,
            &json!({"mode": "embedded", "origin": crate::support::ORIGIN, "payment": first.payment}),
        )
        .await;
    let second = crate::support::session_of(&second.body);
    server.confirm(&first, &press(), "4242424242424242").await;

    let answer = server.confirm(&second, &press(), "5555555555554444").await;

    assert_eq!((answer.status, answer.code()), (409, "session_not_open"));
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn an_acquirer_that_asks_to_repeat_is_asked_again_and_charges_once() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.faults(json!({"answer": "error_500_before_charge", "remaining": 2}));

    let answer = server.confirm(&session, &press(), "4242424242424242").await;

    assert_eq!(answer.body["status"], "succeeded");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn what_is_paid_in_one_session_is_paid_in_every_session_of_the_payment() {
    let server = TestServer::start().await;
    let first = server.session().await;
    let body =
        json!({"mode": "embedded", "origin": crate::support::ORIGIN, "payment": first.payment});
    let second = server
        .post("/v1/payment_sessions", &server.secret_key, &body)
        .await;
    let second = crate::support::session_of(&second.body);

    server.confirm(&first, &press(), "4242424242424242").await;

    assert_eq!(server.session_status(&second).await, "complete");
    server.clock.advance_ms(3_600_000);
    let ended = embed_server::operations::expire_sessions::expire_sessions(server.app()).await;
    assert_eq!(ended.unwrap(), 0);
    assert_eq!(
        server.events().await,
        ["payment.succeeded"],
        "and does not expire"
    );
}

#[tokio::test]
async fn a_lost_answer_is_neither_a_success_nor_a_decline_until_the_acquirer_tells() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "hold"}));

    let answer = server.confirm(&session, &press(), "4242424242424242").await;
    let other = server.confirm(&session, &press(), "5555555555554444").await;
    assert_eq!(answer.body["status"], "processing");
    assert_eq!(other.code(), "attempt_in_progress");
    assert_eq!(server.payment(&session).await["status"], "processing");
    server.faults(json!({}));

    until("the acquirer tells", || async {
        server.session_status(&session).await == "complete"
    })
    .await;
    assert_eq!(server.charges().len(), 1);
    assert_eq!(server.events().await, ["payment.succeeded"]);
}

#[tokio::test]
async fn a_session_that_expired_takes_no_card() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.clock.advance_ms(3_600_000);

    let answer = server.confirm(&session, &press(), "4242424242424242").await;

    assert_eq!((answer.status, answer.code()), (409, "session_expired"));
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_session_does_not_expire_under_an_attempt() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.confirm(&session, &press(), "4000002500003155").await;

    server.clock.advance_ms(3_600_000);

    assert_eq!(server.session_status(&session).await, "open");
}

#[tokio::test]
async fn one_session_is_tried_ten_times_at_most() {
    let server = TestServer::start().await;
    let session = server.session().await;
    for _ in 0..10 {
        server.confirm(&session, &press(), "4000000000000002").await;
    }

    let answer = server.confirm(&session, &press(), "4242424242424242").await;

    assert_eq!((answer.status, answer.code()), (422, "too_many_attempts"));
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_long_poll_hears_of_a_change() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let version = server.view(&session).await["version"].as_u64().unwrap();
    let path = format!(
        "/public/payment_sessions/{}?after={}&wait=25",
        session.id,
        version + 1
    );
    let poll = server
        .request("GET", &path)
        .bearer_auth(&session.client_secret);
    let poll = tokio::spawn(send(poll));

    server.confirm(&session, &press(), "4242424242424242").await;

    let heard = poll.await.unwrap().body;
    assert_eq!(heard["status"], "complete");
    assert_eq!(heard["last_attempt"]["status"], "succeeded");
}

#[tokio::test]
async fn a_secret_that_does_not_open_the_session_opens_nothing() {
    let server = TestServer::start().await;
    let (ours, other) = (server.session().await, server.session().await);
    let mut forged = ours.client_secret.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == '0' { 'g' } else { '0' });
    let never_made = format!(
        "pcs_1_{}_{}",
        crockford::encode_u128(7),
        crockford::encode(&[7; 32])
    );

    for secret in [
        &other.client_secret,
        &forged,
        &never_made,
        &server.secret_key,
        &"pcs_".to_owned(),
    ] {
        let path = format!("/public/payment_sessions/{}", ours.id);
        let answer = server.get(&path, secret).await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, "invalid_client_secret")
        );
        assert!(!answer.body.to_string().contains(secret.as_str()));
    }
}

#[tokio::test]
async fn after_the_end_the_secret_reads_the_outcome_for_a_while() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.confirm(&session, &press(), "4242424242424242").await;
    let path = format!("/public/payment_sessions/{}", session.id);

    server.clock.advance_ms(1_799_000);
    assert_eq!(server.get(&path, &session.client_secret).await.status, 200);
    server.clock.advance_ms(1_000);
    let later = server.get(&path, &session.client_secret).await;

    assert_eq!((later.status, later.code()), (409, "session_not_open"));
}

#[tokio::test]
async fn the_brand_that_the_payer_chose_reaches_the_acquirer() {
    let server = TestServer::start().await;
    for (brand, charged) in [
        (None, "cup"),
        (Some("discover"), "discover"),
        (Some("unionpay"), "cup"),
    ] {
        let session = server.session().await;
        let envelope = server.envelope(&session, "6223000000000016").await;
        let mut body = confirmation(&press(), &envelope);
        if let Some(brand) = brand {
            body["brand"] = json!(brand);
        }
        let answer = server.confirm_with(&session, &body).await;
        assert_eq!(answer.body, json!({"status": "succeeded"}), "{brand:?}");
        assert_eq!(server.payment(&session).await["card"]["brand"], charged);
    }
}

#[tokio::test]
async fn a_brand_that_is_none_or_not_the_cards_charges_nothing() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let mut body = confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    body["brand"] = json!("gold");
    let answer = server.confirm_with(&session, &body).await;
    assert_eq!(answer.code(), "invalid_parameter");
    body["brand"] = json!("maestro");
    let answer = server.confirm_with(&session, &body).await;
    assert_ne!(answer.body["status"], "succeeded", "{}", answer.body);
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_frame_is_told_whether_to_ask_for_an_email_address() {
    let server = TestServer::start().await;
    for (more, shows, asks) in [
        (json!({}), false, false),
        (json!({"collect_email": true}), true, true),
        (json!({"customer_email": "anna@shop.example"}), true, false),
        (
            json!({"collect_email": true, "customer_email": "anna@shop.example"}),
            true,
            false,
        ),
    ] {
        let session = server.session_with(more.clone()).await;
        let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;
        let boot = format!("\"shows_email\":{shows}");
        assert!(page.body.as_str().unwrap().contains(&boot), "{more}");
        assert_eq!(server.view(&session).await["asks_email"], asks, "{more}");
    }
}
