//! Typed card data is nowhere: not in the database file, not in the log, not in any answer. Keys and client secrets are
//! neither in the database nor in the log, and in no answer but the one that hands them out.
//!
//! Looked for are the whole number, what it keeps beyond first six and last four, and the security code as a whole
//! value beside its label (three digits alone occur everywhere by chance).

#[path = "api/support.rs"]
#[expect(dead_code, reason = "this program needs only part of the scene")]
mod support;

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use support::{TestServer, confirmation, press, send};

const CARDS: [&str; 4] = [
    "4242424242424242",
    "4000000000000002",
    "4000002500003155",
    "4111111111111111",
];

/// What is typed anew for a saved card.
const CODE: &str = "8361";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn traces(number: &str) -> Vec<String> {
    let digits = |range: std::ops::Range<usize>| number[range].to_owned();
    let mut traces = vec![
        number.to_owned(),
        digits(0..8),
        digits(8..16),
        digits(6..12),
    ];
    // Repeated digits such as 424242 stand in the documented test cards' own last four; only longer runs tell.
    traces.retain(|trace| {
        trace
            .chars()
            .collect::<std::collections::HashSet<_>>()
            .len()
            > 1
    });
    traces
}

fn search(place: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for number in CARDS {
        for trace in traces(number) {
            assert!(
                !text.contains(&trace),
                "{trace} of a card number is in {place}"
            );
        }
    }
    for code in ["737", CODE] {
        for trace in [
            format!("\"cvc\":\"{code}\""),
            format!("cvc={code}"),
            format!("\"{code}\""),
            format!("cvc: {code}"),
        ] {
            assert!(!text.contains(&trace), "the security code is in {place}");
        }
    }
}

/// The log without figures of time, which can have any digits.
fn without_times(log: &[u8]) -> String {
    String::from_utf8_lossy(log)
        .lines()
        .map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            line.as_object_mut().unwrap().remove("timestamp");
            let fields = line["fields"].as_object_mut().unwrap();
            fields.retain(|name, _| !name.starts_with("elapsed"));
            line.to_string()
        })
        .collect()
}

fn search_secrets(place: &str, bytes: &[u8], secrets: &[String]) {
    let text = String::from_utf8_lossy(bytes);
    for secret in secrets {
        assert!(
            !text.contains(secret.as_str()),
            "{}… is in {place}",
            &secret[..12]
        );
    }
}

/// The files in `folder`, but for the settings: the acquirer's key is theirs.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|it| it != "toml") {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    files
}

