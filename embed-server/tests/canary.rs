//! Typed card data is nowhere: not in the database file, not in the log, not in any answer.
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
    for code in ["\"cvc\":\"737\"", "cvc=737", "\"737\"", "cvc: 737"] {
        assert!(!text.contains(code), "the security code is in {place}");
    }
}

fn search_folder(folder: &Path) {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            search(&path.display().to_string(), &std::fs::read(&path).unwrap());
            files += 1;
        }
    }
    assert!(
        files >= 3,
        "the database, its log and the settings were not all there"
    );
}

#[tokio::test]
async fn card_data_is_nowhere() {
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

    for answer in &answers {
        search("an answer", answer.to_string().as_bytes());
    }
    let written = log.0.lock().unwrap().clone();
    assert!(
        !written.is_empty(),
        "nothing was logged, so the search proves nothing"
    );
    search("the log", &written);
    search_folder(server.dir.path());
}
