//! Log lines on standard error: JSON for programs or text for a person, as much as `RUST_LOG` says.

use std::io::IsTerminal as _;

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::LogFormat;
use crate::telemetry::Telemetry;

/// What is logged unless `RUST_LOG` says otherwise.
const USUAL: &str = "info,sqlx=warn";

/// Logs from now on, for the whole process.
///
/// # Errors
///
/// When this process already logs, or when traces are wanted and cannot be sent.
pub fn start(format: LogFormat) -> Result<Telemetry, Box<dyn std::error::Error + Send + Sync>> {
    let telemetry = Telemetry::start()?;
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        // Not `fmt`'s own JSON: it parses the fields of every span again for every line.
        LogFormat::Json => json_subscriber::layer()
            .with_writer(std::io::stderr)
            // It is also in the list.
            .with_current_span(false)
            .boxed(),
        LogFormat::Text => fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .boxed(),
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| USUAL.into());
    let mut layers = vec![lines];
    layers.extend(telemetry.layer());
    tracing_subscriber::registry()
        .with(layers)
        .with(filter)
        .try_init()?;
    Ok(telemetry)
}
