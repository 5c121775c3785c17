//! Settings: the commented default file is compiled in, a file and the environment override it, and the whole is
//! checked before the port opens. Everything that is wrong is said at once.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use checkout_protocol::api::session_view::CardKey;
use checkout_protocol::api_key::Mode;
use checkout_protocol::origin::Origin;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use read::Found;

mod card_key;
mod read;
mod show;

pub use read::unknown_variables;

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

/// One thing that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Which setting, tables with a dot; nothing for the file as a whole.
    pub setting: Option<String>,
    /// The file or the variable that says so; nothing for a default.
    pub given_by: Option<String>,
    /// What is wrong, and what would be right. Never the text of a secret.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.setting, &self.given_by) {
            (Some(setting), Some(place)) => write!(f, "setting `{setting}` ({place})")?,
            (Some(setting), None) => write!(f, "setting `{setting}`")?,
            (None, Some(file)) => write!(f, "settings file {file}")?,
            (None, None) => f.write_str("settings")?,
        }
        write!(f, ": {}", self.problem)
    }
}

/// Everything that is wrong with the settings, one line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0))]
pub struct ConfigError(pub Vec<Fault>);

fn lines(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}

fn fault(setting: &str, problem: impl fmt::Display) -> Fault {
    Fault {
        setting: Some(setting.to_owned()),
        given_by: None,
        problem: problem.to_string(),
    }
}

fn invalid(setting: &str, problem: impl fmt::Display) -> ConfigError {
    ConfigError(vec![fault(setting, problem)])
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

    /// What makes a setting impossible for every command.
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut note = |result: Result<(), ConfigError>| {
            if let Err(ConfigError(found)) = result {
                faults.extend(found);
            }
        };
        note(self.checkout_origin().map(|_| ()));
        note(self.metrics_listen().map(|_| ()));
        note(at_least("session_life_s", self.session_life_s, 1800));
        note(at_least("bank_time_s", self.bank_time_s, 1));
        note(at_least("unknown_after_s", self.unknown_after_s, 1));
        note(at_least(
            "attempts_per_session",
            self.attempts_per_session,
            1,
        ));
        note(at_least(
            "test_mode_time_divisor",
            self.test_mode_time_divisor,
            1,
        ));
        if !self.database_url.starts_with("sqlite:") {
            note(Err(invalid("database_url", "must begin with sqlite://")));
        }
        faults
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

    fn serving_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut note = |result: Result<(), ConfigError>| {
            if let Err(ConfigError(found)) = result {
                faults.extend(found);
            }
        };
        let acquirer = &self.acquirer;
        note(acquirer_url(&acquirer.base_url));
        note(api_key(&acquirer.api_key));
        note(not_empty(
            "acquirer.merchant_account",
            &acquirer.merchant_account,
        ));
        note(hmac_key(&acquirer.webhook_hmac_key));
        note(at_least("acquirer.timeout_ms", acquirer.timeout_ms, 1));
        note(self.bank_origins().map(|_| ()));
        note(self.card_key().map(|_| ()));
        faults
    }

    fn no_assets(&self) -> Vec<Fault> {
        if self.assets_dir.is_dir() {
            return vec![];
        }
        let problem = format!(
            "`{}` must be the folder with the built browser files; `cargo xtask build` makes it",
            self.assets_dir.display()
        );
        vec![fault("assets_dir", problem)]
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

fn at_least(setting: &str, value: u32, least: u32) -> Result<(), ConfigError> {
    if value >= least {
        return Ok(());
    }
    Err(invalid(setting, format!("must be at least {least}")))
}

fn not_empty(setting: &str, value: &str) -> Result<(), ConfigError> {
    if value.is_empty() {
        return Err(invalid(setting, "must not be empty"));
    }
    Ok(())
}

fn acquirer_url(text: &str) -> Result<(), ConfigError> {
    let web = |url: &Url| matches!(url.scheme(), "https" | "http") && url.password().is_none();
    match Url::parse(text) {
        Ok(url) if web(&url) => Ok(()),
        Ok(_) | Err(_) => Err(invalid(
            "acquirer.base_url",
            "must be the URL of the acquirer's API, such as https://checkout-test.adyen.com/v71",
        )),
    }
}

fn api_key(key: &SecretString) -> Result<(), ConfigError> {
    let text = key.expose_secret();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(invalid(
        "acquirer.api_key",
        "must be the API key of the acquirer, without spaces; set it by BORGA_ACQUIRER__API_KEY",
    ))
}

fn hmac_key(key: &SecretString) -> Result<(), ConfigError> {
    let text = key.expose_secret();
    let whole_bytes = text.len() >= 32 && text.len().is_multiple_of(2);
    if whole_bytes && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(invalid(
        "acquirer.webhook_hmac_key",
        "must be hex, at least 32 digits; set it by BORGA_ACQUIRER__WEBHOOK_HMAC_KEY",
    ))
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
    fn every_impossible_setting_is_named_at_once() {
        let config = Config {
            session_life_s: 60,
            attempts_per_session: 0,
            checkout_origin: "http://shop.example".to_owned(),
            ..Config::load(None).unwrap()
        };
        let named: Vec<_> = config
            .faults()
            .into_iter()
            .filter_map(|fault| fault.setting)
            .collect();
        assert_eq!(
            named,
            ["checkout_origin", "session_life_s", "attempts_per_session"]
        );
    }

    #[test]
    fn a_server_that_knows_no_acquirer_is_told_all_that_is_missing() {
        let config = Config::load(None).unwrap();
        let message = config.check_for_serving().unwrap_err().to_string();
        for setting in [
            "base_url",
            "api_key",
            "merchant_account",
            "webhook_hmac_key",
            "card_key_file",
        ] {
            assert!(
                message.contains(&format!("setting `acquirer.{setting}`: ")),
                "{message}"
            );
        }
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
