//! The server dies by `kill -9` after the acquirer charged and before the answer was stored. One charge, and the
//! session ends as paid: by the acquirer's notification, or by the living frame sending the same press again.

use serde_json::json;

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
