//! Which values can work. Every rule is tried, so that all faults are named at once.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::fault::{fault, invalid};
use super::{Config, ConfigError, Fault};

impl Config {
    /// What makes a setting impossible for every command.
    pub(super) fn faults(&self) -> Vec<Fault> {
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
        note(at_least("fingerprint_time_s", self.fingerprint_time_s, 1));
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
        note(database_url(&self.database_url));
        note(at_least("webhooks.timeout_ms", self.webhooks.timeout_ms, 1));
        note(self.webhook_test_origins().map(|_| ()));
        for (setting, value) in self.rate_limits.named() {
            note(countable(setting, value));
        }
        faults
    }

    /// What keeps a server from serving.
    pub(super) fn serving_faults(&self) -> Vec<Fault> {
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

    /// Whether the folder of the browser files is missing.
    pub(super) fn no_assets(&self) -> Vec<Fault> {
        if self.assets_dir.is_dir() {
            return vec![];
        }
        let problem = format!(
            "`{}` must be the folder with the built browser files; `cargo xtask build` makes it",
            self.assets_dir.display()
        );
        vec![fault("assets_dir", problem)]
    }
}

fn database_url(url: &str) -> Result<(), ConfigError> {
    let known = ["sqlite:", "postgres:", "postgresql:"];
    if known.iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(());
    }
    Err(invalid(
        "database_url",
        "must begin with sqlite:// or postgres://",
    ))
}

/// A minute has 60 million microseconds, in which buckets are counted.
fn countable(setting: &str, value: u32) -> Result<(), ConfigError> {
    if (1..=60_000_000).contains(&value) {
        return Ok(());
    }
    Err(invalid(setting, "must be 1 to 60000000"))
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
}
