//! `/healthz` says that the process runs, `/readyz` what keeps it from working.

use std::time::Duration;

use crate::support::{TestServer, send};

async fn get(server: &TestServer, path: &str) -> (u16, String) {
    let answer = send(server.request("GET", path)).await;
    (
        answer.status,
        answer.body.as_str().unwrap_or_default().to_owned(),
    )
}

#[tokio::test]
async fn a_database_that_is_away_is_named_and_no_reason_to_restart() {
    let server = TestServer::start().await;
    assert_eq!(get(&server, "/readyz").await, (200, "ready".to_owned()));

    server.app().store.close().await;

    let away = "the database does not answer".to_owned();
    assert_eq!(get(&server, "/readyz").await, (503, away));
    assert_eq!(get(&server, "/healthz").await, (200, "ok".to_owned()));
}

#[tokio::test]
async fn a_database_that_is_busy_is_not_waited_for() {
    let server = TestServer::start().await;
    let mut held = Vec::new();
    // Until none is left.
    while let Ok(taken) =
        tokio::time::timeout(Duration::from_secs(1), server.app().store.read()).await
    {
        held.push(taken.unwrap());
    }

    let busy = "the database does not answer within a second".to_owned();
    assert_eq!(get(&server, "/readyz").await, (503, busy));
    drop(held);
    assert_eq!(get(&server, "/readyz").await.0, 200);
}

#[tokio::test]
async fn every_reason_has_a_line() {
    let server = TestServer::start().await;
    let mut connection = server.database().await;
    sqlx::query("DELETE FROM _sqlx_migrations")
        .execute(&mut connection)
        .await
        .unwrap();
    server.app().stopping.cancel();

    let both = "shutting down\nthe database has not the schema of this program".to_owned();
    assert_eq!(get(&server, "/readyz").await, (503, both));
}
