//! A merchant's server that is told of events.

use std::collections::VecDeque;
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
}

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
        format!("webhooks.test_origins = [\"{}\"]\n", self.origin)
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
    let (status, wait) = {
        let mut inner = receiver.inner.lock().unwrap();
        inner.told.push(Told {
            path,
            headers,
            body,
        });
        let status = inner.answers.pop_front().unwrap_or(200);
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
