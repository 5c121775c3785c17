//! The only axum. This file is the table of URLs; handlers read a request, call one operation and write its answer.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::http::assets::Assets;

pub mod assets;
mod body;
mod challenge;
mod challenge_text;
mod client_secret;
mod cors;
mod credentials;
mod csp_reports;
mod diagnose;
mod error;
mod frame;
mod health;
mod idempotency;
mod lenient;
mod merchants;
pub mod metrics;
mod notifications;
mod page;
mod payment_sessions;
mod payments;
mod public_sessions;
mod request_id;
pub mod server;
mod session_request;

/// Every URL of the server.
pub fn router(app: App, assets: Assets) -> Router {
    let body_bytes_max = app.body_bytes_max;
    let api = Router::new()
        .route(
            "/v1/payment_sessions",
            post(payment_sessions::create).options(cors::preflight),
        )
        .route("/v1/payment_sessions/{id}", get(payment_sessions::retrieve))
        .route("/v1/payments/{id}", get(payments::retrieve))
        .route("/v1/merchants/current", get(merchants::current))
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
        .route("/public/csp-reports", post(csp_reports::receive))
        .route("/embed/{id}", get(frame::document))
        .route("/3ds/{challenge}", get(challenge::start))
        .route("/3ds/{challenge}/claim", post(challenge::claim))
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
        .layer(axum::Extension(assets))
        .layer(DefaultBodyLimit::max(body_bytes_max))
        .layer(CatchPanicLayer::custom(error::after_panic))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            request_id::name_request,
        ))
        .with_state(app)
}
