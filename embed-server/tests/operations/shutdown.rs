//! A server that is asked to stop finishes what it began.

use serde_json::json;

use crate::metrics::{read, value};
use crate::program::Place;
use crate::support::{charges, send, until};

#[tokio::test]
async fn while_it_drains_it_takes_connections_and_is_not_ready() {
    let place = Place::new("shutdown_drain_ms = 600000\n").await;
    let mut program = place.serve().await;
    let before = program.get("/readyz").await;
    assert_eq!((before.status, before.body), (200, json!("ready")));
    assert_eq!(before.headers.get("connection"), None);

    program.signal("TERM").await;
    program.heard("stopping").await;

    let after = program.get("/readyz").await;
    assert_eq!((after.status, &after.body), (503, &json!("shutting down")));
    assert_eq!(after.header("connection"), Some("close"));
    assert_eq!(program.get("/healthz").await.status, 200);
    program.signal("INT").await;
    assert_eq!(
        program.ended().await.code(),
        Some(1),
        "the second signal ends at once"
    );
}

#[tokio::test]
async fn a_payment_whose_payer_is_gone_is_waited_for() {
    let place = Place::new("").await;
    let (_, key) = place.merchant().await;
    let mut program = place.serve().await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;
    place.faults(json!({"answer": "hold", "notifications": "drop"}));

    let press = tokio::spawn(program.confirm(&session, &body).send());
    until("the acquirer charged", || async {
        charges(&place.sandbox).len() == 1
    })
    .await;
    press.abort();
    assert!(press.await.unwrap_err().is_cancelled());
    program.signal("TERM").await;
    program.heard("stopping").await;
    until("no connection is taken", || async {
        program.request("GET", "/healthz").send().await.is_err()
    })
    .await;
    place.faults(json!({}));

    assert!(program.ended().await.success());
    let program = place.serve().await;
    assert_eq!(program.status(&session, &key).await, "complete");
    assert_eq!(charges(&place.sandbox), [(1990, "charged".to_owned())]);
}

#[tokio::test]
async fn what_outlives_the_grace_is_cut_off_and_told() {
    let place = Place::new("shutdown_grace_s = 0\n").await;
    let (_, key) = place.merchant().await;
    let mut program = place.serve().await;
    let session = program.session(&key).await;
    let body = place.press(&session, "4242424242424242").await;
    place.faults(json!({"answer": "hold", "notifications": "drop"}));

    let press = tokio::spawn(program.confirm(&session, &body).send());
    until("the acquirer charged", || async {
        charges(&place.sandbox).len() == 1
    })
    .await;
    program.signal("TERM").await;

    assert!(program.ended().await.success());
    program
        .heard("stopped while requests or payments were under way")
        .await;
    assert!(press.await.unwrap().is_err());
}

#[tokio::test]
async fn a_long_poll_ends_when_the_server_does() {
    let place = Place::new("metrics_listen = \"127.0.0.1:0\"\n").await;
    let (_, key) = place.merchant().await;
    let mut program = place.serve().await;
    let metrics = program.logged("metrics_listen").await;
    let session = program.session(&key).await;

    let path = format!("/public/payment_sessions/{}?after=99&wait=25", session.id);
    let poll = program
        .request("GET", &path)
        .bearer_auth(&session.client_secret);
    let poll = tokio::spawn(send(poll));
    until("the poll waits", || async {
        value(&read(&metrics).await, "borga_long_polls_open").as_deref() == Some("1")
    })
    .await;
    program.signal("TERM").await;

    assert_eq!(poll.await.unwrap().status, 200);
    assert!(program.ended().await.success());
    program.heard("stopped").await;
}
