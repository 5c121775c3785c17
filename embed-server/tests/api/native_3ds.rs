//! Native 3-D Secure: the bank's look at the browser, the payer's meeting with the bank, and what each may change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout_protocol::attempt::State;
use checkout_protocol::error_code::ErrorCode;
use embed_server::acquirer::{Answer, Approval, CallError, Verdict};
use embed_server::domain::attempt::Attempt;
use embed_server::domain::authentication::{Authentication, Told};
use embed_server::domain::bank_result::BankResult;
use embed_server::operations::expire_sessions::expire_sessions;
use embed_server::operations::record_answer::{Call, record_answer};
use embed_server::operations::recover_attempts::{When, recover_attempts};
use embed_server::operations::settle_attempt::{Change, settle_attempt};
use embed_server::store::{attempts, challenges, owed_reversals};
use serde_json::{Value, json};

use crate::payer::Payer;
use crate::support::{ORIGIN, Session, TestServer, press, send};

const LOOKED_AND_ASKED: &str = "4000003520000809";
const SILENT_LOOK: &str = "4000003520000601";
const NEVER_ANSWERS: &str = "4000003520000700";
const MINUTE_MS: i64 = 60_000;

async fn newest(server: &TestServer, session: &Session) -> Attempt {
    let mut tx = server.app().store.read().await.unwrap();
    let attempt = attempts::find_newest(&mut tx, session.id.parse().unwrap());
    attempt.await.unwrap().unwrap()
}

/// A charge of which nobody has told us: session, attempt, and the acquirer's reference.
async fn charged_unheard(server: &TestServer) -> (Session, Attempt, String) {
    let session = server.session().await;
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    server.confirm(&session, &press(), "4242424242424242").await;
    let attempt = newest(server, &session).await;
    let charge = server.sandbox.app().ledger().remove(0);
    (session, attempt, charge.psp_reference)
}

fn unpacked(field: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(field).unwrap()).unwrap()
}

fn packed(message: &Value) -> String {
    URL_SAFE_NO_PAD.encode(message.to_string())
}

#[tokio::test]
async fn a_look_and_a_meeting_pay_in_one_window() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    assert_eq!(payer.kind().await, "fingerprint");
    payer.opens_in("popup").await;

    let look = payer.way().await;
    let data = unpacked(&look.fields[0].1);
    assert_eq!(look.fields[0].0, "threeDSMethodData");
    assert_eq!(
        data["threeDSMethodNotificationURL"],
        format!(
            "http://checkout.localhost:4101/3ds/{}/method",
            payer.challenge
        )
    );
    let back = payer.is_looked_at(&look).await.unwrap();
    let page = payer.posts(&back).await;
    assert!(
        page.body.as_str().unwrap().contains("looked"),
        "{}",
        page.body
    );
    assert_eq!(payer.kind().await, "challenge");
    assert_eq!(payer.attempt().await["challenge"]["opened"], true);

    let meeting = payer.way().await;
    let creq = unpacked(&meeting.fields[0].1);
    assert_eq!(
        (&creq["messageType"], &creq["challengeWindowSize"]),
        (&json!("CReq"), &json!("05"))
    );
    assert_eq!(server.charges(), [], "nothing is charged before the bank");
    let page = payer.meets_the_bank(&meeting).await;
    let last = payer.answers(&page, "1234").await;
    assert!(last.contains("cres"), "{last}");
    let back = payer.through_the_bank("1234").await;
    let page = payer.posts(&back).await;

    assert_eq!(page.status, 200);
    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
    let authentication = newest(&server, &payer.session)
        .await
        .authentication
        .unwrap();
    assert_eq!(authentication.eci.as_deref(), Some("05"));
    assert_eq!(authentication.liability_shift, Some(true));
}

