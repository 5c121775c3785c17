//! The server dies by `kill -9` after the acquirer charged and before the answer was stored. One charge, and the
//! session ends as paid: by the acquirer's notification, or by the living frame sending the same press again.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use sandbox::Sandbox;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    Session, charges, confirmation, envelope, press, send, session_of, settings, start_sandbox,
    until,
};

/// The real program on a port of its own, which it keeps over a restart.
struct Program {
    address: SocketAddr,
    config: PathBuf,
    child: Option<Child>,
    sandbox: Sandbox,
    secret_key: String,
    _dir: TempDir,
}

impl Program {
    async fn start() -> Self {
        let address = free_port();
        let sandbox = start_sandbox(address).await;
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("embed-server.toml");
        std::fs::write(&config, settings(dir.path(), address, &sandbox).await).unwrap();
        let merchant = command(&config, &["merchants", "create", "--name", "Test Shop"]);
        let id = merchant["id"].as_str().unwrap();
        let key = command(
            &config,
            &[
                "keys",
                "create",
                "--merchant",
                id,
                "--type",
                "secret",
                "--mode",
                "test",
            ],
        );
        let mut program = Self {
            address,
            config,
            child: None,
            sandbox,
            secret_key: key["key"].as_str().unwrap().to_owned(),
            _dir: dir,
        };
        program.run().await;
        program
    }

    async fn run(&mut self) {
        let child = Command::new(env!("CARGO_BIN_EXE_embed-server"))
            .args(["serve", "--config"])
            .arg(&self.config)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let url = self.url("/healthz");
        until("the server is up", || async {
            reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    /// SIGKILL: nothing of the program runs after this.
    fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn session(&self) -> Session {
        let request = reqwest::Client::new()
            .post(self.url("/v1/payment_sessions"))
            .bearer_auth(&self.secret_key)
            .json(&json!({"mode": "embedded", "amount": 1990, "origin": crate::support::ORIGIN}));
        session_of(&send(request).await.body)
    }

    async fn status(&self, session: &Session) -> String {
        let url = self.url(&format!("/v1/payment_sessions/{}", session.id));
        let request = reqwest::Client::new()
            .get(url)
            .bearer_auth(&self.secret_key);
        send(request).await.body["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn confirm(&self, session: &Session, body: &Value) -> reqwest::RequestBuilder {
        reqwest::Client::new()
            .post(self.url(&format!("/public/payment_sessions/{}/confirm", session.id)))
            .bearer_auth(&session.client_secret)
            .json(body)
    }

    /// Sends a press and kills the server once the acquirer has charged and still owes the answer.
    async fn charge_and_die(&mut self, session: &Session, body: &Value, notifications: &str) {
        let faults = json!({"answer": "hold", "notifications": notifications});
        self.sandbox
            .app()
            .set_faults(serde_json::from_value(faults).unwrap());
        let pending = tokio::spawn(self.confirm(session, body).send());
        until("the acquirer charged", || async {
            charges(&self.sandbox).len() == 1
        })
        .await;
        self.kill();
        assert!(
            pending.await.unwrap().is_err(),
            "the payer's browser got no answer"
        );
    }

    fn clear_faults(&self) {
        self.sandbox
            .app()
            .set_faults(serde_json::from_value(json!({})).unwrap());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A port that stays free while the program is dead: below those that systems hand out by themselves, and another one
/// for every test.
fn free_port() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = 10_000 + u16::try_from(std::process::id() % 900).unwrap() * 10;
    (0..1_000)
        .map(|_| SocketAddr::from(([127, 0, 0, 1], start + NEXT.fetch_add(1, Ordering::Relaxed))))
        .find(|address| std::net::TcpListener::bind(address).is_ok())
        .unwrap()
}

fn command(config: &Path, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_embed-server"))
        .args(words)
        .arg("--config")
        .arg(config)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

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
