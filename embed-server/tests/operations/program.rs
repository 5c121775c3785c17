//! The real program, with its log at hand.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};

use sandbox::{HmacKey, Sandbox};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::support::{
    API_KEY, Answer, HMAC_KEY, ORIGIN, Session, confirmation, envelope, press, send, session_of,
    settings, until,
};

/// A folder with settings, a sandbox beside it, and perhaps a server that runs on them.
pub struct Place {
    pub dir: TempDir,
    pub sandbox: Sandbox,
    pub config: PathBuf,
}

impl Place {
    /// `more` stands before the first table of the settings.
    pub async fn new(more: &str) -> Self {
        let hmac_key = HmacKey::from_hex(HMAC_KEY).unwrap();
        let sandbox = Sandbox::start(sandbox::Settings::local(API_KEY, hmac_key))
            .await
            .unwrap();
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("embed-server.toml");
        // Port 0: a free one, which the log tells.
        let usual = settings(dir.path(), ([127, 0, 0, 1], 0).into(), &sandbox).await;
        std::fs::write(&config, format!("{more}{usual}")).unwrap();
        Self {
            dir,
            sandbox,
            config,
        }
    }

    /// Puts `new` where `old` stands in the settings.
    pub fn change(&self, old: &str, new: &str) {
        let text = std::fs::read_to_string(&self.config).unwrap();
        assert!(text.contains(old), "{old} is not in {text}");
        std::fs::write(&self.config, text.replace(old, new)).unwrap();
    }

    pub async fn run(&self, words: &[&str]) -> Output {
        run(Some(&self.config), words, &[]).await
    }

    pub async fn serve(&self) -> Program {
        Program::start(self, &[]).await
    }

    /// A secret key of a new merchant, and the merchant.
    pub async fn merchant(&self) -> (String, String) {
        let merchant = json_of(
            &self
                .run(&["merchants", "create", "--name", "Test Shop"])
                .await,
        );
        let id = merchant["id"].as_str().unwrap().to_owned();
        let words = ["keys", "create", "--type", "secret", "--mode", "test"];
        let words = [&words[..], &["--merchant", &id]].concat();
        let key = json_of(&self.run(&words).await);
        (id, key["key"].as_str().unwrap().to_owned())
    }

    /// A press on Pay with a card, as the frame sends it.
    pub async fn press(&self, session: &Session, number: &str) -> Value {
        confirmation(
            &press(),
            &envelope(&self.sandbox, &session.id, number).await,
        )
    }

    pub fn faults(&self, faults: Value) {
        let faults = serde_json::from_value(faults).unwrap();
        self.sandbox.app().set_faults(faults);
    }
}

/// The program, without the variable that is meant for these tests: it would be told as a setting
/// that does not exist.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_embed-server"));
    command.env_remove("BORGA_TEST_POSTGRES");
    command
}

/// Runs a command of the program to its end.
pub async fn run(config: Option<&Path>, words: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = program();
    command.args(words).envs(variables.iter().copied());
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    command.kill_on_drop(true).output().await.unwrap()
}

fn json_of(output: &Output) -> Value {
    assert!(output.status.success(), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A server that runs.
pub struct Program {
    pub address: String,
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Program {
    pub async fn start(place: &Place, variables: &[(&str, &str)]) -> Self {
        let mut child = program()
            .args(["serve", "--config"])
            .arg(&place.config)
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let written = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                written.lock().unwrap().push(line);
            }
        });
        let mut program = Self {
            address: String::new(),
            child,
            log,
        };
        program.address = program.logged("listen").await;
        program
    }

    /// The lines that the server has written so far.
    pub fn lines(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// The same, read as JSON.
    pub fn entries(&self) -> Vec<Value> {
        let lines = self.lines();
        let read = |line: &String| serde_json::from_str(line).expect(line);
        lines.iter().map(read).collect()
    }

    /// The lines with this message.
    pub fn said(&self, message: &str) -> Vec<Value> {
        let mut entries = self.entries();
        entries.retain(|entry| entry["fields"]["message"] == message);
        entries
    }

    /// Waits for a line with this field and returns the field's text.
    pub async fn logged(&self, field: &str) -> String {
        let find = || {
            let entries = self.entries();
            entries
                .iter()
                .find_map(|entry| entry["fields"][field].as_str().map(str::to_owned))
        };
        until(&format!("`{field}` is logged"), || async {
            find().is_some()
        })
        .await;
        find().unwrap()
    }

    pub async fn heard(&self, message: &str) {
        until(&format!("the log says {message}"), || async {
            !self.said(message).is_empty()
        })
        .await;
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        // A connection of its own for each request, as from a proxy that has none to spare.
        let http = reqwest::Client::builder()
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        http.request(method, format!("http://{}{path}", self.address))
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request("GET", path)).await
    }

    pub async fn session(&self, secret_key: &str) -> Session {
        let body = json!({"mode": "embedded", "amount": 1990, "currency": "ISK", "origin": ORIGIN});
        let request = self
            .request("POST", "/v1/payment_sessions")
            .bearer_auth(secret_key)
            .json(&body);
        session_of(&send(request).await.body)
    }

    pub fn confirm(&self, session: &Session, body: &Value) -> reqwest::RequestBuilder {
        let path = format!("/public/payment_sessions/{}/confirm", session.id);
        self.request("POST", &path)
            .bearer_auth(&session.client_secret)
            .json(body)
    }

    pub async fn status(&self, session: &Session, secret_key: &str) -> String {
        let path = format!("/v1/payment_sessions/{}", session.id);
        let answer = send(self.request("GET", &path).bearer_auth(secret_key)).await;
        answer.body["status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Sends a signal, such as `TERM`.
    pub async fn signal(&self, name: &str) {
        let id = self.child.id().expect("the server runs").to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -s \"$0\" \"$1\"", name, &id])
            .status()
            .await
            .unwrap();
        assert!(sent.success());
    }

    pub async fn ended(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }
}
