//! Everything an operation works with, put together once at start.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::api_key::Mode;
use checkout_protocol::id::{Id, Kind, MerchantId};
use checkout_protocol::origin::Origin;
use checkout_protocol::timestamp::Timestamp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use crate::acquirer::Acquirer;
use crate::acquirer::adyen::client::AdyenError;
use crate::acquirer::adyen::{Adyen, ThreeDs};

use crate::acquirer::observed::Observed;
use crate::buckets::Buckets;
use crate::changes::Changes;
use crate::clock::Clock;
use crate::config::{Config, KennitalaChecksum};
use crate::domain::rate_limit::Allowances;
use crate::domain::time_limits::{TimeLimits, TimePlan};
use crate::domain::trans_status::WhenUnavailable;
use crate::domain::webhook_delivery::PAUSES_MS;
use crate::entropy::Entropy;
use crate::in_flight::InFlight;
use crate::known_keys::KnownKeys;
use crate::server_secret::ServerSecret;
use crate::session_reader::SessionReader;
use crate::session_writer::SessionWriter;
use crate::store::Store;
use crate::store::events::Happened;
use crate::webhook::send::Sender;

/// Shared by every request and worker of this process. It holds no state that another process would need.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What [`App`] points to.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Where sessions are read together.
    pub session_reader: SessionReader,
    /// What sends webhooks.
    pub webhooks: Sender,
    /// How long a process may be at a delivery before another one takes it for dead, in milliseconds.
    pub webhook_claim_ms: i64,
    /// Where new sessions are written together.
    pub session_writer: SessionWriter,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Entropy,
    /// Our own keys.
    pub secret: ServerSecret,
    /// The card acquirer.
    pub acquirer: Arc<dyn Acquirer>,
    /// The key that cards are encrypted to.
    pub card_key: CardKey,
    /// Who waits for which session.
    pub changes: Changes,
    /// Which presses are at work.
    pub in_flight: InFlight,
    /// Keys that were presented and found right.
    pub known_keys: KnownKeys,
    /// What callers may ask for.
    pub allowances: Allowances,
    /// Requests of each merchant's servers, as this process counts them.
    pub requests: Buckets<(MerchantId, Mode)>,
    /// Sessions made by each merchant's servers, as this process counts them.
    pub hot_sessions: Buckets<(MerchantId, Mode)>,
    /// Keys that were none, by the address they came from.
    pub failures: Buckets<IpAddr>,
    /// Whether a kennitala must satisfy the check digit that older numbers have.
    pub kennitala_enforced: bool,
    /// Whether a payment that could not be authenticated may stand.
    pub when_unavailable: WhenUnavailable,
    /// How long things may take.
    pub times: TimePlan,
    /// Where the frame and the 3-D Secure pages are.
    pub checkout_origin: Origin,
    /// Proxies whose word on a payer's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Test banks that are served over http.
    pub bank_origins: Vec<Origin>,
    /// Pause before a call without an answer is repeated.
    pub repeat_pause: Duration,
    /// How often one session may be tried.
    pub attempts_per_session: i64,
    /// Largest request body.
    pub body_bytes_max: usize,
    /// Where the built browser files are.
    pub assets_dir: PathBuf,
    /// Work that goes on when the connection that asked for it is gone; the end of the process waits for it.
    pub work: TaskTracker,
    /// Cancelled by the signal to stop.
    pub stopping: CancellationToken,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
