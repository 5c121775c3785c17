//! `POST /webhooks/adyen`: signed, deduplicated, monotonic; able to settle what our own call never heard.

use sandbox::HmacKey;
use serde_json::{Value, json};

use crate::challenges::{at_the_bank, back};
use crate::payer::Payer;
use crate::support::{Answer, HMAC_KEY, Session, TestServer, press, send, until};

struct Told<'a> {
    reference: &'a str,
    psp: &'a str,
    value: i64,
    currency: &'a str,
    account: &'a str,
    success: bool,
}

impl Default for Told<'_> {
    fn default() -> Self {
        Self {
            reference: "",
            psp: "PSP0000000000001",
            value: 199_000,
            currency: "ISK",
            account: "BorgaDemo",
            success: true,
        }
    }
}

fn notification(told: &Told, signature: Option<&str>) -> Value {
    let mut item = json!({
        "pspReference": told.psp, "merchantAccountCode": told.account, "merchantReference": told.reference,
        "amount": {"value": told.value, "currency": told.currency}, "eventCode": "AUTHORISATION",
        "eventDate": "2026-11-21T00:00:00+00:00", "success": told.success.to_string(),
    });
    let signed: sandbox::wire::NotificationItem = serde_json::from_value(item.clone()).unwrap();
    let ours = HmacKey::from_hex(HMAC_KEY).unwrap().sign(&signed);
    item["additionalData"] = json!({"hmacSignature": signature.unwrap_or(&ours)});
    json!({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]})
}

async fn tell(server: &TestServer, body: &Value) -> Answer {
    send(server.request("POST", "/webhooks/adyen").json(body)).await
}

/// A session whose charge was sent and whose answer and notification never come.
async fn without_news(server: &TestServer) -> (Session, String) {
    let session = server.session().await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    let answer = server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(answer.body["status"], "processing");
    server.faults(json!({}));
    let ledger = serde_json::to_value(server.sandbox.app().ledger()).unwrap();
    let reference = ledger[0]["reference"].as_str().unwrap().to_owned();
    (session, reference)
}

#[tokio::test]
async fn an_approval_settles_what_our_call_never_heard() {
    let server = TestServer::start().await;
    let (session, reference) = without_news(&server).await;
    let body = notification(
        &Told {
            reference: &reference,
            ..Told::default()
        },
        None,
    );

    for _ in 0..3 {
        let answer = tell(&server, &body).await;
        assert_eq!((answer.status, answer.body), (200, json!("[accepted]")));
    }

    assert_eq!(server.session_status(&session).await, "complete");
    assert_eq!(
        server.events().await,
        ["payment.succeeded"],
        "three times is once"
    );
}

#[tokio::test]
async fn what_is_not_signed_changes_nothing() {
    let server = TestServer::start().await;
    let (session, reference) = without_news(&server).await;
    let told = Told {
        reference: &reference,
        ..Told::default()
    };
    let wrong = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let mut tampered = notification(&told, None);
    tampered["notificationItems"][0]["NotificationRequestItem"]["amount"]["value"] = json!(1);

    for body in [
        notification(&told, Some(wrong)),
        notification(&told, Some("")),
        tampered,
    ] {
        let answer = tell(&server, &body).await;
        assert_eq!((answer.status, answer.code()), (401, "invalid_signature"));
    }

    assert_eq!(server.payment(&session).await["status"], "processing");
}

#[tokio::test]
async fn an_approval_of_another_amount_currency_or_account_is_never_a_success() {
    for told in [
        Told {
            value: 100,
            ..Told::default()
        },
        Told {
            currency: "EUR",
            ..Told::default()
        },
        Told {
            account: "SomebodyElse",
            ..Told::default()
        },
    ] {
        let server = TestServer::start().await;
        let (session, reference) = without_news(&server).await;

        tell(
            &server,
            &notification(
                &Told {
                    reference: &reference,
                    ..told
                },
                None,
            ),
        )
        .await;

        assert_eq!(server.session_status(&session).await, "open");
        assert_eq!(
            server.view(&session).await["last_attempt"]["status"],
            "unknown"
        );
        let other = server.confirm(&session, &press(), "4242424242424242").await;
        assert_eq!(
            other.code(),
            "attempt_in_progress",
            "an unknown outcome refuses a second charge"
        );
    }
}

