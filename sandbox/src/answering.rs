//! How a processor request is answered: who asks, once per idempotency key, and with the faults in force.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::watch;

use crate::App;
use crate::connection::Connection;
use crate::faults::{AnswerFault, Plan};
use crate::idempotency::{Claimed, StoredAnswer};
use crate::service_error::ServiceError;
use crate::wire::{ModificationResponse, PaymentResponse, StoredPaymentMethods};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const TRANSIENT_ERROR: HeaderName = HeaderName::from_static("transient-error");

/// Marks an answer that must not arrive.
#[derive(Clone, Copy)]
struct Lost;

/// What an answer's body may say of the answer itself.
pub(crate) trait Body200: Serialize {
    /// What becomes of it, whatever faults are in force.
    fn fault(&self) -> Option<AnswerFault> {
        None
    }
}

impl Body200 for PaymentResponse {
    fn fault(&self) -> Option<AnswerFault> {
        self.fault
    }
}

impl Body200 for ModificationResponse {}
impl Body200 for StoredPaymentMethods {}
impl Body200 for () {}

/// Answers one request on `path` by `work`, whose success has the status `success`.
///
/// The work goes on when the caller hangs up: a real processor does not notice either.
pub(crate) async fn answer<T, W>(
    app: Arc<App>,
    path: String,
    headers: HeaderMap,
    success: StatusCode,
    work: W,
) -> Response
where
    T: Body200,
    W: FnOnce(&App, Plan) -> Result<T, ServiceError> + Send + 'static,
{
    if !headers
        .get(API_KEY)
        .is_some_and(|key| app.knows_api_key(key.as_bytes()))
    {
        return ServiceError::unauthorised().into_response();
    }
    let key = match idempotency_key(&headers) {
        Ok(key) => key,
        Err(error) => return error.into_response(),
    };
    let plan = app.faults.plan();
    match plan.answer {
        AnswerFault::Error500BeforeCharge => return ServiceError::internal().into_response(),
        AnswerFault::DropBeforeCharge => {
            let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
            response.extensions_mut().insert(Lost);
            return response;
        }
        AnswerFault::Normal | AnswerFault::Hold | AnswerFault::DropAfterCharge => {}
    }

    let claim = match key.as_ref().map(|key| app.answers.claim(&path, key)) {
        None => None,
        Some(Claimed::First(claim)) => Some(claim),
        Some(Claimed::Before(stored)) => return send(&app, stored, key.as_deref(), plan).await,
        Some(Claimed::InProgress) => {
            let transient = [(TRANSIENT_ERROR, HeaderValue::from_static("true"))];
            return (transient, ServiceError::in_progress()).into_response();
        }
    };
    let worker = Arc::clone(&app);
    let done = tokio::spawn(async move {
        let stored = stored(success, &work(&worker, plan));
        tokio::time::sleep(plan.answer_delay).await;
        // What failed for no reason of the request's may be tried again under its key.
        if let Some(claim) = claim.filter(|_| stored.status != StatusCode::INTERNAL_SERVER_ERROR) {
            claim.answer(stored.clone());
        }
        stored
    });
    match done.await {
        Ok(stored) => send(&app, stored, key.as_deref(), plan).await,
        Err(_) => ServiceError::internal().into_response(),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ServiceError> {
    headers
        .get(IDEMPOTENCY_KEY)
        .map(|value| match value.to_str() {
            Ok(key) if (1..=64).contains(&key.len()) => Ok(key.to_owned()),
            Ok(_) | Err(_) => Err(ServiceError::idempotency_key_invalid()),
        })
        .transpose()
}

fn stored<T: Body200>(success: StatusCode, outcome: &Result<T, ServiceError>) -> StoredAnswer {
    match outcome {
        Ok(_) if success == StatusCode::NO_CONTENT => StoredAnswer {
            status: success,
            body: Vec::new(),
            fault: None,
        },
        Ok(body) => StoredAnswer {
            status: success,
            body: serde_json::to_vec(body).unwrap_or_default(),
            fault: body.fault(),
        },
        Err(error) => {
            let (status, body) = error.parts();
            StoredAnswer {
                status,
                body,
                fault: None,
            }
        }
    }
}

async fn send(app: &App, stored: StoredAnswer, key: Option<&str>, plan: Plan) -> Response {
    let fault = stored.fault.unwrap_or(plan.answer);
    if fault == AnswerFault::Hold {
        app.faults.cleared(plan.epoch).await;
    }
    let has_content = !stored.body.is_empty();
    let mut response = (stored.status, Body::from(stored.body)).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if has_content {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(key) = key.and_then(|key| HeaderValue::from_str(key).ok()) {
        headers.insert(IDEMPOTENCY_KEY, key);
    }
    if fault == AnswerFault::DropAfterCharge {
        response.extensions_mut().insert(Lost);
    }
    response
}

/// Breaks off the connection of an answer that must not arrive, and of every open request once the sandbox stops.
pub(crate) async fn end_when_stopped(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let connection = request
        .extensions()
        .get::<ConnectInfo<Connection>>()
        .cloned();
    let response = tokio::select! {
        response = next.run(request) => response,
        () = stopped(app.stopped.clone()) => {
            let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
            response.extensions_mut().insert(Lost);
            response
        }
    };
    if let (Some(_), Some(ConnectInfo(connection))) =
        (response.extensions().get::<Lost>(), connection)
    {
        connection.sever();
    }
    response
}

/// Waits for the end of the sandbox; its owner being gone is the end too.
pub(crate) async fn stopped(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
