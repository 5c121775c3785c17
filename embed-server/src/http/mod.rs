//! The only axum. This file is the table of URLs; handlers read a request, call one operation and write its answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::http::assets::Assets;

mod api_keys;
pub mod assets;
mod body;
mod challenge;
mod challenge_text;
mod client_secret;
mod cors;
mod credentials;
mod csp_reports;
mod customers;
mod diagnose;
mod error;
mod events;
mod frame;
mod health;
mod hosted;
mod idempotency;
pub mod inventory;
mod lenient;
mod look;
mod merchants;
mod method_page;
pub mod metrics;
mod notifications;
pub mod openapi;
mod page;
mod payment_methods;
mod payment_sessions;
mod payments;
mod public_sessions;
mod query;
mod rate_limit;
mod refunds;
mod request_id;
mod resume;
pub mod server;
mod session_request;
mod shown;
mod webhook_endpoints;

/// Of brotli's 11 (gzip has 9). A payer waits for it, and one step more costs the server twice the time for a hundredth
/// of the bytes.
const DOCUMENT_QUALITY: i32 = 5;

/// Every URL of the server.
pub fn router(app: App, assets: Assets) -> Router {
    let body_bytes_max = app.body_bytes_max;
    let api = Router::new()
        .merge(merchant_api())
        .route("/public/diagnose", get(diagnose::diagnose))
        .route("/public/payment_sessions/{id}", get(public_sessions::view))
        .route(
            "/public/payment_sessions/{id}/confirm",
            post(public_sessions::confirm),
        )
        .route(
            "/public/payment_sessions/{id}/cancel",
            post(public_sessions::cancel),
        )
        .route(
            "/public/payment_sessions/{id}/challenges/{challenge}/surface",
            post(public_sessions::surface),
        )
        .route(
            "/public/payment_sessions/{id}/challenges/{challenge}/skip_fingerprint",
            post(public_sessions::skip_fingerprint),
        )
        .route(
            "/public/payment_sessions/{id}/payment_methods/{method}/detach",
            post(public_sessions::detach),
        )
        .route(
            "/public/payment_sessions/{id}/poll_status",
            get(public_sessions::poll_status).post(public_sessions::poll_status),
        )
        .route("/public/look", post(look::judge))
        .route(
            "/public/resume",
            post(resume::resume).options(cors::preflight),
        )
        .route("/public/csp-reports", post(csp_reports::receive))
        .merge(documents())
        .route("/{session}", get(hosted::page))
        .route("/3ds/{challenge}", get(challenge::start))
        .route("/3ds/{challenge}/claim", post(challenge::claim))
        .route("/3ds/{challenge}/method", post(method_page::notified))
        .route("/3ds/{challenge}/fingerprint", post(challenge::look_over))
        .route(
            "/3ds/{challenge}/return",
            get(challenge::returned).post(challenge::returned_by_post),
        )
        .route("/webhooks/adyen", post(notifications::adyen))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz));
    assets::routes(api, &assets)
        .fallback(error::no_such_route)
        .method_not_allowed_fallback(error::no_such_method)
        .layer(axum::Extension(Arc::new(assets)))
        .layer(DefaultBodyLimit::max(body_bytes_max))
        .layer(CatchPanicLayer::custom(error::after_panic))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            request_id::name_request,
        ))
        .with_state(app)
}

/// Large answers that everybody may read. One with a secret or a one-time token is never compressed: its length would
/// tell of it.
fn documents() -> Router<App> {
    Router::new()
        .route("/embed/{id}", get(frame::document))
        .route("/openapi.json", get(openapi::serve))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(DOCUMENT_QUALITY)))
}

/// What merchants' servers call; only the first is also for their pages.
fn merchant_api() -> Router<App> {
    Router::new()
        .route(
            "/v1/payment_sessions",
            post(payment_sessions::create)
                .get(payment_sessions::list)
                .options(cors::preflight),
        )
        .route("/v1/payment_sessions/{id}", get(payment_sessions::retrieve))
        .route("/v1/payments", post(payments::create).get(payments::list))
        .route(
            "/v1/payments/{id}",
            get(payments::retrieve)
                .post(payments::update)
                .patch(payments::update),
        )
        .route("/v1/refunds", post(refunds::create).get(refunds::list))
        .route("/v1/refunds/{id}", get(refunds::retrieve))
        .route(
            "/v1/customers",
            post(customers::create).get(customers::list),
        )
        .route(
            "/v1/customers/{id}",
            get(customers::retrieve)
                .post(customers::update)
                .patch(customers::update),
        )
        .route("/v1/payment_methods", get(payment_methods::list))
        .route(
            "/v1/payment_methods/{id}",
            get(payment_methods::retrieve).delete(payment_methods::delete),
        )
        .route(
            "/v1/payment_methods/{id}/set_default",
            post(payment_methods::make_default),
        )
        .route("/v1/api_keys", post(api_keys::create).get(api_keys::list))
        .route(
            "/v1/api_keys/{id}",
            get(api_keys::retrieve)
                .post(api_keys::update)
                .patch(api_keys::update)
                .delete(api_keys::revoke),
        )
        .route("/v1/api_keys/{id}/rotate", post(api_keys::rotate))
        .route(
            "/v1/webhook_endpoints",
            post(webhook_endpoints::create).get(webhook_endpoints::list),
        )
        .route(
            "/v1/webhook_endpoints/{id}",
            get(webhook_endpoints::retrieve)
                .post(webhook_endpoints::update)
                .patch(webhook_endpoints::update)
                .delete(webhook_endpoints::delete),
        )
        .route(
            "/v1/webhook_endpoints/{id}/rotate_secret",
            post(webhook_endpoints::rotate_secret),
        )
        .route(
            "/v1/webhook_endpoints/{id}/test",
            post(webhook_endpoints::test),
        )
        .route(
            "/v1/webhook_endpoints/{id}/deliveries",
            get(webhook_endpoints::deliveries),
        )
        .route(
            "/v1/webhook_endpoints/{id}/deliveries/{delivery}/retry",
            post(webhook_endpoints::retry),
        )
        // `POST /v1/events` belongs to usage events, which are not there yet.
        .route("/v1/events", get(events::list))
        .route("/v1/events/{id}", get(events::retrieve))
        .route("/v1/merchants/current", get(merchants::current))
        .layer(middleware::from_fn(rate_limit::tell))
}
