//! A merchant's server that is told of events.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;

/// What came in one request.
#[derive(Clone, Debug)]
pub struct Told {
    /// The last part of the path: tells endpoints of one receiver apart.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// What it was answered.
    pub status: u16,
}

impl Told {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Inner {
    told: Vec<Told>,
    /// Answers to come; 200 when there is none.
    answers: VecDeque<u16>,
    held: bool,
    /// How often `/flaky` was told each event.
    flaky: HashMap<Vec<u8>, u8>,
}

impl Inner {
    /// Whether `/flaky` fails this time: up to three times for an event, how often is in its id.
    fn fails(&mut self, id: &[u8]) -> bool {
        let told = self.flaky.entry(id.to_vec()).or_default();
        *told = told.saturating_add(1);
        *told <= id.last().map_or(0, |last| last % 4)
    }
}

/// Nobody is there.
pub const DEAD: &str = "http://dead.localhost:1";

/// Listens below `hooks.localhost`, which the server's settings must allow.
#[derive(Clone)]
pub struct Receiver {
    pub origin: String,
    inner: Arc<Mutex<Inner>>,
    released: Arc<tokio::sync::Notify>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let receiver = Self {
            origin: format!("http://hooks.localhost:{port}"),
            inner: Arc::default(),
            released: Arc::default(),
        };
        let router = Router::new()
            .route("/{path}", post(receive))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    /// The line of the settings that lets test mode reach it.
    pub fn setting(&self) -> String {
        let origin = &self.origin;
        format!("webhooks.test_origins = [\"{origin}\", \"{DEAD}\"]\n")
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.origin)
    }

    /// What came to `path`, in its order.
    pub fn told(&self, path: &str) -> Vec<Told> {
        let inner = self.inner.lock().unwrap();
        let mine = inner.told.iter().filter(|told| told.path == path);
        mine.cloned().collect()
    }

    /// The answers of the next requests, whatever they are for; 200 after them.
    pub fn answer(&self, statuses: &[u16]) {
        self.inner.lock().unwrap().answers = statuses.iter().copied().collect();
    }

    /// Requests below `/slow` are not answered until this is called.
    pub fn release(&self) {
        self.inner.lock().unwrap().held = true;
        self.released.notify_waiters();
    }
}

async fn receive(
    State(receiver): State<Receiver>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let is_slow = path == "slow";
    let released = receiver.released.notified();
    let id = headers.get("webhook-id").map(|id| id.as_bytes().to_vec());
    let (status, wait) = {
        let mut inner = receiver.inner.lock().unwrap();
        let fails = (path == "flaky").then(|| inner.fails(&id.unwrap_or_default()));
        let status = match fails {
            Some(true) => 500,
            Some(false) => 200,
            None => inner.answers.pop_front().unwrap_or(200),
        };
        inner.told.push(Told {
            path,
            headers,
            body,
            status,
        });
        (status, is_slow && !inner.held)
    };
    if wait {
        released.await;
    }
    let status = StatusCode::from_u16(status).unwrap();
    if status.is_redirection() {
        let elsewhere = [(header::LOCATION, format!("{}/elsewhere", receiver.origin))];
        return (status, elsewhere).into_response();
    }
    (status, "thank you").into_response()
}