#[tokio::test]
async fn a_second_meeting_is_not_taken_for_the_first() {
    let server = TestServer::start().await;
    server.faults(json!({"bank_asks": "twice"}));
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let first = payer.looked_at_and_through_the_bank("1234").await;

    assert_eq!(payer.posts(&first).await.status, 303, "goes on");
    payer.posts(&first).await;
    assert_eq!(server.charges(), [], "the first result says nothing here");
    let second = payer.through_the_bank("1234").await;
    payer.posts(&second).await;

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges(), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn an_acquirer_that_asks_without_end_ends_the_attempt() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    payer.looked_at_and_through_the_bank("1234").await;
    let attempt = newest(&server, &payer.session).await;
    let mut tx = server.app().store.read().await.unwrap();
    let challenge = challenges::find_by_attempt(&mut tx, attempt.id).await;
    let asked = challenge.unwrap().unwrap().asked;
    drop(tx);
    let asks_again = || {
        Ok(Answer {
            acquirer_reference: None,
            verdict: Verdict::Challenge(asked.clone()),
        })
    };
    for (minutes, state) in [
        (11, State::ActionRequired),
        (11, State::ActionRequired),
        (12, State::Declined),
    ] {
        server.clock.advance_ms(minutes * MINUTE_MS);
        let now = record_answer(server.app(), attempt.id, Call::Finish, asks_again()).await;
        assert_eq!(now.unwrap().unwrap().state, state);
    }
    assert_eq!(payer.attempt().await["code"], "challenge_abandoned");
}

#[tokio::test]
async fn each_code_at_the_bank_has_its_own_ending() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    for (code, expected) in [
        ("1111", "authentication_failed"),
        ("2222", "authentication_rejected"),
        ("3333", "authentication_unavailable"),
    ] {
        let payer = Payer::pays(&server, session, LOOKED_AND_ASKED).await;
        let back = payer.looked_at_and_through_the_bank(code).await;
        payer.posts(&back).await;
        assert_eq!(payer.attempt().await["code"], expected, "{code}");
        session = payer.session;
    }
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn without_the_payer_only_y_and_a_pay() {
    let server = TestServer::start().await;
    for (number, status, code) in [
        ("4000003520000205", "succeeded", Value::Null),
        ("4000003520000304", "failed", json!("authentication_failed")),
        (
            "4000003520000403",
            "failed",
            json!("authentication_rejected"),
        ),
    ] {
        let session = server.session().await;
        let answer = server.confirm(&session, &press(), number).await;
        assert_eq!(
            (&answer.body["status"], &answer.body["code"]),
            (&json!(status), &code),
            "{number}"
        );
    }
    for (number, status, code) in [
        ("4000003520000106", "succeeded", Value::Null),
        ("4000000000003055", "succeeded", Value::Null),
        (
            "4000003520000502",
            "failed",
            json!("authentication_unavailable"),
        ),
    ] {
        let payer = Payer::pays(&server, server.session().await, number).await;
        payer.opens_in("inline").await;
        let back = payer.is_looked_at(&payer.way().await).await.unwrap();
        payer.posts(&back).await;
        let attempt = payer.attempt().await;
        assert_eq!(
            (&attempt["status"], &attempt["code"]),
            (&json!(status), &code),
            "{number}"
        );
        assert_eq!(
            payer.claims().await.code(),
            "challenge_moved",
            "nothing more to do"
        );
    }
    assert_eq!(server.charges().len(), 3);
}

#[tokio::test]
async fn a_charge_without_authentication_is_undone_unless_the_setting_accepts_it() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let answer = server.confirm(&session, &press(), "4000000000003097").await;
    assert_eq!(
        answer.body["code"], "authentication_unavailable",
        "{}",
        answer.body
    );
    crate::support::until("the charge is reversed", || async {
        server.charges()[0].1 == "reversed"
    })
    .await;
    assert_eq!(server.payment(&session).await["status"], "failed");

    let lenient = TestServer::start_with("accept_unavailable_authentication = true").await;
    let session = lenient.session().await;
    let answer = lenient
        .confirm(&session, &press(), "4000000000003097")
        .await;
    assert_eq!(answer.body["status"], "succeeded", "{}", answer.body);
    let authentication = newest(&lenient, &session).await.authentication.unwrap();
    assert_eq!(
        (
            authentication.eci.as_deref(),
            authentication.liability_shift
        ),
        (Some("07"), Some(false))
    );
}