/// The tables of a database that is no file.
async fn tables(server: &TestServer) -> Vec<(String, Vec<u8>)> {
    if server.config().database_url.starts_with("sqlite:") {
        return Vec::new();
    }
    let mut connection = server.database().await;
    let names: Vec<(String,)> = sqlx::query_as(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut tables = Vec::new();
    for (name,) in names {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM {name}");
        let rows: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let text: String = rows.into_iter().map(|(row,)| row).collect();
        tables.push((name, text.into_bytes()));
    }
    assert!(
        tables
            .iter()
            .any(|(name, text)| name == "payments" && !text.is_empty())
    );
    tables
}

/// Everything that a merchant's server does with secrets in hand; returns the secrets, and the answers that must not
/// have them.
async fn use_secrets(server: &TestServer) -> (Vec<String>, Vec<Value>) {
    let key = &server.secret_key;
    let mut secrets = vec![
        key.clone(),
        support::API_KEY.into(),
        support::HMAC_KEY.into(),
    ];
    let mut answers = Vec::new();
    let text = |body: &Value, name: &str| body[name].as_str().unwrap().to_owned();

    let made = server
        .post(
            "/v1/api_keys",
            key,
            &json!({"type": "secret", "mode": "test"}),
        )
        .await;
    secrets.push(text(&made.body, "key"));
    let path = format!("/v1/api_keys/{}/rotate", text(&made.body, "id"));
    let rotated = server.post(&path, key, &json!({})).await;
    secrets.push(text(&rotated.body, "key"));
    answers.push(server.get("/v1/api_keys", key).await.body);

    let customer = server.customer().await;
    let method = server.saved_card(&customer, "4242424242424242").await;
    let charge = json!({"amount": 700, "customer": customer, "payment_method": method});
    let paid = server.post_once("/v1/payments", "again-700", &charge).await;
    answers.push(
        server
            .post("/v1/refunds", key, &json!({"payment": paid.body["id"]}))
            .await
            .body,
    );
    answers.push(paid.body);

    let body = json!({"mode": "embedded", "amount": 1990, "origin": support::ORIGIN});
    let made = server
        .post_once("/v1/payment_sessions", "cart-1", &body)
        .await;
    let again = server
        .post_once("/v1/payment_sessions", "cart-1", &body)
        .await;
    assert_eq!(
        made.body, again.body,
        "sealed, and opened for a repeated request"
    );
    let session = support::session_of(&made.body);
    secrets.push(session.client_secret.clone());
    answers.push(server.view(&session).await);
    answers.push(server.get("/v1/payment_sessions", key).await.body);
    for wrong in [format!("{key}x"), format!("{}x", session.client_secret)] {
        let path = format!("/public/payment_sessions/{}", session.id);
        answers.push(server.get(&path, &wrong).await.body);
        answers.push(server.get("/v1/payments", &wrong).await.body);
        answers.push(server.get(&format!("/v1/payments/{wrong}"), key).await.body);
        answers.push(
            server
                .post("/v1/payments", key, &json!({"amount": wrong}))
                .await
                .body,
        );
        secrets.push(wrong);
    }
    (secrets, answers)
}

/// Pays with a saved card whose code is typed anew, right and wrong, and in the clear as a wrong client might; returns
/// the answers, and the envelope as what may be nowhere either.
async fn type_a_code(server: &TestServer) -> (Vec<Value>, String) {
    let customer = server.customer().await;
    let method = server.saved_card(&customer, "378282246310005").await;
    let more = json!({"customer": customer, "require_cvc_recollection": true});
    let session = server.session_with(more).await;
    let payload = sandbox::test_card::code(CODE);
    let sealed = server.sealed(&session, &payload).await;
    let mut answers = Vec::new();
    for code in [json!(CODE), payload, sealed.clone()] {
        let mut body = confirmation(&press(), "");
        body.as_object_mut().unwrap().remove("encrypted_card");
        body["payment_method"] = json!(method);
        body["encrypted_security_code"] = code;
        answers.push(server.confirm_with(&session, &body).await.body);
    }
    assert_eq!(answers[2]["status"], "succeeded", "{}", answers[2]);
    answers.push(server.view(&session).await);
    answers.push(server.payment(&session).await);
    (answers, sealed.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn card_data_and_secrets_are_nowhere() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For the whole process, so that nothing is logged past it; therefore this test is a program of its own.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let server = TestServer::start().await;
    let mut answers: Vec<Value> = Vec::new();

    for number in CARDS {
        let session = server.session().await;
        let envelope = server.envelope(&session, number).await;
        let press = press();
        let body = confirmation(&press, &envelope);
        answers.push(server.confirm_with(&session, &body).await.body);
        answers.push(server.confirm_with(&session, &body).await.body);
        answers.push(server.view(&session).await);
        answers.push(server.payment(&session).await);
        let page = send(server.request("GET", &format!("/embed/{}", session.id))).await;
        answers.push(page.body);
        // What a wrong client might send in the clear must not come back either.
        for wrong in [
            json!({"attempt_id": press, "encrypted_card": number, "browser": {}}),
            json!({"attempt_id": number, "encrypted_card": {"number": number, "cvc": "737"}}),
            json!({"number": number, "cvc": "737"}),
        ] {
            answers.push(server.confirm_with(&session, &wrong).await.body);
        }
        let path = format!("/public/payment_sessions/{}/confirm", session.id);
        let broken = server
            .request("POST", &path)
            .bearer_auth(&session.client_secret)
            .header("content-type", "application/json")
            .body(format!("{{\"number\": \"{number}\", \"cvc\": \"737\""));
        answers.push(send(broken).await.body);
    }

    let (more, sealed) = type_a_code(&server).await;
    answers.extend(more);
    for answer in &answers {
        search("an answer", answer.to_string().as_bytes());
    }
    let (mut secrets, more) = use_secrets(&server).await;
    // Opaque as it is, nobody may keep it: it is worth something in its session.
    secrets.push(sealed);
    for answer in &more {
        search_secrets("an answer", answer.to_string().as_bytes(), &secrets);
    }
    answers.extend(more);

    let written = log.0.lock().unwrap().clone();
    assert!(
        !written.is_empty(),
        "nothing was logged, so the search proves nothing"
    );
    let written = without_times(&written);
    search("the log", written.as_bytes());
    search_secrets("the log", written.as_bytes(), &secrets);
    let files = files(server.dir.path());
    for (path, bytes) in &files {
        search(path, bytes);
        search_secrets(path, bytes, &secrets);
    }
    let tables = tables(&server).await;
    for (table, bytes) in &tables {
        search(table, bytes);
        search_secrets(table, bytes, &secrets);
    }
    assert!(
        files.len() + tables.len() >= 5,
        "the database, its log and the other files were not all there"
    );
}
