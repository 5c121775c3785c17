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
    pub acquirer: AcquirerConfig,
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
        let mut builder = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml));
        if let Some(path) = file {
            builder = builder.add_source(config::File::from(path).format(config::FileFormat::Toml));
        }
        let environment = config::Environment::with_prefix("BORGA")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true);
        let config: Self = builder.add_source(environment).build()?.try_deserialize()?;
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
        if !self.database_url.starts_with("sqlite:") {
            return Err(invalid("database_url", "must begin with sqlite://"));
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_is_complete_and_right() {
        let config = Config::load(None).unwrap();
        assert_eq!(config.session_life_s, 3600);
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