#[tokio::test]
async fn a_charge_that_could_not_be_undone_is_undone_by_recovery_also_without_a_notification() {
    let server = TestServer::start().await;
    let (_, attempt, charge) = charged_unheard(&server).await;
    server.faults(json!({"answer": "error_500_before_charge", "notifications": "drop"}));
    let unavailable = Approval {
        authentication: Authentication {
            status: Some(Told::from_text("U")),
            ..Authentication::default()
        },
        ..Approval::default()
    };
    let answer = Answer {
        acquirer_reference: Some(charge),
        verdict: Verdict::Authorised(unavailable),
    };

    let declined = record_answer(server.app(), attempt.id, Call::Authorise, Ok(answer)).await;

    assert_eq!(declined.unwrap().unwrap().state, State::Declined);
    recover_attempts(server.app(), When::Start).await.unwrap();
    assert_eq!(
        server.charges()[0].1,
        "charged",
        "the acquirer is in trouble"
    );
    server.faults(json!({"notifications": "drop"}));
    recover_attempts(server.app(), When::Start).await.unwrap();
    assert_eq!(server.charges()[0].1, "reversed");

    let mut tx = server.app().store.read().await.unwrap();
    let owed = owed_reversals::find_owed(&mut tx, i64::MAX, 10).await;
    assert_eq!(owed.unwrap(), []);
}

/// What the acquirer never takes back must not fill every batch.
#[tokio::test]
async fn a_charge_that_does_not_go_back_has_its_next_turn_after_the_others() {
    let server = TestServer::start().await;
    let (_, attempt, _) = charged_unheard(&server).await;
    server.faults(json!({}));
    for (reference, pause_ms) in [("NEVERTAKEN000001", 30_000), ("NEVERTAKEN000002", 31_000)] {
        let mut tx = server.app().store.begin().await.unwrap();
        let noted = owed_reversals::owe(&mut tx, attempt.id, reference, server.app().now()).await;
        noted.unwrap();
        tx.commit().await.unwrap();
        server.clock.advance_ms(pause_ms);
    }

    // Asks for what was noted a minute ago.
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    let mut tx = server.app().store.read().await.unwrap();
    let next = owed_reversals::find_owed(&mut tx, i64::MAX, 1).await;
    assert_eq!(next.unwrap()[0].1, "NEVERTAKEN000002");
}

#[tokio::test]
async fn a_notification_of_a_charge_without_authentication_undoes_it_too() {
    let server = TestServer::start().await;
    let (session, attempt, entry) = charged_unheard(&server).await;
    server.faults(json!({}));
    let mut item = json!({
        "pspReference": entry, "merchantAccountCode": "BorgaDemo",
        "merchantReference": attempt.id, "amount": {"value": 199_000, "currency": "ISK"},
        "eventCode": "AUTHORISATION", "eventDate": "2026-11-21T00:00:00+00:00", "success": "true",
        "additionalData": {"threeds2.transStatus": "N"},
    });
    let signed: sandbox::wire::NotificationItem = serde_json::from_value(item.clone()).unwrap();
    let key = sandbox::HmacKey::from_hex(crate::support::HMAC_KEY).unwrap();
    item["additionalData"]["hmacSignature"] = json!(key.sign(&signed));
    let body = json!({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]});

    let answer = send(server.request("POST", "/webhooks/adyen").json(&body)).await;

    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        server.view(&session).await["last_attempt"]["code"],
        "authentication_failed"
    );
    assert_eq!(server.charges()[0].1, "reversed");
    assert!(
        server
            .events()
            .await
            .contains(&"payment.reversed".to_owned())
    );
}

