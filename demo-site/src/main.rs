//! Starts the demo shop: reads the command line and the keys, opens the port, serves until it is told to stop.
//!
//! No rule of the shop belongs here, and no key is ever taken from the command line, where every user could read it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use demo_site::{Origin, Secret, Settings, serve};
use tokio::net::TcpListener;

/// A small shop that sells through Borga Checkout.
///
/// The keys come from the environment: `BORGA_SECRET_KEY` and `BORGA_PUBLISHABLE_KEY`.
#[derive(Parser)]
#[command(name = "demo-site", version)]
struct Arguments {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:4100")]
    listen: SocketAddr,
    /// Origin under which customers know the shop.
    #[arg(long, default_value = "http://shop.localhost:4100")]
    public_origin: Origin,
    /// Another origin under which the shop answers; may be given several times.
    #[arg(long = "other-origin")]
    other_origins: Vec<Origin>,
    /// Where the shop's server reaches the API.
    #[arg(long, default_value = "http://127.0.0.1:4101")]
    api_url: Origin,
    /// Origin of the checkout script and frame, as browsers know it.
    #[arg(long, default_value = "http://checkout.localhost:4101")]
    checkout_origin: Origin,
    /// Where the acquirer's sandbox can be made to fail: opens the lab under /lab.
    #[arg(long)]
    sandbox_url: Option<Origin>,
    /// Folder of the bundled React and Vue pages.
    #[arg(long, default_value = "dist/pages")]
    pages_dir: PathBuf,
    /// Have the API tell the shop of payments.
    #[arg(long)]
    register_webhook: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tracing::error!(%problem, "the shop could not start");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let mut settings = Settings {
        public_origin: arguments.public_origin,
        other_origins: arguments.other_origins,
        api_url: arguments.api_url,
        checkout_origin: arguments.checkout_origin,
        sandbox_url: arguments.sandbox_url,
        secret_key: Secret::new(key_from_environment("BORGA_SECRET_KEY", "sk_")?),
        webhook_secret: None,
        publishable_key: key_from_environment("BORGA_PUBLISHABLE_KEY", "pk_")?,
        pages_dir: arguments.pages_dir,
    };
    if arguments.register_webhook {
        let registered = settings.register_webhook().await;
        registered.map_err(|error| error.to_string())?;
    }
    let listener = TcpListener::bind(arguments.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", arguments.listen))?;
    tracing::info!(listen = %arguments.listen, public_origin = %settings.public_origin, "the shop is open");
    tokio::select! {
        ended = serve(listener, settings) => ended.map_err(|error| error.to_string()),
        stopped = told_to_stop() => stopped.map_err(|error| format!("cannot listen for signals: {error}")),
    }
}

/// Reads a key and refuses one of the wrong kind, so that a swapped pair cannot put the secret key into a page.
fn key_from_environment(name: &str, prefix: &str) -> Result<String, String> {
    let key = std::env::var(name).unwrap_or_default();
    if key.starts_with(prefix) {
        Ok(key)
    } else {
        Err(format!("{name} must hold a key that starts with {prefix}"))
    }
}

/// Waits for ctrl-c or SIGTERM. Orders live in memory only, so there is nothing to finish first.
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}