#[tokio::test]
async fn a_refusal_after_an_approval_changes_nothing() {
    let server = TestServer::start().await;
    let (session, reference) = without_news(&server).await;
    let approval = notification(
        &Told {
            reference: &reference,
            ..Told::default()
        },
        None,
    );
    let refusal = notification(
        &Told {
            reference: &reference,
            psp: "PSP2",
            success: false,
            ..Told::default()
        },
        None,
    );

    tell(&server, &approval).await;
    tell(&server, &refusal).await;

    assert_eq!(server.payment(&session).await["status"], "succeeded");
    assert_eq!(server.events().await, ["payment.succeeded"]);
}

#[tokio::test]
async fn a_charge_that_comes_after_the_payer_left_is_reversed() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let left = press();
    server.confirm(&session, &left, "4000002500003155").await;
    let path = format!("/public/payment_sessions/{}/cancel", session.id);
    server
        .post(&path, &session.client_secret, &json!({"attempt_id": left}))
        .await;
    // The acquirer charges all the same: another attempt's charge stands in for it in the ledger.
    let other = server.session().await;
    server.faults(json!({"notifications": "drop"}));
    server.confirm(&other, &press(), "4242424242424242").await;
    server.faults(json!({}));
    let ledger = serde_json::to_value(server.sandbox.app().ledger()).unwrap();
    let psp = ledger[0]["psp_reference"].as_str().unwrap();
    let reference = attempt_of(&server, &session).await;

    let told = Told {
        reference: &reference,
        psp,
        ..Told::default()
    };
    let answer = tell(&server, &notification(&told, None)).await;

    assert_eq!(answer.status, 200);
    until("the charge is reversed", || async {
        server.charges()[0].1 == "reversed"
    })
    .await;
    assert_eq!(server.session_status(&session).await, "open");
    assert!(
        server
            .events()
            .await
            .contains(&"payment.reversed".to_owned())
    );
}

#[tokio::test]
async fn a_charge_that_cannot_be_reversed_yet_is_asked_for_again() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let left = press();
    server.confirm(&session, &left, "4000002500003155").await;
    let path = format!("/public/payment_sessions/{}/cancel", session.id);
    server
        .post(&path, &session.client_secret, &json!({"attempt_id": left}))
        .await;
    let reference = attempt_of(&server, &session).await;

    let told = Told {
        reference: &reference,
        psp: "UNKNOWN000000001",
        ..Told::default()
    };
    let answer = tell(&server, &notification(&told, None)).await;

    assert_eq!(
        answer.status, 500,
        "not accepted, so the acquirer goes on telling us"
    );
}

const LOOKED_AND_ASKED: &str = "4000003520000809";

/// Its contract has no place for what the authentication came to.
#[tokio::test]
async fn an_approval_after_a_step_waits_for_what_the_authentication_came_to() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let back = payer.looked_at_and_through_the_bank("1234").await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    payer.posts(&back).await;
    assert_eq!(payer.attempt().await["status"], "processing");
    let reference = attempt_of(&server, &payer.session).await;
    let charge = server.sandbox.app().ledger().remove(0);
    let told = Told {
        reference: &reference,
        psp: &charge.psp_reference,
        ..Told::default()
    };

    let too_early = tell(&server, &notification(&told, None)).await;
    assert_eq!(too_early.status, 500, "the acquirer goes on telling us");
    assert_eq!(server.session_status(&payer.session).await, "open");
    server.faults(json!({"notifications": "drop"}));
    let again = tell(&server, &notification(&told, None)).await;

    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.events().await, ["payment.succeeded"]);
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
}

