//! The real program as a process of its own, to be killed.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use sandbox::Sandbox;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Session, charges, send, session_of, settings, start_sandbox, until};

/// The real program on a port of its own, which it keeps over a restart.
pub struct Program {
    pub address: SocketAddr,
    pub sandbox: Sandbox,
    pub secret_key: String,
    config: PathBuf,
    child: Option<Running>,
    _dir: TempDir,
}

impl Program {
    pub async fn start() -> Self {
        Self::start_with("").await
    }

    /// The same with these lines before the usual settings.
    pub async fn start_with(more: &str) -> Self {
        let address = free_port();
        let sandbox = start_sandbox(address).await;
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("embed-server.toml");
        let usual = settings(dir.path(), address, &sandbox).await;
        std::fs::write(&config, format!("{more}{usual}")).unwrap();
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

    pub async fn run(&mut self) {
        self.child = Some(Running::start(&self.config, self.address).await);
    }

    /// Another process with the same settings, at another address.
    pub async fn beside(&self) -> Running {
        Running::start(&self.config, free_port()).await
    }

    /// SIGKILL: nothing of the program runs after this.
    pub fn kill(&mut self) {
        drop(self.child.take().unwrap());
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn session(&self) -> Session {
        let request = reqwest::Client::new()
            .post(self.url("/v1/payment_sessions"))
            .bearer_auth(&self.secret_key)
            .json(&json!({"mode": "embedded", "amount": 1990, "origin": crate::support::ORIGIN}));
        session_of(&send(request).await.body)
    }

    pub async fn status(&self, session: &Session) -> String {
        let url = self.url(&format!("/v1/payment_sessions/{}", session.id));
        let request = reqwest::Client::new()
            .get(url)
            .bearer_auth(&self.secret_key);
        send(request).await.body["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn confirm(&self, session: &Session, body: &Value) -> reqwest::RequestBuilder {
        reqwest::Client::new()
            .post(self.url(&format!("/public/payment_sessions/{}/confirm", session.id)))
            .bearer_auth(&session.client_secret)
            .json(body)
    }

    /// Sends a press and kills the server once the acquirer has charged and still owes the answer.
    pub async fn charge_and_die(&mut self, session: &Session, body: &Value, notifications: &str) {
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

    pub fn clear_faults(&self) {
        self.sandbox
            .app()
            .set_faults(serde_json::from_value(json!({})).unwrap());
    }
}

/// A process, which dies by SIGKILL when this is dropped.
pub struct Running {
    pub address: SocketAddr,
    child: Child,
}

impl Running {
    async fn start(config: &Path, address: SocketAddr) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_embed-server"))
            .args(["serve", "--config"])
            .arg(config)
            .env("BORGA_LISTEN", address.to_string())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let running = Self { address, child };
        let url = format!("http://{address}/healthz");
        until("the server is up", || async {
            reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
        })
        .await;
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
