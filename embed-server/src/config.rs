//! Settings: the commented default file is compiled in, a file and the environment override it, and the whole is
//! checked before the port opens. Everything that is wrong is said at once.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::rate_limit::{Allowance, Allowances};

use fault::invalid;
use read::Found;

mod card_key;
mod fault;
mod names;
mod read;
mod rules;
mod show;

pub use fault::{ConfigError, Fault};
pub use names::unknown_variables;

/// The commented default file.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Every setting; `config.default.toml` explains them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "documented once, in config.default.toml")]
pub struct Config {
    pub listen: SocketAddr,
    pub metrics_listen: String,
    pub log_format: LogFormat,
    pub shutdown_drain_ms: u32,
    pub shutdown_grace_s: u32,
    pub database_url: String,
    pub secrets_file: PathBuf,
    pub assets_dir: PathBuf,
    pub trusted_proxies: Vec<IpAddr>,
    pub checkout_origin: String,
    pub session_life_s: u32,
    pub read_after_end_s: u32,
    pub bank_time_s: u32,
    pub fingerprint_time_s: u32,
    pub accept_unavailable_authentication: bool,
    pub attempts_per_session: u32,
    pub body_bytes_max: usize,
    pub unknown_after_s: u32,
    pub test_mode_time_divisor: u32,
    pub kennitala_checksum: KennitalaChecksum,
    pub rate_limits: RateLimitConfig,
    pub webhooks: WebhookConfig,
    pub acquirer: AcquirerConfig,
}

/// How merchants are told of events.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "documented once, in config.default.toml")]
pub struct WebhookConfig {
    pub timeout_ms: u32,
    pub test_origins: Vec<String>,
}

/// What a kennitala that does not satisfy the check digit of older numbers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum KennitalaChecksum {
    /// Accepted: numbers issued since 18 February 2026 have no check digit.
    Hint,
    /// Refused.
    Enforce,
}

impl TryFrom<String> for KennitalaChecksum {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "hint" => Ok(Self::Hint),
            "enforce" => Ok(Self::Enforce),
            _ => Err("must be hint or enforce"),
        }
    }
}

/// How much callers may ask for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "documented once, in config.default.toml")]
pub struct RateLimitConfig {
    pub requests_per_minute: u32,
    pub requests_burst: u32,
    pub hot_per_minute: u32,
    pub hot_burst: u32,
    pub page_per_minute: u32,
    pub page_burst: u32,
    pub failures_per_minute: u32,
    pub failures_burst: u32,
}

impl RateLimitConfig {
    /// As allowances.
    #[must_use]
    pub const fn allowances(&self) -> Allowances {
        const fn of(per_minute: u32, burst: u32) -> Allowance {
            Allowance { per_minute, burst }
        }
        Allowances {
            requests: of(self.requests_per_minute, self.requests_burst),
            hot: of(self.hot_per_minute, self.hot_burst),
            page: of(self.page_per_minute, self.page_burst),
            failures: of(self.failures_per_minute, self.failures_burst),
        }
    }

    /// Every allowance with its name, for the rules.
    const fn named(&self) -> [(&'static str, u32); 8] {
        [
            ("rate_limits.requests_per_minute", self.requests_per_minute),
            ("rate_limits.requests_burst", self.requests_burst),
            ("rate_limits.hot_per_minute", self.hot_per_minute),
            ("rate_limits.hot_burst", self.hot_burst),
            ("rate_limits.page_per_minute", self.page_per_minute),
            ("rate_limits.page_burst", self.page_burst),
            ("rate_limits.failures_per_minute", self.failures_per_minute),
            ("rate_limits.failures_burst", self.failures_burst),
        ]
    }
}

/// How the acquirer is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "documented once, in config.default.toml")]
pub struct AcquirerConfig {
    pub base_url: String,
    pub api_key: SecretString,
    pub merchant_account: String,
    pub webhook_hmac_key: SecretString,
    pub card_key_file: PathBuf,
    pub timeout_ms: u32,
    pub repeat_pause_ms: u32,
    pub test_bank_origins: Vec<String>,
    pub native_3ds: bool,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum LogFormat {
    /// One JSON object each, for programs.
    Json,
    /// For a person at a terminal.
    Text,
}

impl TryFrom<String> for LogFormat {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "json" => Ok(Self::Json),
            "text" => Ok(Self::Text),
            _ => Err("must be json or text"),
        }
    }
}