#[tokio::test]
async fn a_frame_that_cannot_look_goes_on_without_and_opens_the_bank_anew() {
    let server = TestServer::start().await;
    let mut payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    payer.opens_in("inline").await;
    let late = payer.is_looked_at(&payer.way().await).await.unwrap();

    let view = payer.skips_the_look().await;
    assert_eq!(view.status, 200);
    let challenge = &view.body["last_attempt"]["challenge"];
    assert_eq!(
        (&challenge["kind"], &challenge["opened"]),
        (&json!("challenge"), &json!(false))
    );

    // What the look says afterwards is about nothing that is still asked.
    payer.posts(&late).await;
    payer.skips_the_look().await;
    assert_eq!(payer.kind().await, "challenge");
    payer.nonce = checkout_protocol::crockford::encode_u128(2);
    payer
        .announces(&json!({"surface": "inline", "nonce": payer.nonce, "window_size": "03"}))
        .await;
    let way = payer.way().await;
    assert_eq!(unpacked(&way.fields[0].1)["challengeWindowSize"], "03");
    let back = payer.through_the_bank("1234").await;
    payer.posts(&back).await;
    assert_eq!(server.session_status(&payer.session).await, "complete");
}

#[tokio::test]
async fn a_meeting_after_a_look_in_a_hidden_frame_is_opened_anew() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    payer.opens_in("inline").await;
    let back = payer.is_looked_at(&payer.way().await).await.unwrap();
    payer.posts(&back).await;

    let challenge = &payer.attempt().await["challenge"];

    assert_eq!(
        (&challenge["kind"], &challenge["opened"]),
        (&json!("challenge"), &json!(false))
    );
    assert_eq!(payer.opens_in("popup").await.status, 200);
}

#[tokio::test]
async fn a_look_that_takes_too_long_is_ended_by_its_own_start_page_only() {
    let server = TestServer::start().await;
    let mut payer = Payer::pays(&server, server.session().await, SILENT_LOOK).await;
    payer.opens_in("popup").await;
    let way = payer.claims().await;
    assert_eq!(way.body["limit_ms"], 10_000);
    assert!(
        payer.is_looked_at(&payer.way().await).await.is_none(),
        "the bank is silent"
    );

    let ours = std::mem::replace(
        &mut payer.nonce,
        checkout_protocol::crockford::encode_u128(9),
    );
    let other = payer.start_page_says("fingerprint").await;
    assert_eq!((other.status, other.code()), (409, "challenge_moved"));
    assert_eq!(payer.kind().await, "fingerprint");
    payer.nonce = ours;
    assert_eq!(payer.start_page_says("fingerprint").await.status, 200);
    assert_eq!(payer.kind().await, "challenge");
}

#[tokio::test]
async fn another_session_skips_nothing() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, SILENT_LOOK).await;
    let other = server.session().await;
    let path = format!(
        "/public/payment_sessions/{}/challenges/{}/skip_fingerprint",
        other.id, payer.challenge
    );

    let answer = server.post(&path, &other.client_secret, &json!({})).await;
    let unknown = server
        .post(
            &path.replace(&payer.challenge, "chl_00000000000000000000000000"),
            &other.client_secret,
            &json!({}),
        )
        .await;
    let stranger = server
        .post(&path, &payer.session.client_secret, &json!({}))
        .await;

    assert_eq!((answer.status, answer.code()), (404, "challenge_not_found"));
    assert_eq!(
        (unknown.status, unknown.code()),
        (404, "challenge_not_found")
    );
    assert_eq!(stranger.status, 401);
    assert_eq!(payer.kind().await, "fingerprint");
}

#[tokio::test]
async fn a_look_of_another_transaction_is_none() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, SILENT_LOOK).await;
    let path = format!("/3ds/{}/method", payer.challenge);
    for data in [
        packed(&json!({"threeDSServerTransID": "other"})),
        "garbage".to_owned(),
        String::new(),
    ] {
        let page = send(
            server
                .request("POST", &path)
                .form(&[("threeDSMethodData", &data)]),
        )
        .await;
        assert_eq!(page.status, 200);
        assert!(
            !page.body.as_str().unwrap().contains("postMessage"),
            "{}",
            page.body
        );
    }
    assert_eq!(payer.kind().await, "fingerprint");
}

