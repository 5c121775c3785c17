//! The card processor and the card issuer's bank of test mode, as one server.
//!
//! It speaks the Adyen Checkout v71 contract as far as this project uses it, and keeps the ledger that says what
//! was really charged. It must never see real card data: every number that it does not list is refused.
//!
//! It stands for somebody else's system, so it shares no code with the checkout: card checks, amounts and languages are
//! its own, and a mistake of ours cannot hide by being made on both sides.

mod acquirer;
mod answering;
mod app;
mod authentication;
mod bank;
mod bank_browser;
mod bank_faults;
mod bank_pages;
mod bank_text;
mod bank_way;
mod card;
mod card_cipher;
pub mod card_key;
mod card_on_file;
pub mod cards;
mod challenges;
mod clock;
mod connection;
mod entry;
mod expiry;
mod faults;
mod idempotency;
mod ledger;
mod modifications;
mod notifications;
mod payment_request;
mod processor;
mod random;
mod refunds;
mod refusal;
mod service_error;
mod settings;
mod signature;
mod stored_cards;
mod stored_payment_methods;
pub mod test_card;
pub mod wire;
pub mod wire_amount;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use app::App;
pub use authentication::Authentication;
pub use bank_faults::BankFault;
pub use bank_way::BankWay;
pub use clock::Clock;
pub use entry::{Entry, EntryStatus, Refund, RefundStatus};
pub use faults::{AnswerFault, FaultSettings, NotificationFault};
pub use ledger::SettleRefundError;
pub use settings::Settings;
pub use signature::{HmacKey, HmacKeyError};

use connection::{Connection, SeverableListener};

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// What `listen` said.
        address: SocketAddr,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The key file is unreadable, or holds something else.
    #[error(transparent)]
    CardKey(#[from] card_key::CardKeyError),
    /// The client that sends notifications could not be made.
    #[error("cannot make the HTTP client for notifications: {0}")]
    Client(#[from] reqwest::Error),
}

/// A running sandbox. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    app: Arc<App>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Listens and serves until [`Sandbox::stop`] or drop. Port 0 takes a free port.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the address is taken or the card key file cannot be used.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let wanted = settings.listen;
        let refused = |source| StartError::Listen {
            address: wanted,
            source,
        };
        let listener = TcpListener::bind(wanted).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;

        let (stop, stopped) = watch::channel(false);
        let app = Arc::new(App::new(settings, address, stopped.clone())?);
        let service = router(Arc::clone(&app)).into_make_service_with_connect_info::<Connection>();
        let server = tokio::spawn(async move {
            let serving = axum::serve(SeverableListener(listener), service)
                .with_graceful_shutdown(answering::stopped(stopped));
            if let Err(error) = serving.await {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        Ok(Self {
            address,
            app,
            stop,
            server,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://` and the address: the base of every route.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The state behind the routes, for a test that runs in the same process.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Stops at once: open requests lose their connection, undelivered notifications are given up.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if let Err(error) = (&mut self.server).await {
            tracing::error!(%error, "the sandbox did not stop cleanly");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// Every route of the sandbox.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .merge(processor::routes())
        .merge(stored_payment_methods::routes())
        .merge(bank::routes())
        .merge(ledger::routes())
        .merge(faults::routes())
        .fallback(|| async { service_error::ServiceError::unknown_route() })
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&app),
            answering::end_when_stopped,
        ))
        .with_state(app)
}