#[expect(missing_docs, reason = "each carries its own words")]
pub enum StartError {
    Config(#[from] crate::config::ConfigError),
    Store(#[from] crate::store::StoreError),
    Secret(#[from] crate::server_secret::ServerSecretError),
    Acquirer(#[from] AdyenError),
    Assets(#[from] crate::http::assets::AssetsError),
    Io(#[from] std::io::Error),
    Webhooks(#[from] reqwest::Error),
}

impl App {
    /// Reads keys, opens the database and connects the acquirer.
    ///
    /// # Errors
    ///
    /// [`StartError`], in words that an operator can act on.
    pub async fn build(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        config.check_for_serving()?;
        let entropy = Entropy::default();
        let acquirer = acquirer(config)?;
        let store = Store::open(&config.database_url).await?;
        Ok(Self(Arc::new(Parts {
            card_key: config.card_key()?,
            checkout_origin: config.checkout_origin()?,
            trusted_proxies: config.trusted_proxies.clone(),
            bank_origins: config.bank_origins()?,
            secret: ServerSecret::load_or_make(&config.secrets_file, &entropy)?,
            session_reader: SessionReader::start(&store),
            session_writer: SessionWriter::start(&store),
            webhooks: webhooks(config)?,
            // The others of the same round may take as long as the slowest, and writing the round takes a moment.
            webhook_claim_ms: i64::from(config.webhooks.timeout_ms) + 10_000,
            store,
            clock,
            entropy,
            acquirer: Arc::new(Observed::new(acquirer)),
            changes: Changes::default(),
            in_flight: InFlight::default(),
            known_keys: KnownKeys::default(),
            allowances: config.rate_limits.allowances(),
            requests: Buckets::default(),
            hot_sessions: Buckets::default(),
            failures: Buckets::default(),
            kennitala_enforced: config.kennitala_checksum == KennitalaChecksum::Enforce,
            when_unavailable: if config.accept_unavailable_authentication {
                WhenUnavailable::Accept
            } else {
                WhenUnavailable::Refuse
            },
            times: time_plan(config),
            repeat_pause: Duration::from_millis(u64::from(config.acquirer.repeat_pause_ms)),
            attempts_per_session: i64::from(config.attempts_per_session),
            body_bytes_max: config.body_bytes_max,
            assets_dir: config.assets_dir.clone(),
            work: TaskTracker::new(),
            stopping: CancellationToken::new(),
        })))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Parts {
    /// This moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// This moment in microseconds since 1970.
    #[must_use]
    pub fn now_us(&self) -> i64 {
        self.now().0 * 1_000
    }

    /// A new id.
    #[must_use]
    pub fn id<K: Kind>(&self) -> Id<K> {
        self.entropy.id(self.now())
    }

    /// An event of a merchant that happens now.
    #[must_use]
    pub fn happened(&self, merchant_id: MerchantId, mode: Mode) -> Happened {
        Happened {
            id: self.id(),
            merchant_id,
            mode,
            at: self.now(),
        }
    }

    /// Starts work that must not stop when its request does, under the request's name in the log.
    pub fn spawn<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.work.spawn(work.in_current_span())
    }

    /// The limits of a mode.
    #[must_use]
    pub fn limits(&self, mode: Mode) -> TimeLimits {
        self.times.of(mode)
    }
}

fn webhooks(config: &Config) -> Result<Sender, StartError> {
    let timeout = Duration::from_millis(u64::from(config.webhooks.timeout_ms));
    Ok(Sender::new(timeout, config.webhook_test_origins()?)?)
}

/// The acquirer that the settings name.
///
/// # Errors
///
/// [`AdyenError`].
pub fn acquirer(config: &Config) -> Result<Adyen, AdyenError> {
    Adyen::new(
        &config.acquirer.base_url,
        config.acquirer.api_key.clone(),
        &config.acquirer.merchant_account,
        &config.acquirer.webhook_hmac_key,
        Duration::from_millis(u64::from(config.acquirer.timeout_ms)),
    )
    .map(|adyen| {
        adyen.with_three_ds(if config.acquirer.native_3ds {
            ThreeDs::Native
        } else {
            ThreeDs::Redirect
        })
    })
}

fn time_plan(config: &Config) -> TimePlan {
    let ms = |seconds: u32| i64::from(seconds) * 1_000;
    TimePlan {
        live: TimeLimits {
            session_life_ms: ms(config.session_life_s),
            read_after_end_ms: ms(config.read_after_end_s),
            bank_ms: ms(config.bank_time_s),
            fingerprint_ms: ms(config.fingerprint_time_s),
            bank_late_ms: 60_000,
            look_late_ms: 30_000,
            unknown_after_ms: ms(config.unknown_after_s),
            opening_ms: 2_000,
            opening_with_handle_ms: 8_000,
            webhook_pauses_ms: PAUSES_MS,
        },
        test_divisor: i64::from(config.test_mode_time_divisor),
    }
}