#[tokio::test]
async fn forged_and_foreign_responses_change_nothing_and_the_real_one_still_pays() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let other = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let foreign = other.looked_at_and_through_the_bank("1234").await;
    let real = payer.looked_at_and_through_the_bank("1234").await;
    let made_up = packed(
        &json!({"messageType": "CRes", "transStatus": "Y", "threeDSServerTransID": "x", "acsTransID": "y"}),
    );

    for cres in ["Y", "", "{}", &made_up, &foreign.fields[0].1] {
        payer.brings(&[("cres", cres)]).await;
        payer
            .brings(&[("redirectResult", cres), ("MD", "m"), ("PaRes", cres)])
            .await;
    }
    assert_eq!(payer.attempt().await["status"], "requires_action");
    assert_eq!(server.charges(), []);
    payer.posts(&real).await;

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.session_status(&other.session).await, "open");
}

#[tokio::test]
async fn a_forged_success_with_the_right_ids_never_pays() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, NEVER_ANSWERS).await;
    payer.opens_in("redirect").await;
    let creq = unpacked(&payer.way().await.fields[0].1);
    let forged = json!({"messageType": "CRes", "transStatus": "Y", "challengeCompletionInd": "Y",
        "threeDSServerTransID": creq["threeDSServerTransID"], "acsTransID": creq["acsTransID"]});

    payer.brings(&[("cres", &packed(&forged))]).await;

    assert_eq!(payer.attempt().await["code"], "authentication_unavailable");
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_response_that_comes_five_times_at_once_charges_once() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let back = payer.looked_at_and_through_the_bank("1234").await;

    let posts: Vec<_> = (0..5)
        .map(|_| {
            tokio::spawn(send(
                server.request("POST", &back.action).form(&back.fields),
            ))
        })
        .collect();
    for page in posts {
        assert_eq!(page.await.unwrap().status, 200);
    }

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_response_after_the_payer_left_changes_nothing() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let back = payer.looked_at_and_through_the_bank("1234").await;
    let path = format!("/public/payment_sessions/{}/cancel", payer.session.id);
    let left = server
        .post(
            &path,
            &payer.session.client_secret,
            &json!({"attempt_id": payer.press}),
        )
        .await;
    assert_eq!(left.status, 200);

    payer.posts(&back).await;
    payer.skips_the_look().await;

    assert_eq!(payer.attempt().await["status"], "abandoned");
    assert_eq!(server.charges(), []);
}

#[tokio::test]
async fn a_soft_decline_is_one_press_with_two_references_and_one_ending() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let press = press();
    let first = server.confirm(&session, &press, "4000003520000908").await;
    assert_eq!(
        first.body["challenge"]["kind"], "challenge",
        "{}",
        first.body
    );
    assert_eq!(
        server.events().await,
        Vec::<String>::new(),
        "nothing failed yet"
    );
    let again = server.confirm(&session, &press, "4000003520000908").await;
    assert_eq!(again.body["challenge"]["id"], first.body["challenge"]["id"]);
    let mut payer = Payer::of(&server, session, press);
    payer.challenge = first.body["challenge"]["id"].as_str().unwrap().to_owned();
    payer.opens_in("popup").await;
    let back = payer.through_the_bank("1234").await;
    payer.posts(&back).await;

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.events().await, ["payment.succeeded"]);
    assert_eq!(server.charges().len(), 1);
    let attempt = newest(&server, &payer.session).await;
    assert!(attempt.retry_of.is_some());
    assert_eq!(
        server.sandbox.app().ledger()[0].reference,
        attempt.id.to_string()
    );
}

#[tokio::test]
async fn a_soft_decline_whose_answer_got_lost_goes_on_when_the_press_comes_again() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let press = press();
    server.faults(json!({"answer": "drop_after_charge", "notifications": "drop"}));
    let lost = server.confirm(&session, &press, "4000003520000908").await;
    assert_eq!(lost.body["status"], "processing");
    server.faults(json!({}));

    let again = server.confirm(&session, &press, "4000003520000908").await;

    assert_eq!(
        again.body["challenge"]["kind"], "challenge",
        "{}",
        again.body
    );
    assert_eq!(server.charges(), []);
}