/// Its own answer was `Received`: it has said what it can, and its notification settles the rest.
#[tokio::test]
async fn an_approval_after_an_answer_that_settles_nothing_is_believed() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, "4000003520001419").await;
    payer.opens_in("popup").await;
    let to_the_bank = payer.claims().await.body["url"]
        .as_str()
        .unwrap()
        .to_owned();

    let way_back = at_the_bank(&to_the_bank, "1234").await;
    back(&server, &way_back).await;

    assert_eq!(payer.attempt().await["status"], "processing");
    until("the acquirer tells", || async {
        server.session_status(&payer.session).await == "complete"
    })
    .await;
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
}

/// The card is charged although it could not be authenticated, and the notification outruns our answer, which says so.
#[tokio::test]
async fn an_approval_does_not_outrun_an_answer_that_forbids_it() {
    let server = TestServer::start().await;
    let session = server.session().await;
    server.faults(json!({"answer": "hold", "notifications": "drop"}));
    let press = press();
    let confirming = server.confirm(&session, &press, "4000000000003097");
    let telling = async {
        until("the acquirer has charged", || async {
            !server.charges().is_empty()
        })
        .await;
        let charge = server.sandbox.app().ledger().remove(0);
        let told = Told {
            reference: &charge.reference,
            psp: &charge.psp_reference,
            ..Told::default()
        };
        let early = tell(&server, &notification(&told, None)).await;
        server.faults(json!({}));
        early
    };

    let (answer, early) = tokio::join!(confirming, telling);

    assert_eq!(early.status, 500, "the acquirer goes on telling us");
    assert_eq!(answer.body["code"], "authentication_unavailable");
    assert_eq!(server.charges(), [(1990, "reversed".to_owned())]);
    assert_eq!(server.session_status(&session).await, "open");
}

#[tokio::test]
async fn an_approval_of_a_step_that_was_not_passed_is_no_success() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let look = payer.looked_at_and_through_the_bank("3333").await;
    let reference = attempt_of(&server, &payer.session).await;
    // The acquirer charges all the same: another attempt's charge stands in for it in the ledger.
    let other = server.session().await;
    server.faults(json!({"notifications": "drop"}));
    server.confirm(&other, &press(), "4242424242424242").await;
    let charge = server.sandbox.app().ledger().remove(0);
    let told = Told {
        reference: &reference,
        psp: &charge.psp_reference,
        ..Told::default()
    };

    let answer = tell(&server, &notification(&told, None)).await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        payer.attempt().await["code"],
        "authentication_unavailable",
        "asked for, and believed"
    );
    assert_eq!(server.charges(), [(1990, "reversed".to_owned())]);
    payer.posts(&look).await;
    assert_eq!(server.session_status(&payer.session).await, "open");
}

/// It has no result that the acquirer could be asked about.
#[tokio::test]
async fn an_approval_of_a_redirect_that_nobody_came_back_from_is_believed() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, "4000002500003155").await;
    let reference = attempt_of(&server, &payer.session).await;
    let told = Told {
        reference: &reference,
        ..Told::default()
    };

    let answer = tell(&server, &notification(&told, None)).await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(server.session_status(&payer.session).await, "complete");
}

async fn attempt_of(server: &TestServer, session: &Session) -> String {
    use embed_server::store::attempts;
    let mut tx = server.app().store.read().await.unwrap();
    let attempt = attempts::find_newest(&mut tx, session.id.parse().unwrap())
        .await
        .unwrap();
    attempt.unwrap().id.to_string()
}

#[tokio::test]
async fn notifications_that_come_twice_or_badly_signed_first_pay_once() {
    for fault in ["twice", "bad_signature"] {
        let server = TestServer::start().await;
        let session = server.session().await;
        server
            .faults(json!({"answer": "drop_after_charge", "notifications": fault, "remaining": 1}));

        server.confirm(&session, &press(), "4242424242424242").await;
        server.faults(json!({}));

        until("the acquirer tells", || async {
            server.session_status(&session).await == "complete"
        })
        .await;
        assert_eq!(server.events().await, ["payment.succeeded"], "{fault}");
    }
}
