//! The `embed-server` program: serves, and lets an operator make merchants and keys. No rules are decided here.

use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, MerchantId};
use clap::{Args, Parser, Subcommand, ValueEnum};
use embed_server::acquirer::Approval;
use embed_server::app::{App, StartError};
use embed_server::clock::SystemClock;
use embed_server::config::Config;
use embed_server::entropy::Entropy;
use embed_server::http::assets::Assets;
use embed_server::operations::create_api_key::{NewKey, create_api_key};
use embed_server::operations::create_merchant;
use embed_server::operations::settle_attempt::{Change, Settled, settle_attempt};
use embed_server::store::Store;
use embed_server::{http, workers};
use serde_json::json;

#[derive(Parser)]
#[command(about, version)]
struct Cli {
    /// Settings file; without it the defaults and the environment (`BORGA_…`) decide.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the checkout.
    Serve,
    /// Make or change merchants.
    #[command(subcommand)]
    Merchants(Merchants),
    /// Make API keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Settle attempts that the acquirer never told us about.
    #[command(subcommand)]
    Attempts(Attempts),
}

#[derive(Subcommand)]
enum Attempts {
    /// Write what the acquirer says of an attempt, after asking it.
    Settle {
        /// `att_…`, from the server's log.
        attempt: AttemptId,
        /// What became of it.
        #[arg(long = "as")]
        ending: EndingName,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum EndingName {
    /// The acquirer shows the charge.
    Authorised,
    /// The acquirer shows no charge.
    Declined,
}

#[derive(Subcommand)]
enum Merchants {
    /// Make a merchant; test mode works at once.
    Create {
        /// Its name, as payers see it.
        #[arg(long)]
        name: String,
    },
    /// Let a merchant take real money.
    Verify {
        /// `mer_…`
        merchant: MerchantId,
    },
    /// Set where payers may be returned to, besides a session's own origin.
    Update {
        /// `mer_…`
        merchant: MerchantId,
        /// A host name; repeat it for more.
        #[arg(long)]
        redirect_domain: Vec<String>,
    },
}

#[derive(Subcommand)]
enum Keys {
    /// Make a key. Its text is printed once and never again.
    Create(CreateKey),
}

#[derive(Args)]
struct CreateKey {
    /// `mer_…`
    #[arg(long)]
    merchant: MerchantId,
    /// For servers or for pages.
    #[arg(long = "type")]
    key_type: KeyTypeName,
    /// With the sandbox or with real money.
    #[arg(long)]
    mode: ModeName,
    /// A name for it, to tell it from others in lists.
    #[arg(long)]
    label: Option<String>,
    /// Where a publishable key may be used, such as `https://shop.example`; repeat it for more.
    #[arg(long)]
    origin: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum KeyTypeName {
    Secret,
    Publishable,
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeName {
    Test,
    Live,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("embed-server: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn run(cli: Cli) -> Result<(), Failure> {
    let config = Config::load(cli.config.as_deref())?;
    match cli.command {
        Command::Serve => serve(&config).await,
        Command::Merchants(command) => merchants(&config, command).await,
        Command::Keys(Keys::Create(command)) => create_key(&config, command).await,
        Command::Attempts(Attempts::Settle { attempt, ending }) => {
            settle(&config, attempt, ending).await
        }
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "info,sqlx=warn".into());
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let app = App::build(config, Arc::new(SystemClock)).await?;
    let assets =
        Assets::load(&app.assets_dir, app.checkout_origin.as_str()).map_err(StartError::from)?;
    let listener = tokio::net::TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("setting `listen`: {}: {error}", config.listen))?;
    tracing::info!(listen = %config.listen, checkout_origin = %app.checkout_origin, "serving");
    tokio::spawn(workers::run(app.clone()));
    tokio::spawn(workers::follow(app.clone()));
    let service =
        http::router(app.clone(), assets).into_make_service_with_connect_info::<SocketAddr>();
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let changes = app.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop_signal().await;
        tracing::info!("stopping");
        changes.changes.stop();
        let _ = stop.send(true);
    });
    let grace_over = async move {
        let _ = stopped.changed().await;
        tokio::time::timeout(GRACE, std::future::pending::<()>()).await
    };
    tokio::select! {
        ended = server.into_future() => ended?,
        _ = grace_over => tracing::warn!("some requests were cut off"),
    }
    app.store.close().await;
    Ok(())
}

/// How long requests may go on after the signal to stop; what they leave unfinished is recovered at the next start.
const GRACE: std::time::Duration = std::time::Duration::from_secs(10);

/// Ctrl-C or SIGTERM.
async fn stop_signal() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be heard");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

async fn merchants(config: &Config, command: Merchants) -> Result<(), Failure> {
    let store = Store::open(&config.database_url).await?;
    let merchant = match command {
        Merchants::Create { name } => {
            create_merchant::create_merchant(&store, &SystemClock, &Entropy::default(), &name)
                .await?
        }
        Merchants::Verify { merchant } => {
            create_merchant::verify_merchant(&store, merchant).await?
        }
        Merchants::Update {
            merchant,
            redirect_domain,
        } => create_merchant::set_redirect_domains(&store, merchant, redirect_domain).await?,
    };
    println!("{}", serde_json::to_string(&merchant.view())?);
    Ok(())
}

async fn settle(config: &Config, attempt: AttemptId, ending: EndingName) -> Result<(), Failure> {
    let app = App::build(config, Arc::new(SystemClock)).await?;
    let change = match ending {
        EndingName::Authorised => Change::Approved(Approval::default()),
        EndingName::Declined => Change::Declined(ErrorCode::ProcessingError),
    };
    let settled = settle_attempt(&app, attempt, change, None).await?;
    if let Settled::Refused(attempt) = &settled {
        let state = attempt.state.as_str();
        return Err(format!("the attempt is already {state} and stays so").into());
    }
    let attempt = settled.attempt();
    println!(
        "{}",
        json!({"id": attempt.id, "state": attempt.state, "payment": attempt.payment_id})
    );
    Ok(())
}

async fn create_key(config: &Config, command: CreateKey) -> Result<(), Failure> {
    let store = Store::open(&config.database_url).await?;
    let new = NewKey {
        merchant_id: command.merchant,
        key_type: match command.key_type {
            KeyTypeName::Secret => KeyType::Secret,
            KeyTypeName::Publishable => KeyType::Publishable,
        },
        mode: match command.mode {
            ModeName::Test => Mode::Test,
            ModeName::Live => Mode::Live,
        },
        label: command.label,
        origins: command.origin,
    };
    let (text, key) = create_api_key(&store, &SystemClock, &Entropy::default(), new).await?;
    let origins: Vec<String> = key
        .allowed_origins
        .iter()
        .map(ToString::to_string)
        .collect();
    println!(
        "{}",
        json!({
            "id": key.id, "type": key.key_type, "mode": key.mode, "key": text.expose(),
            "allowed_origins": origins, "created_at": key.created_at,
        })
    );
    Ok(())
}