impl Config {
    /// Defaults, then `file`, then `BORGA_…` from the environment.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with all that is wrong, each naming its setting.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        Found::read(file, |name| std::env::var(name).ok()).config(Self::faults)
    }

    /// The same, and everything that only serving needs.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with all that is wrong, each naming its setting.
    pub fn load_for_serving(file: Option<&Path>) -> Result<Self, ConfigError> {
        Found::read(file, |name| std::env::var(name).ok()).config(|config| {
            [config.faults(), config.serving_faults(), config.no_assets()].concat()
        })
    }

    /// The effective settings as TOML: the default file with what differs, and without the text of any secret.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with all that is wrong, each naming its setting.
    pub fn show(file: Option<&Path>) -> Result<String, ConfigError> {
        let found = Found::read(file, |name| std::env::var(name).ok());
        let shown = show::to_toml(&found);
        found.config(Self::faults).map(|_| shown)
    }

    /// What only serving needs, so that `merchants create` works before the acquirer is known.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with all that is wrong, each naming its setting.
    pub fn check_for_serving(&self) -> Result<(), ConfigError> {
        match self.serving_faults() {
            faults if faults.is_empty() => Ok(()),
            faults => Err(ConfigError(faults)),
        }
    }

    /// The checkout's origin. http only for this machine's own names.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn checkout_origin(&self) -> Result<Origin, ConfigError> {
        Origin::parse(&self.checkout_origin, Mode::Test)
            .map_err(|error| invalid("checkout_origin", error))
    }

    /// Where the metrics are served, if anywhere.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn metrics_listen(&self) -> Result<Option<SocketAddr>, ConfigError> {
        let wrong = |problem| Err(invalid("metrics_listen", problem));
        match self.metrics_listen.parse::<SocketAddr>() {
            _ if self.metrics_listen.is_empty() => Ok(None),
            Ok(address) if address == self.listen && address.port() != 0 => {
                wrong("must be another address than `listen`: payers must not reach it")
            }
            Ok(address) => Ok(Some(address)),
            Err(_) => wrong("must be an address and a port, such as 127.0.0.1:9100, or empty"),
        }
    }

    /// Test banks that are served over http.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn bank_origins(&self) -> Result<Vec<Origin>, ConfigError> {
        self.acquirer
            .test_bank_origins
            .iter()
            .map(|text| Origin::parse(text, Mode::Test))
            .collect::<Result<_, _>>()
            .map_err(|error| invalid("acquirer.test_bank_origins", error))
    }

    /// Where test mode sends webhooks on this machine.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn webhook_test_origins(&self) -> Result<Vec<Origin>, ConfigError> {
        self.webhooks
            .test_origins
            .iter()
            .map(|text| Origin::parse(text, Mode::Test))
            .collect::<Result<_, _>>()
            .map_err(|error| invalid("webhooks.test_origins", error))
    }

    /// The key that cards are encrypted to.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the file is missing or not a public RSA key of at least 2048 bits with a `kid`.
    pub fn card_key(&self) -> Result<CardKey, ConfigError> {
        card_key::read(&self.acquirer.card_key_file)
            .map_err(|problem| invalid("acquirer.card_key_file", problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_is_complete_and_right() {
        let config = Config::load(None).unwrap();
        assert_eq!(config.session_life_s, 3600);
        assert_eq!(config.metrics_listen(), Ok(None));
    }

    #[test]
    fn secrets_do_not_print() {
        let mut config = Config::load(None).unwrap();
        config.acquirer.api_key = SecretString::from("very secret");
        assert!(!format!("{config:?}").contains("very secret"));
    }

    #[test]
    fn metrics_have_an_address_of_their_own() {
        let with = |text: &str| {
            let config = Config {
                metrics_listen: text.to_owned(),
                ..Config::load(None).unwrap()
            };
            config.metrics_listen()
        };
        assert_eq!(
            with("127.0.0.1:9100"),
            Ok(Some(([127, 0, 0, 1], 9100).into()))
        );
        assert!(with("127.0.0.1:8080").is_err(), "the payers' address");
        assert!(with("9100").is_err());
    }
}
