//! The checkout server's settings file for the demo.
//! Secrets are not in it: they go through the environment.

use std::{fmt::Write, path::Path};

use super::{MERCHANT_ACCOUNT, ports::Ports};
use crate::{
    failure::Outcome,
    project::{self, utf8},
};

/// What differs from demo to demo.
pub struct Configuration<'a> {
    pub ports: Ports,
    pub folder: &'a Path,
    pub database_url: &'a str,
    pub time_divisor: Option<u32>,
}

impl Configuration<'_> {
    /// The file's text.
    ///
    /// # Errors
    /// When a path is not UTF-8, which a settings file must be.
    pub fn to_toml(&self) -> Outcome<String> {
        let Self {
            ports,
            folder,
            database_url,
            time_divisor,
        } = self;
        let mut text = String::new();
        for (name, value) in [
            ("listen", ports.checkout_address()),
            ("database_url", (*database_url).to_owned()),
            ("secrets_file", utf8(&folder.join("borga.secrets"))?),
            ("assets_dir", utf8(&project::dist())?),
            ("checkout_origin", ports.checkout_origin()),
        ] {
            line(&mut text, name, &quoted(&value));
        }
        if let Some(divisor) = time_divisor {
            line(&mut text, "test_mode_time_divisor", &divisor.to_string());
        }
        text.push_str("\n[webhooks]\n");
        line(
            &mut text,
            "test_origins",
            &format!("[{}]", quoted(&ports.shop_origin())),
        );
        text.push_str("\n[acquirer]\n");
        for (name, value) in [
            ("base_url", format!("{}/v71", ports.sandbox_url())),
            ("merchant_account", MERCHANT_ACCOUNT.to_owned()),
            ("card_key_file", utf8(&folder.join("card-key.json"))?),
        ] {
            line(&mut text, name, &quoted(&value));
        }
        // By both its names: the bank can lead by way of another site.
        let banks = [ports.sandbox_origin(), ports.sandbox_url()].map(|origin| quoted(&origin));
        line(
            &mut text,
            "test_bank_origins",
            &format!("[{}]", banks.join(", ")),
        );
        Ok(text)
    }
}

fn line(text: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{name} = {value}");
}

/// A JSON string is a TOML string as well.
fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(time_divisor: Option<u32>) -> String {
        let ports = Ports::from_base(4100).unwrap();
        Configuration {
            ports,
            folder: Path::new("/a \"b\""),
            database_url: "sqlite:///a/borga.db",
            time_divisor,
        }
        .to_toml()
        .unwrap()
    }

    #[test]
    fn the_servers_find_each_other() {
        let text = text(None);

        assert!(text.contains("listen = \"127.0.0.1:4101\"\n"), "{text}");
        assert!(
            text.contains("database_url = \"sqlite:///a/borga.db\"\n"),
            "{text}"
        );
        assert!(
            text.contains("checkout_origin = \"http://checkout.localhost:4101\"\n"),
            "{text}"
        );
        assert!(
            text.contains("base_url = \"http://127.0.0.1:4102/v71\"\n"),
            "{text}"
        );
        assert!(
            text.contains(
                "test_bank_origins = [\"http://bank.localhost:4102\", \"http://127.0.0.1:4102\"]\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("[webhooks]\ntest_origins = [\"http://shop.localhost:4100\"]\n"),
            "{text}"
        );
    }

    #[test]
    fn a_path_with_quotes_stays_one_value() {
        assert!(text(None).contains(r#"secrets_file = "/a \"b\"/borga.secrets""#));
    }

    #[test]
    fn the_time_divisor_stands_before_the_first_table() {
        let text = text(Some(10));

        assert!(
            text.find("test_mode_time_divisor = 10\n") < text.find("[acquirer]"),
            "{text}"
        );
        assert!(text.contains("test_mode_time_divisor"));
    }
}
