//! Makes the demo's merchant and keys through the checkout server's own command line.
//! It opens no database: what a person cannot do, the demo does not do either.

use std::{path::Path, process::Command};

use serde_json::Value;

use super::{bare, folder::Secrets, ports::Ports};
use crate::{failure::Outcome, process};

/// What the demo shop authenticates with.
pub struct Keys {
    pub secret: String,
    pub publishable: String,
}

/// The checkout server's program with its settings.
pub struct CommandLine<'a> {
    pub server: &'a Path,
    pub file: &'a Path,
    pub secrets: &'a Secrets,
}

impl CommandLine<'_> {
    /// One of its commands, such as `serve`.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = bare(self.server);
        command
            .args(words)
            .arg("--config")
            .arg(self.file)
            .env("BORGA_ACQUIRER__API_KEY", &self.secrets.acquirer_api_key)
            .env(
                "BORGA_ACQUIRER__WEBHOOK_HMAC_KEY",
                &self.secrets.acquirer_hmac_key,
            );
        command
    }

    /// Gives the merchant's id.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn create_merchant(&self) -> Outcome<String> {
        let mut command = self.command(&["merchants", "create"]);
        command.args(["--name", "Borga Demo"]);
        field(&process::output(command)?, "id")
    }

    /// Gives a secret test key.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn create_secret_key(&self, merchant: &str) -> Outcome<String> {
        field(
            &process::output(self.create_key(merchant, "secret"))?,
            "key",
        )
    }

    /// Gives a publishable test key for the shop's origins.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn create_publishable_key(&self, merchant: &str, ports: Ports) -> Outcome<String> {
        let mut command = self.create_key(merchant, "publishable");
        command.args(["--origin", &ports.shop_origin()]);
        for origin in ports.other_shop_origins() {
            command.args(["--origin", &origin]);
        }
        field(&process::output(command)?, "key")
    }

    fn create_key(&self, merchant: &str, kind: &str) -> Command {
        let mut command = self.command(&["keys", "create"]);
        command.args(["--merchant", merchant, "--type", kind, "--mode", "test"]);
        command
    }
}

/// One field of the JSON line that a command prints.
fn field(printed: &str, name: &str) -> Outcome<String> {
    let line = printed
        .lines()
        .rev()
        .find(|line| line.starts_with('{'))
        .unwrap_or_default();
    let value = serde_json::from_str::<Value>(line).unwrap_or_default();
    value[name]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("embed-server printed no JSON line with `{name}`").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_from_the_line_of_json() {
        let printed = "a note\n{\"id\":\"mer_1\",\"name\":\"Borga Demo\"}\n";

        assert_eq!(field(printed, "id").unwrap(), "mer_1");
    }

    #[test]
    fn output_without_the_field_is_refused_without_showing_it() {
        let failure = field("{\"secret\":\"sk_test_1\"}", "key")
            .unwrap_err()
            .to_string();

        assert!(failure.contains("`key`"), "{failure}");
        assert!(!failure.contains("sk_test_1"), "{failure}");
    }
}
