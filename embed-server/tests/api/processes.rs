//! Two processes on one database: whichever one a request reaches, the answer is right.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Session, TestServer, confirmation, press, send};

fn confirm(base: &str, session: &Session, body: &Value) -> reqwest::RequestBuilder {
    let url = format!("{base}/public/payment_sessions/{}/confirm", session.id);
    reqwest::Client::new()
        .post(url)
        .bearer_auth(&session.client_secret)
        .json(body)
}

#[tokio::test]
async fn a_long_poll_hears_what_the_other_process_changed() {
    let server = TestServer::start().await;
    let other = server.sibling().await;
    let session = server.session().await;
    let version = server.view(&session).await["version"].as_u64().unwrap();
    let url = format!(
        "{}/public/payment_sessions/{}?after={version}&wait=25",
        other.base, session.id
    );
    let poll = reqwest::Client::new()
        .get(url)
        .bearer_auth(&session.client_secret);
    let waiting = tokio::spawn(send(poll));

    let began = tokio::time::Instant::now();
    let paid = server.confirm(&session, &press(), "4242424242424242").await;
    assert_eq!(paid.body["status"], "succeeded");

    let heard = waiting.await.unwrap();
    assert!(
        heard.body["version"].as_u64().unwrap() > version,
        "{}",
        heard.body
    );
    // Not when its own time was over: it would have answered with the version that it knew.
    assert!(began.elapsed().as_secs() < 25);
}

#[tokio::test]
async fn two_sessions_of_one_payment_confirmed_at_once_on_two_processes_make_one_charge() {
    let server = TestServer::start().await;
    let other = server.sibling().await;
    for _ in 0..5 {
        let charged = server.charges().len();
        let first = server.session().await;
        let second =
            json!({"mode": "embedded", "payment": first.payment, "origin": crate::support::ORIGIN});
        let second = server
            .post("/v1/payment_sessions", &server.secret_key, &second)
            .await;
        let second = crate::support::session_of(&second.body);
        let bodies = [
            confirmation(&press(), &server.envelope(&first, "4242424242424242").await),
            confirmation(
                &press(),
                &server.envelope(&second, "4242424242424242").await,
            ),
        ];
        let requests = [
            confirm(&server.base, &first, &bodies[0]),
            confirm(&other.base, &second, &bodies[1]),
        ];
        let answers = join_all(requests.into_iter().map(send)).await;

        let paid = answers
            .iter()
            .filter(|answer| answer.body["status"] == "succeeded")
            .count();
        assert_eq!(
            paid,
            1,
            "{:?}",
            answers
                .iter()
                .map(|answer| &answer.body)
                .collect::<Vec<_>>()
        );
        assert_eq!(server.charges().len(), charged + 1);
        assert_eq!(server.session_status(&first).await, "complete");
        assert_eq!(server.session_status(&second).await, "complete");
    }
}

#[tokio::test]
async fn the_same_press_on_two_processes_is_one_charge() {
    let server = TestServer::start().await;
    let other = server.sibling().await;
    let session = server.session().await;
    let body = confirmation(
        &press(),
        &server.envelope(&session, "4242424242424242").await,
    );
    let requests = [&server.base, &other.base, &server.base, &other.base];
    let answers = join_all(
        requests
            .into_iter()
            .map(|base| send(confirm(base, &session, &body))),
    )
    .await;
    for answer in &answers {
        assert!(
            matches!(
                answer.body["status"].as_str(),
                Some("succeeded" | "processing")
            ),
            "{}",
            answer.body
        );
    }
    assert_eq!(server.charges().len(), 1);
    assert_eq!(server.session_status(&session).await, "complete");
}

/// PostgreSQL only: a file has no server that goes away.
#[tokio::test]
async fn a_restart_of_the_database_server_is_not_noticed_by_callers() {
    let server = TestServer::start().await;
    let warm = join_all((0..12).map(|_| server.session()));
    let sessions = warm.await;
    if server.config().database_url.starts_with("postgres://") {
        let mut connection = server.database().await;
        let (ended,): (i64,) = sqlx::query_as(
            "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        assert!(ended > 1, "{ended} connections were ended");
    }

    for session in sessions {
        let path = format!("/v1/payment_sessions/{}", session.id);
        let answer = server.get(&path, &server.secret_key).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

#[tokio::test]
async fn several_processes_may_start_on_an_empty_database_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let url = crate::support::database_url(dir.path()).await;
    let opened = (0..4).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { embed_server::store::Store::open(&url).await })
    });
    for store in opened.collect::<Vec<_>>() {
        let store = store.await.unwrap().unwrap();
        store.read().await.unwrap();
    }
}

#[tokio::test]
async fn sweepers_of_two_processes_end_a_session_once() {
    use embed_server::operations::expire_sessions::expire_sessions;
    let server = TestServer::start().await;
    let other = server.sibling().await;
    for _ in 0..10 {
        server.session().await;
    }
    server.clock.advance_ms(4_000_000);
    let (here, there) = tokio::join!(expire_sessions(server.app()), expire_sessions(&other.app));
    here.unwrap();
    there.unwrap();
    let told = server.events().await;
    assert_eq!(
        told.iter()
            .filter(|event| *event == "payment_session.expired")
            .count(),
        10
    );
}
