//! The server dies by `kill -9` after the acquirer charged and before the answer was stored. One charge, and the
//! session ends as paid: by the acquirer's notification, or by the living frame sending the same press again.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::program::Program;
use crate::support::{charges, confirmation, envelope, press, send, until};

#[tokio::test]
async fn after_a_kill_the_acquirers_notification_completes_the_session() {
    let mut program = Program::start().await;
    let session = program.session().await;
    let body = confirmation(
        &press(),
        &envelope(&program.sandbox, &session.id, "4242424242424242").await,
    );

    program.charge_and_die(&session, &body, "send").await;
    program.run().await;

    until("the session is paid", || async {
        program.status(&session).await == "complete"
    })
    .await;
    assert_eq!(charges(&program.sandbox), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn after_a_kill_the_living_frame_completes_the_session_without_a_second_charge() {
    let mut program = Program::start().await;
    let session = program.session().await;
    let body = confirmation(
        &press(),
        &envelope(&program.sandbox, &session.id, "4242424242424242").await,
    );

    program.charge_and_die(&session, &body, "drop").await;
    program.run().await;
    assert_eq!(program.status(&session).await, "open");
    let other = confirmation(
        &press(),
        &envelope(&program.sandbox, &session.id, "5555555555554444").await,
    );
    let refused = send(program.confirm(&session, &other)).await;
    program.clear_faults();
    let repeated = send(program.confirm(&session, &body)).await;

    assert_eq!(refused.code(), "attempt_in_progress");
    assert_eq!(repeated.body, json!({"status": "succeeded"}));
    assert_eq!(program.status(&session).await, "complete");
    assert_eq!(charges(&program.sandbox), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn sessions_that_were_answered_outlive_a_kill_and_others_are_made_once() {
    let mut program = Program::start().await;
    let http = reqwest::Client::new();
    let answered = Arc::new(Mutex::new(Vec::new()));
    let shops: Vec<_> = (0..16)
        .map(|shop| {
            let (http, answered) = (http.clone(), Arc::clone(&answered));
            let url = program.url("/v1/payment_sessions");
            let secret_key = program.secret_key.clone();
            tokio::spawn(async move {
                for order in 0.. {
                    let key = format!("{shop}-{order}");
                    let made = new_session(&http, &url, &secret_key, &key).send().await;
                    let read = match made {
                        Ok(answer) => answer.json::<Value>().await,
                        Err(error) => Err(error),
                    };
                    let Ok(session) = read else {
                        return key;
                    };
                    answered.lock().unwrap().push((key, session));
                }
                String::new()
            })
        })
        .collect();
    until("sessions are made", || async {
        answered.lock().unwrap().len() > 100
    })
    .await;
    program.kill();
    let mut cut_off = Vec::new();
    for shop in shops {
        cut_off.push(shop.await.unwrap());
    }
    program.run().await;

    let url = program.url("/v1/payment_sessions");
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    for (key, session) in answered {
        let again = send(new_session(&http, &url, &program.secret_key, &key)).await;
        assert_eq!((again.status, &again.body), (201, &session), "{key}");
    }
    for key in cut_off {
        let first = send(new_session(&http, &url, &program.secret_key, &key)).await;
        let second = send(new_session(&http, &url, &program.secret_key, &key)).await;
        assert_eq!((first.status, &first.body), (201, &second.body), "{key}");
    }
}

fn new_session(
    http: &reqwest::Client,
    url: &str,
    secret_key: &str,
    idempotency_key: &str,
) -> reqwest::RequestBuilder {
    http.post(url)
        .bearer_auth(secret_key)
        .header("Idempotency-Key", idempotency_key)
        .json(&json!({"mode": "embedded", "amount": 1990, "origin": crate::support::ORIGIN}))
}
