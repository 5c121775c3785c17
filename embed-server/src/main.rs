//! The `embed-server` program: serves, and lets an operator make merchants and keys. No rules are decided here.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use checkout_protocol::api_key::{KeyType, Mode};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::{AttemptId, MerchantId};
use clap::{Args, Parser, Subcommand, ValueEnum};
use embed_server::acquirer::Approval;
use embed_server::app::{App, StartError};
use embed_server::clock::SystemClock;
use embed_server::config::{self, Config, ConfigError};
use embed_server::entropy::Entropy;
use embed_server::http::assets::{Assets, BUILT_FOR};
use embed_server::http::inventory::Inventory;
use embed_server::operations::create_api_key::{NewKey, create_api_key};
use embed_server::operations::create_merchant;
use embed_server::operations::settle_attempt::{Change, Settled, settle_attempt};
use embed_server::store::Store;
use embed_server::{check, logging, serve};
use serde_json::json;

/// Requests are made of thousands of small pieces; the system's allocator takes several times as long for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Print the effective settings; secrets are not shown.
    Config {
        /// Print the commented default file as it is.
        #[arg(long)]
        default: bool,
    },
    /// Try everything that serving needs, without serving; one line for each finding.
    Check,
    /// Print every script, style and security header that payers' browsers get, as JSON.
    Inventory {
        /// Of these built files as they are, instead of those of the settings for the settings' checkout origin.
        #[arg(long, value_name = "FOLDER")]
        as_built: Option<PathBuf>,
    },
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

/// The exit code when the settings are wrong; clap ends with the same for wrong words.
const WRONG_SETTINGS: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            for line in error.to_string().lines() {
                eprintln!("embed-server: {line}");
            }
            if is_about_settings(error.as_ref()) {
                ExitCode::from(WRONG_SETTINGS)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn is_about_settings(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<ConfigError>()
        || matches!(
            error.downcast_ref(),
            Some(StartError::Config(_) | StartError::Acquirer(_) | StartError::Assets(_))
        )
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let file = cli.config.as_deref();
    match cli.command {
        Command::Serve => serve(file).await?,
        Command::Check => return Ok(check(file).await),
        Command::Config { default: true } => print!("{}", config::DEFAULTS),
        Command::Config { default: false } => {
            warn_of_variables();
            print!("{}", Config::show(file)?);
        }
        Command::Inventory {
            as_built: Some(dir),
        } => print_inventory(&dir, BUILT_FOR)?,
        Command::Inventory { as_built: None } => {
            let config = load(file)?;
            print_inventory(&config.assets_dir, &config.checkout_origin)?;
        }
        Command::Merchants(command) => merchants(&load(file)?, command).await?,
        Command::Keys(Keys::Create(command)) => create_key(&load(file)?, command).await?,
        Command::Attempts(Attempts::Settle { attempt, ending }) => {
            settle(&load(file)?, attempt, ending).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings of a command that does not serve.
fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
    warn_of_variables();
    Config::load(file)
}

fn warn_of_variables() {
    for sentence in unknown_variables() {
        eprintln!("embed-server: {sentence}");
    }
}

async fn serve(file: Option<&Path>) -> Result<(), Failure> {
    let config = Config::load_for_serving(file)?;
    let assets =
        Assets::load(&config.assets_dir, &config.checkout_origin).map_err(StartError::from)?;
    let telemetry = logging::start(config.log_format)?;
    for sentence in unknown_variables() {
        tracing::warn!("{sentence}");
    }
    let served = serve::serve(&config, assets).await;
    tokio::task::spawn_blocking(|| telemetry.finish()).await?;
    served
}

async fn check(file: Option<&Path>) -> ExitCode {
    let works = check::check(file, &unknown_variables(), |finding| println!("{finding}")).await;
    if works {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn print_inventory(dir: &Path, checkout_origin: &str) -> Result<(), Failure> {
    let assets = Assets::load(dir, checkout_origin).map_err(StartError::from)?;
    let inventory = Inventory::of(&assets, dir, checkout_origin)?;
    println!("{}", serde_json::to_string_pretty(&inventory)?);
    Ok(())
}

fn unknown_variables() -> Vec<String> {
    // A name that is not UTF-8 is no setting's.
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    config::unknown_variables(names)
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