/// After a step the card is not there any more; what the payer does next is authenticated from the start.
#[tokio::test]
async fn a_soft_decline_after_a_step_asks_for_authentication_at_the_next_press() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let attempt = newest(&server, &payer.session).await;
    let declined = Answer {
        acquirer_reference: None,
        verdict: Verdict::Declined(ErrorCode::AuthenticationRequired),
    };
    record_answer(server.app(), attempt.id, Call::Finish, Ok(declined))
        .await
        .unwrap();

    // A card that would be refused for want of authentication first.
    let next = Payer::pays(&server, payer.session, "4000003520000908").await;

    let retry = newest(&server, &next.session).await;
    assert_eq!(retry.retry_of, Some(attempt.id), "asked for at once");
}

#[tokio::test]
async fn a_soft_decline_without_the_payer_stays_one() {
    let server = TestServer::start().await;
    let customer = server.customer().await;
    let session = server
        .session_with(json!({"customer": customer, "save_payment_method": true}))
        .await;
    let envelope = server.envelope(&session, "4000002760003184").await;
    let mut body = crate::support::confirmation(&press(), &envelope);
    body["save_card"] = json!(true);
    let answer = server.confirm_with(&session, &body).await;
    let mut payer = Payer::of(&server, session, String::new());
    payer.challenge = answer.body["challenge"]["id"].as_str().unwrap().to_owned();
    payer.opens_in("popup").await;
    let way = payer.way().await;
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let form = [("code", "1234")];
    let back = http.post(&way.action).form(&form).send().await.unwrap();
    let location = back.headers()["location"].to_str().unwrap().to_owned();
    let path = location.replace("http://checkout.localhost:4101", "");
    send(server.request("GET", &path)).await;
    let cards = server
        .get(
            &format!("/v1/payment_methods?customer={customer}"),
            &server.secret_key,
        )
        .await;
    let card = &cards.body["data"][0]["id"];

    let body =
        json!({"amount": 500, "currency": "ISK", "customer": customer, "payment_method": card});
    let charged = server.post("/v1/payments", &server.secret_key, &body).await;

    assert_eq!(
        charged.body["failure_code"], "authentication_required",
        "{}",
        charged.body
    );
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn the_first_3d_secures_answer_is_handed_on() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, "4000002500003155").await;
    assert_eq!(payer.kind().await, "redirect");
    payer.opens_in("popup").await;
    let way = payer.way().await;
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let back = http
        .post(&way.action)
        .form(&[("code", "1234")])
        .send()
        .await
        .unwrap();
    let location = back.headers()["location"].to_str().unwrap().to_owned();
    let (_, result) = location.split_once("redirectResult=").unwrap();

    payer.brings(&[("MD", "m"), ("PaRes", result)]).await;

    assert_eq!(server.session_status(&payer.session).await, "complete");
}

#[tokio::test]
async fn pages_stand_in_a_frame_only_when_that_was_announced() {
    let server = TestServer::start().await;
    let mut payer = Payer::pays(&server, server.session().await, SILENT_LOOK).await;
    let policy = async |path: String| {
        let page = send(server.request("GET", &path)).await;
        page.header("content-security-policy").unwrap().to_owned()
    };
    let start = format!("/3ds/{}", payer.challenge);
    assert!(
        policy(start.clone())
            .await
            .contains("frame-ancestors 'none'")
    );
    payer.opens_in("popup").await;
    assert!(
        policy(start.clone())
            .await
            .contains("frame-ancestors 'none'")
    );
    payer.nonce = checkout_protocol::crockford::encode_u128(2);
    payer.opens_in("inline").await;
    let own = format!("frame-ancestors 'self' {ORIGIN}");
    assert!(policy(start.clone()).await.contains(&own));
    assert!(policy(format!("{start}/return")).await.contains(&own));
    let unknown = send(server.request("GET", "/3ds/chl_00000000000000000000000000")).await;
    assert_eq!(
        (unknown.status, unknown.code()),
        (404, "challenge_not_found")
    );
}

