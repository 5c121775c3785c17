//! Whatever browsers, banks and strangers send while a payer is at the bank changes nothing, and the right result still pays.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::challenges::{back, challenged};
use crate::payer::Payer;
use crate::support::{ORIGIN, TestServer, send};

const LOOKED_AND_ASKED: &str = "4000003520000809";
const ROUNDS: u32 = 40;

/// JSON with the names that this flow reads, mostly with values that none of them takes.
fn json_body() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9a-z]{26}".prop_map(Value::from),
        prop_oneof![
            Just("popup"),
            Just("inline"),
            Just("redirect"),
            Just(ORIGIN)
        ]
        .prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("nonce".to_owned()),
        Just("surface".to_owned()),
        Just("page_url".to_owned()),
        Just("window_size".to_owned()),
        Just("attempt_id".to_owned()),
        Just("token".to_owned()),
        Just("redeemer".to_owned()),
        any::<String>(),
    ];
    let object = proptest::collection::btree_map(name, leaf, 0..5)
        .prop_map(|fields| json!(fields).to_string());
    prop_oneof![4 => object, 1 => any::<String>()]
}

/// A form as banks post it.
fn form_body() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        Just("cres".to_owned()),
        Just("redirectResult".to_owned()),
        Just("MD".to_owned()),
        Just("PaRes".to_owned()),
        Just("threeDSMethodData".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec((name, any::<String>()), 0..4)
}

fn sample<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

/// What forged results of a redirect meet is the acquirer itself.
#[tokio::test]
async fn nothing_that_comes_back_from_a_redirect_but_its_own_result_changes_anything() {
    let server = TestServer::start().await;
    let challenged = challenged(&server, server.session().await).await;
    let real = challenged.through_the_bank(&server, "popup", "1234").await;
    let before = server.view(&challenged.session).await["last_attempt"].clone();
    let path = format!("/3ds/{}/return", challenged.id);
    let mut runner = TestRunner::deterministic();
    for _ in 0..ROUNDS {
        let form = sample(&mut runner, &form_body());
        let posted = send(server.request("POST", &path).form(&form)).await;
        let got = send(server.request("GET", &path).query(&form)).await;
        for answer in [posted, got] {
            assert!(answer.status < 500, "{form:?}: {}", answer.status);
        }
    }

    let now = server.view(&challenged.session).await["last_attempt"].clone();
    assert_eq!(now, before);
    back(&server, &real).await;
    assert_eq!(server.session_status(&challenged.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}

#[tokio::test]
async fn nothing_that_is_sent_while_the_payer_is_at_the_bank_changes_anything() {
    let server = TestServer::start().await;
    let payer = Payer::pays(&server, server.session().await, LOOKED_AND_ASKED).await;
    let back = payer.looked_at_and_through_the_bank("1234").await;
    let before = payer.attempt().await;
    assert_eq!(before["challenge"]["opened"], true, "{before}");
    let (session, challenge) = (&payer.session.id, &payer.challenge);
    let of_session = format!("/public/payment_sessions/{session}");
    let mut runner = TestRunner::deterministic();
    for _ in 0..ROUNDS {
        let body = sample(&mut runner, &json_body());
        for path in [
            format!("/3ds/{challenge}/claim"),
            format!("/3ds/{challenge}/fingerprint"),
            "/public/resume".to_owned(),
            format!("{of_session}/challenges/{challenge}/surface"),
        ] {
            let request = server
                .request("POST", &path)
                .bearer_auth(&payer.session.client_secret)
                .header("content-type", "application/json")
                .body(body.clone());
            let answer = send(request).await;
            assert!(
                (400..500).contains(&answer.status),
                "{path} {body}: {}",
                answer.status
            );
        }
        let form = sample(&mut runner, &form_body());
        for path in [
            format!("/3ds/{challenge}/return"),
            format!("/3ds/{challenge}/method"),
        ] {
            let answer = send(server.request("POST", &path).form(&form)).await;
            assert!(answer.status < 500, "{path} {form:?}: {}", answer.status);
        }
        let told = send(server.request("POST", "/webhooks/adyen").body(body.clone())).await;
        assert!((400..500).contains(&told.status), "{body}: {}", told.status);
    }

    assert_eq!(payer.attempt().await, before);
    assert_eq!(server.charges(), []);
    payer.posts(&back).await;
    assert_eq!(server.session_status(&payer.session).await, "complete");
    assert_eq!(server.charges().len(), 1);
}
