//! Starts the sandbox from flags or `SANDBOX_…` variables and ends it on a signal. No rules live here.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use sandbox::{Clock, HmacKey, Sandbox, Settings};
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use url::Url;

/// The card processor and the bank of test mode. It moves no money and must never be given a real card.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address and port to listen on.
    #[arg(long, env = "SANDBOX_LISTEN", default_value = "127.0.0.1:4102")]
    listen: SocketAddr,
    /// Origin under which a payer's browser reaches the bank page.
    #[arg(long, env = "SANDBOX_PUBLIC_ORIGIN")]
    public_origin: Option<Url>,
    /// Key that the gateway sends as `X-API-Key`.
    #[arg(long, env = "SANDBOX_API_KEY", hide_env_values = true)]
    api_key: SecretString,
    /// The merchant account that exists here.
    #[arg(long, env = "SANDBOX_MERCHANT_ACCOUNT", default_value = "BorgaDemo")]
    merchant_account: String,
    /// Where notifications are posted; without it none are sent.
    #[arg(long, env = "SANDBOX_NOTIFICATION_URL")]
    notification_url: Option<Url>,
    /// Hexadecimal key that signs notifications.
    #[arg(long, env = "SANDBOX_HMAC_KEY", hide_env_values = true)]
    hmac_key: SecretString,
    /// Milliseconds before a refused notification is sent again; doubles up to five seconds.
    #[arg(long, env = "SANDBOX_NOTIFICATION_RETRY_MS", default_value_t = 500)]
    notification_retry_ms: u64,
    /// Milliseconds after which a late notification is sent.
    #[arg(long, env = "SANDBOX_LATE_NOTIFICATION_MS", default_value_t = 30_000)]
    late_notification_ms: u64,
    /// PKCS#8 file of the card key, made if absent; without it every start makes a new key.
    #[arg(long, env = "SANDBOX_CARD_KEY_FILE")]
    card_key_file: Option<PathBuf>,
    /// How log lines look on standard error.
    #[arg(long, env = "SANDBOX_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    write_logs(arguments.log_format);
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the sandbox cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let sandbox = Sandbox::start(settings(arguments)?).await?;
    tracing::info!(address = %sandbox.address(), "the sandbox is listening");

    tokio::select! {
        _ = terminate.recv() => {}
        pressed = tokio::signal::ctrl_c() => pressed?,
    }
    // Nothing is worth waiting for: the end of the process ends every connection.
    drop(sandbox);
    Ok(())
}

fn settings(arguments: Arguments) -> Result<Settings, sandbox::HmacKeyError> {
    use secrecy::ExposeSecret;

    Ok(Settings {
        listen: arguments.listen,
        public_origin: arguments.public_origin,
        api_key: arguments.api_key,
        merchant_account: arguments.merchant_account,
        notification_url: arguments.notification_url,
        hmac_key: HmacKey::from_hex(arguments.hmac_key.expose_secret())?,
        notification_retry: Duration::from_millis(arguments.notification_retry_ms),
        late_notification: Duration::from_millis(arguments.late_notification_ms),
        card_key_file: arguments.card_key_file,
        clock: Clock::system(),
    })
}

fn write_logs(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