#[tokio::test]
async fn a_look_that_nobody_ends_is_ended_by_the_sweep_and_the_bank_is_opened_anew() {
    let server = TestServer::start().await;
    let mut payer = Payer::pays(&server, server.session().await, SILENT_LOOK).await;
    payer.opens_in("popup").await;
    payer.way().await;

    recover_attempts(server.app(), When::Sweep).await.unwrap();
    assert_eq!(payer.kind().await, "fingerprint", "it has its time");
    server.clock.advance_ms(MINUTE_MS);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(payer.kind().await, "challenge");
    assert_eq!(payer.attempt().await["challenge"]["opened"], false);
    payer.nonce = checkout_protocol::crockford::encode_u128(2);
    assert_eq!(payer.opens_in("redirect").await.status, 200);
    let way = payer.way().await;
    assert_eq!(way.fields[0].0, "creq");
}

#[tokio::test]
async fn a_payer_who_passed_and_never_came_back_is_settled_with_the_acquirer() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    payer.looked_at_and_through_the_bank("1234").await;

    server.clock.advance_ms(5 * MINUTE_MS);
    recover_attempts(server.app(), When::Sweep).await.unwrap();
    assert_eq!(
        payer.attempt().await["status"],
        "requires_action",
        "the bank has ten minutes"
    );
    server.clock.advance_ms(7 * MINUTE_MS);
    recover_attempts(server.app(), When::Sweep).await.unwrap();

    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_payer_who_never_answered_leaves_a_declined_payment_and_a_session_that_expires() {
    let server = TestServer::start().await;
    for (number, ending) in [
        (NEVER_ANSWERS, json!("authentication_unavailable")),
        ("4000002500003155", Value::Null),
        (SILENT_LOOK, json!("authentication_unavailable")),
    ] {
        let payer = Payer::pays(&server, server.session().await, number).await;
        // One sweep for each step.
        for _ in 0..2 {
            server.clock.advance_ms(12 * MINUTE_MS);
            recover_attempts(server.app(), When::Sweep).await.unwrap();
        }
        assert_eq!(payer.attempt().await["code"], ending, "{number}");
        assert_eq!(server.payment(&payer.session).await["status"], "failed");
        server.clock.advance_ms(60 * MINUTE_MS);
        expire_sessions(server.app()).await.unwrap();
        assert_eq!(server.session_status(&payer.session).await, "expired");
    }
    assert_eq!(server.charges(), []);
}

/// A result of the bank is refused by the acquirer.
async fn is_refused(server: &TestServer, attempt: &Attempt) -> State {
    let brought = Change::ChallengeReturned(BankResult::Redirect("wrong".to_owned()));
    settle_attempt(server.app(), attempt.id, brought, None)
        .await
        .unwrap();
    let refusal = Err(CallError::Rejected {
        status: 422,
        code: "14_006".to_owned(),
    });
    let settled = record_answer(server.app(), attempt.id, Call::Finish, refusal).await;
    settled.unwrap().unwrap().state
}

#[tokio::test]
async fn a_result_that_is_refused_leaves_the_step_open_until_its_time_is_over_and_not_for_ever() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let pays = Payer::pays(&server, session, "4000002500003155").await;
    let attempt = newest(&server, &pays.session).await;

    server.clock.advance_ms(9 * MINUTE_MS);
    assert_eq!(is_refused(&server, &attempt).await, State::ActionRequired);
    // Whoever keeps bringing wrong ones does not keep the session from its end.
    server.clock.advance_ms(3 * MINUTE_MS);
    assert_eq!(is_refused(&server, &attempt).await, State::Declined);

    let told = pays.attempt().await;
    assert_eq!(told["code"], "challenge_abandoned", "{told}");
    let again = server
        .confirm(&pays.session, &press(), "4242424242424242")
        .await;
    assert_eq!(again.body["status"], "succeeded", "{}", again.body);
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn a_look_whose_answer_got_lost_is_told_again_at_the_next_start() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    server.faults(json!({"answer": "drop_after_charge"}));
    payer.skips_the_look().await;
    assert_eq!(payer.attempt().await["status"], "processing");
    server.faults(json!({}));

    recover_attempts(server.app(), When::Start).await.unwrap();

    assert_eq!(payer.kind().await, "challenge");
}
