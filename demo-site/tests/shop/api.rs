//! A stand-in for the payment API: answers the calls of the shop as documented and remembers what it was asked.
//!
//! It checks nothing that a test does not look at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the API knows, open to the test.
#[derive(Default)]
pub struct Ledger {
    /// Sessions by id.
    pub sessions: HashMap<String, Value>,
    /// Payments by id.
    pub payments: HashMap<String, Value>,
    /// Bodies of all session creations, in order.
    pub created: Vec<Value>,
    /// Idempotency keys of all session creations, in order.
    pub idempotency_keys: Vec<String>,
    /// `Authorization` of the last call.
    pub authorization: String,
    /// While set, every call is answered with this status.
    pub refuses: Option<StatusCode>,
}

impl Ledger {
    /// Makes a session with its payment, as either kind of key would.
    pub fn add(&mut self, amount: i64, currency: &str, external_reference: &str) -> Value {
        let n = self.sessions.len() + 1;
        let session = json!({
            "id": format!("ps_{n}"), "mode": "embedded", "url": null, "client_secret": format!("pcs_secret_{n}"),
            "status": "open", "payment": format!("pay_{n}"), "expires_at": "2030-01-01T00:00:00Z",
        });
        let payment = json!({
            "id": format!("pay_{n}"), "amount": amount, "currency": currency, "status": "created",
            "external_reference": external_reference, "metadata": {}, "failure_code": null,
        });
        self.sessions.insert(format!("ps_{n}"), session.clone());
        self.payments.insert(format!("pay_{n}"), payment);
        session
    }

    /// Sets the state of the newest session and its payment.
    pub fn settle(&mut self, session: &str, payment: &str) {
        let n = self.sessions.len();
        if let Some(it) = self.sessions.get_mut(&format!("ps_{n}")) {
            it["status"] = json!(session);
            if session != "open" {
                it["client_secret"] = Value::Null;
            }
        }
        self.change_payment("status", json!(payment));
    }

    /// Changes one field of the newest payment.
    pub fn change_payment(&mut self, field: &str, value: Value) {
        let n = self.payments.len();
        if let Some(it) = self.payments.get_mut(&format!("pay_{n}")) {
            it[field] = value;
        }
    }
}

/// The running stand-in.
#[derive(Clone, Default)]
pub struct Api(Arc<Mutex<Ledger>>);

impl Api {
    /// What it knows.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0
            .lock()
            .expect("no test panics with the ledger in hand")
    }

    /// Starts to answer; gives the address.
    pub async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let routes = Router::new()
            .route("/v1/payment_sessions", post(create))
            .route("/v1/payment_sessions/{id}", get(session))
            .route("/v1/payments/{id}", get(payment))
            .route("/v1/customers", post(customer))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
    }
}

fn refusal(status: StatusCode, code: &str) -> Response {
    let error = json!({ "error": { "type": "api_error", "code": code, "message": "no", "param": null, "doc_url": null } });
    (status, [("Request-Id", "req_1")], Json(error)).into_response()
}

fn seen(ledger: &mut Ledger, headers: &HeaderMap) -> Option<Response> {
    let authorization = headers.get("Authorization").and_then(|it| it.to_str().ok());
    authorization
        .unwrap_or_default()
        .clone_into(&mut ledger.authorization);
    ledger
        .refuses
        .map(|status| refusal(status, "internal_error"))
}

async fn create(State(api): State<Api>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let mut ledger = api.ledger();
    if let Some(refused) = seen(&mut ledger, &headers) {
        return refused;
    }
    let key = headers
        .get("Idempotency-Key")
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    ledger.idempotency_keys.push(key.to_owned());
    let session = ledger.add(
        body["amount"].as_i64().unwrap_or_default(),
        body["currency"].as_str().unwrap_or_default(),
        body["external_reference"].as_str().unwrap_or_default(),
    );
    ledger.created.push(body);
    (StatusCode::CREATED, Json(session)).into_response()
}

async fn customer(State(api): State<Api>, headers: HeaderMap, Json(_): Json<Value>) -> Response {
    let mut ledger = api.ledger();
    let made = || (StatusCode::CREATED, Json(json!({ "id": "cus_1" }))).into_response();
    seen(&mut ledger, &headers).unwrap_or_else(made)
}

async fn session(State(api): State<Api>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let mut ledger = api.ledger();
    let refused = seen(&mut ledger, &headers);
    refused.unwrap_or_else(|| found(ledger.sessions.get(&id)))
}

async fn payment(State(api): State<Api>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let mut ledger = api.ledger();
    let refused = seen(&mut ledger, &headers);
    refused.unwrap_or_else(|| found(ledger.payments.get(&id)))
}

fn found(object: Option<&Value>) -> Response {
    match object {
        Some(object) => Json(object).into_response(),
        None => refusal(StatusCode::NOT_FOUND, "resource_not_found"),
    }
}
