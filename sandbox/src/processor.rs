//! The processor's routes. Each names its operation; how an answer is given is `answering`'s business.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::answering::answer;
use crate::card_key::CardJwk;
use crate::service_error::ServiceError;
use crate::{App, acquirer, modifications, refunds};

const BODY_BYTES_MAX: usize = 64 * 1024;

/// The contract of the processor, and the public card key.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/card-key", get(card_key))
        .route("/v71/payments", post(payments))
        .route("/v71/payments/details", post(details))
        .route("/v71/payments/{psp_reference}/reversals", post(reversals))
        .route("/v71/payments/{psp_reference}/refunds", post(refund))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

type Body = Result<Bytes, BytesRejection>;

async fn card_key(State(app): State<Arc<App>>) -> Json<CardJwk> {
    Json(app.card_key.jwk().clone())
}

async fn payments(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = body else {
        return ServiceError::too_large().into_response();
    };
    let work = move |app: &App, plan| acquirer::pay(app, &body, plan);
    answer(app, uri.path().to_owned(), headers, StatusCode::OK, work).await
}

async fn details(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = body else {
        return ServiceError::too_large().into_response();
    };
    let work = move |app: &App, plan| acquirer::finish(app, &body, plan);
    answer(app, uri.path().to_owned(), headers, StatusCode::OK, work).await
}

async fn reversals(
    State(app): State<Arc<App>>,
    Path(payment): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = body else {
        return ServiceError::too_large().into_response();
    };
    let work = move |app: &App, plan| modifications::reverse(app, &payment, &body, plan);
    answer(
        app,
        uri.path().to_owned(),
        headers,
        StatusCode::CREATED,
        work,
    )
    .await
}

async fn refund(
    State(app): State<Arc<App>>,
    Path(payment): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = body else {
        return ServiceError::too_large().into_response();
    };
    let work = move |app: &App, plan| refunds::refund(app, &payment, &body, plan);
    answer(
        app,
        uri.path().to_owned(),
        headers,
        StatusCode::CREATED,
        work,
    )
    .await
}
