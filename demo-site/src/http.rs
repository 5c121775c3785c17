//! The shop's routes and the server that answers them.
//!
//! Handlers read the request and pick a page; what an order may do is decided in `session` and `outcome`.

mod bundles;
mod checkout;
mod failure;
mod lab;
mod orders;
mod policy;
mod products;
mod static_files;
mod visit;
mod webhook;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

use crate::Settings;
use crate::gateway::{Gateway, GatewayError};
use crate::order::OrderBook;
use crate::sandbox::Sandbox;
use failure::Failure;

/// Why the shop could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The HTTP client for the API could not be made.
    #[error("the client for the API could not be made: {0}")]
    Client(#[from] reqwest::Error),
    /// The API would not tell the shop of events.
    #[error("the webhook could not be registered: {0}")]
    Webhook(#[from] GatewayError),
    /// The port broke.
    #[error("the port broke: {0}")]
    Port(#[from] std::io::Error),
}

/// What every handler can reach.
struct Shop {
    settings: Settings,
    gateway: Gateway,
    orders: OrderBook,
    /// Where the acquirer can be made to fail; then there is a lab.
    sandbox: Option<Sandbox>,
    /// How many runs of the lab's cases have begun.
    lab_runs: AtomicI64,
}

/// All routes of a shop that has no orders yet.
///
/// # Errors
///
/// When the HTTP client for the API cannot be made.
pub fn router(settings: Settings) -> Result<Router, ServeError> {
    let gateway = Gateway::new(settings.api_url.clone(), settings.secret_key.clone())?;
    let sandbox = settings.sandbox_url.clone().map(Sandbox::new).transpose()?;
    let shop = Arc::new(Shop {
        settings,
        gateway,
        orders: OrderBook::default(),
        sandbox,
        lab_runs: AtomicI64::default(),
    });
    let pages = Router::new()
        .route("/", get(products::list))
        .route("/orders", post(orders::place))
        .route("/orders.json", get(orders::list))
        .route("/orders/{id}", get(orders::show))
        .route(
            "/orders/{id}/session",
            get(checkout::session_state).post(checkout::attach_session),
        )
        .route("/checkout/element", get(checkout::element))
        .route("/checkout/returning", get(checkout::returning))
        .route("/checkout/publishable", get(checkout::publishable))
        .route("/checkout/react", get(checkout::react))
        .route("/checkout/vue", get(checkout::vue))
        .route("/lab", get(lab::list))
        .route("/lab/cases.json", get(lab::cases))
        .route("/lab/mend", post(lab::mend))
        .route("/lab/{case}", get(lab::show).post(lab::start))
        .route("/lab/{case}/verdict", post(lab::verdict))
        .route("/checkout/routed", get(checkout::routed))
        .route("/checkout/modal", get(checkout::modal))
        .route("/pages/{file}", get(bundles::serve))
        .route("/static/{file}", get(static_files::serve))
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&shop),
            visit::receive,
        ));
    // Asked by machines, so these answer to every host.
    Ok(pages
        .route("/webhooks/borga", post(webhook::receive))
        .route("/healthz", get(async || "ok"))
        .with_state(shop))
}

/// Serves the shop until the future is dropped.
///
/// # Errors
///
/// When the shop cannot be set up or the port breaks.
pub async fn serve(listener: TcpListener, settings: Settings) -> Result<(), ServeError> {
    axum::serve(listener, router(settings)?).await?;
    Ok(())
}
