//! What goes wrong at the processor and the bank, by the sandbox's cards and faults: nobody is charged twice, nothing is
//! taken for paid that is not, and the acquirer's word settles the rest.

use embed_server::operations::recover_attempts::{When, recover_attempts};
use serde_json::json;

use crate::payer::Payer;
use crate::support::{TestServer, press, until};

#[tokio::test]
async fn notifications_that_come_late_twice_out_of_order_or_badly_signed_pay_once() {
    for number in [
        "4000003520001104",
        "4000003520001401",
        "4000003520001609",
        "4000003520001708",
        "4000003520002607",
    ] {
        let server = TestServer::start().await;
        let session = server.session().await;
        server.confirm(&session, &press(), number).await;

        until("the acquirer tells", || async {
            server.session_status(&session).await == "complete"
        })
        .await;

        assert_eq!(server.charges(), [(1990, "charged".to_owned())], "{number}");
        assert_eq!(server.events().await, ["payment.succeeded"], "{number}");
    }
}

#[tokio::test]
async fn a_request_that_got_lost_is_unknown_and_refuses_a_second_charge() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let answer = server.confirm(&session, &press(), "4000003520001203").await;
    assert_eq!(answer.body["status"], "processing");

    server.clock.advance_ms(120_000);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(
        server.view(&session).await["last_attempt"]["status"],
        "unknown"
    );
    let second = server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(second.code(), "attempt_in_progress");
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn trouble_that_passes_is_one_charge() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let answer = server.confirm(&session, &press(), "4000003520001302").await;
    assert_eq!(answer.body["status"], "succeeded", "{}", answer.body);
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn half_of_the_money_is_no_success() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let answer = server.confirm(&session, &press(), "4000003520002300").await;
    assert_eq!(answer.body["status"], "unknown", "{}", answer.body);
    assert_eq!(server.session_status(&session).await, "open");
}

#[tokio::test]
async fn a_bank_that_brings_rubbish_or_nothing_changes_nothing_and_the_payer_can_leave() {
    for fault in [
        "posts_garbage",
        "posts_another_session",
        "return_lost",
        "never_answers",
    ] {
        let server = TestServer::start().await;
        let payer = Payer::pays(&server, server.session().await, "4000003520000700").await;
        payer.opens_in("popup").await;
        let page = payer.meets_the_bank(&payer.way().await).await;
        server.faults(json!({ "bank": fault }));
        payer.answers(&page, "1234").await;
        server.faults(json!({}));
        assert_eq!(
            payer.attempt().await["status"],
            "requires_action",
            "{fault}"
        );

        let path = format!("/public/payment_sessions/{}/cancel", payer.session.id);
        server
            .post(
                &path,
                &payer.session.client_secret,
                &json!({"attempt_id": payer.press}),
            )
            .await;
        let paid = server
            .confirm(&payer.session, &press(), "4242424242424242")
            .await;

        assert_eq!(paid.body["status"], "succeeded", "{fault}");
        assert_eq!(server.charges().len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_bank_in_another_session_or_with_rubbish_does_not_settle_this_one() {
    for fault in ["posts_garbage", "posts_another_session"] {
        let server = TestServer::start().await;
        let payer = Payer::pays(&server, server.session().await, "4000003520000809").await;
        payer.opens_in("popup").await;
        let back = payer.is_looked_at(&payer.way().await).await.unwrap();
        payer.posts(&back).await;
        server.faults(json!({ "bank": fault }));
        let back = payer.through_the_bank("1234").await;
        assert_eq!(payer.posts(&back).await.status, 200);
        assert_eq!(
            payer.attempt().await["status"],
            "requires_action",
            "{fault}"
        );
        assert_eq!(server.charges(), [], "{fault}");

        // The right one, which the bank still has.
        server.faults(json!({}));
        let back = payer.through_the_bank("1234").await;
        payer.posts(&back).await;
        assert_eq!(
            server.session_status(&payer.session).await,
            "complete",
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_details_call_that_got_lost_before_the_charge_is_sent_again() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, "4000003520000809").await;
    let back = payer.looked_at_and_through_the_bank("1234").await;
    server.faults(json!({"answer": "drop_before_charge"}));
    payer.posts(&back).await;
    assert_eq!(payer.attempt().await["status"], "processing");
    assert_eq!(server.charges(), []);
    server.faults(json!({}));

    recover_attempts(server.app(), When::Start).await.unwrap();

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}
