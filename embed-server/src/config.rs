//! Settings: the commented default file is compiled in, a file and the environment override it, and the whole is
//! checked before the port opens.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use crate::domain::rate_limit::{Allowance, Allowances};

const DEFAULTS: &str = include_str!("../config.default.toml");

/// Every setting; `config.default.toml` explains them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "documented once, in config.default.toml")]
pub struct Config {
    pub listen: SocketAddr,
    pub database_url: String,
    pub secrets_file: PathBuf,
    pub assets_dir: PathBuf,
    pub trusted_proxies: Vec<IpAddr>,
    pub checkout_origin: String,
    pub session_life_s: u32,
    pub read_after_end_s: u32,
    pub bank_time_s: u32,
    pub attempts_per_session: u32,
    pub body_bytes_max: usize,
    pub unknown_after_s: u32,
    pub test_mode_time_divisor: u32,
    pub kennitala_checksum: KennitalaChecksum,
    pub rate_limits: RateLimitConfig,
    pub acquirer: AcquirerConfig,
}

/// What a kennitala that does not satisfy the check digit of older numbers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KennitalaChecksum {
    /// Accepted: numbers issued since 18 February 2026 have no check digit.
    Hint,
    /// Refused.
    Enforce,
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

    fn check(&self) -> Result<(), ConfigError> {
        for (setting, value) in [
            ("rate_limits.requests_per_minute", self.requests_per_minute),
            ("rate_limits.requests_burst", self.requests_burst),
            ("rate_limits.hot_per_minute", self.hot_per_minute),
            ("rate_limits.hot_burst", self.hot_burst),
            ("rate_limits.page_per_minute", self.page_per_minute),
            ("rate_limits.page_burst", self.page_burst),
            ("rate_limits.failures_per_minute", self.failures_per_minute),
            ("rate_limits.failures_burst", self.failures_burst),
        ] {
            // A minute has 60 million microseconds, in which buckets are counted.
            if !(1..=60_000_000).contains(&value) {
                return Err(invalid(setting, "must be 1 to 60000000"));
            }
        }
        Ok(())
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
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not readable, or a value of the wrong kind.
    #[error("settings: {0}")]
    Unreadable(#[from] config::ConfigError),
    /// A value that cannot work.
    #[error("setting `{setting}`: {problem}")]
    Invalid {
        /// Which one.
        setting: &'static str,
        /// What is wrong, and what would be right.
        problem: String,
    },
}

fn invalid(setting: &'static str, problem: impl std::fmt::Display) -> ConfigError {
    ConfigError::Invalid {
        setting,
        problem: problem.to_string(),
    }
}

impl Config {
    /// Defaults, then `file`, then `BORGA_…` from the environment.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], naming the setting.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::load_with(file, |name| std::env::var(name).ok())
    }

    fn load_with(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let defaults = config::File::from_str(DEFAULTS, config::FileFormat::Toml);
        let known = config::Config::builder()
            .add_source(defaults.clone())
            .build()?;
        let mut builder = config::Config::builder().add_source(defaults);
        if let Some(path) = file {
            builder = builder.add_source(config::File::from(path).format(config::FileFormat::Toml));
        }
        for setting in settings(&known.cache) {
            let variable = format!("BORGA_{}", setting.to_uppercase().replace('.', "__"));
            let Some(text) = environment(&variable) else {
                continue;
            };
            // Values stay texts, so that a key of digits is not taken for a number.
            builder = if known.get_array(&setting).is_ok() {
                let items = text
                    .split(',')
                    .map(str::trim)
                    .filter(|item| !item.is_empty());
                builder.set_override(setting, items.map(str::to_owned).collect::<Vec<_>>())?
            } else {
                builder.set_override(setting, text)?
            };
        }
        let config: Self = builder.build()?.try_deserialize()?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        self.checkout_origin()?;
        if self.session_life_s < 1800 {
            return Err(invalid("session_life_s", "must be at least 1800 seconds"));
        }
        if self.test_mode_time_divisor == 0 {
            return Err(invalid("test_mode_time_divisor", "must be at least 1"));
        }
        if self.attempts_per_session == 0 {
            return Err(invalid("attempts_per_session", "must be at least 1"));
        }
        let known = ["sqlite:", "postgres:", "postgresql:"];
        if !known
            .iter()
            .any(|scheme| self.database_url.starts_with(scheme))
        {
            return Err(invalid(
                "database_url",
                "must begin with sqlite:// or postgres://",
            ));
        }
        self.rate_limits.check()
    }

    /// What only serving needs, so that `merchants create` works before the acquirer is known.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], naming the setting.
    pub fn check_for_serving(&self) -> Result<(), ConfigError> {
        Url::parse(&self.acquirer.base_url)
            .map_err(|_| invalid("acquirer.base_url", "must be the URL of the acquirer's API"))?;
        if self.acquirer.merchant_account.is_empty() {
            return Err(invalid("acquirer.merchant_account", "must not be empty"));
        }
        self.bank_origins()?;
        Ok(())
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

    /// The key that cards are encrypted to.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the file is missing or not a public RSA key with a `kid`.
    pub fn card_key(&self) -> Result<CardKey, ConfigError> {
        let path = &self.acquirer.card_key_file;
        let text = std::fs::read_to_string(path).map_err(|error| {
            invalid(
                "acquirer.card_key_file",
                format!("{}: {error}", path.display()),
            )
        })?;
        let key: CardKey = serde_json::from_str(&text).map_err(|_| {
            invalid(
                "acquirer.card_key_file",
                "must hold one JWK with kty, n, e and kid",
            )
        })?;
        if key.kty != "RSA" || key.kid.is_empty() {
            return Err(invalid(
                "acquirer.card_key_file",
                "must hold an RSA key with a kid",
            ));
        }
        Ok(key)
    }
}

/// The name of every setting, tables with a dot. Only these are looked for in the environment: others who begin their
/// variables with `BORGA_` are none of our business.
fn settings(defaults: &config::Value) -> Vec<String> {
    let table = defaults.clone().into_table().unwrap_or_default();
    let mut names = Vec::new();
    for (name, value) in table {
        match value.kind {
            config::ValueKind::Table(inner) => {
                names.extend(inner.keys().map(|key| format!("{name}.{key}")));
            }
            _ => names.push(name),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_is_complete_and_right() {
        let config = Config::load(None).unwrap();
        assert_eq!(config.session_life_s, 3600);
    }

    #[test]
    fn the_environment_overrides_settings_and_nothing_else() {
        let config = Config::load_with(None, |name| {
            let text = match name {
                "BORGA_LISTEN" => "127.0.0.1:9",
                "BORGA_TRUSTED_PROXIES" => "10.0.0.1, 10.0.0.2",
                "BORGA_ACQUIRER__API_KEY" => "0123",
                "BORGA_ATTEMPTS_PER_SESSION" => "3",
                name => return name.contains("SECRET_KEY").then(String::new),
            };
            Some(text.to_owned())
        })
        .unwrap();

        assert_eq!(config.listen.port(), 9);
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(config.attempts_per_session, 3);
        let key = secrecy::ExposeSecret::expose_secret(&config.acquirer.api_key);
        assert_eq!(key, "0123", "a key of digits stays a text");
    }

    #[test]
    fn secrets_do_not_print() {
        let mut config = Config::load(None).unwrap();
        config.acquirer.api_key = SecretString::from("very secret");
        assert!(!format!("{config:?}").contains("very secret"));
    }

    #[test]
    fn an_impossible_setting_is_named() {
        let config = Config {
            session_life_s: 60,
            ..Config::load(None).unwrap()
        };
        let message = config.check().unwrap_err().to_string();
        assert!(message.contains("session_life_s"), "{message}");
    }
}
