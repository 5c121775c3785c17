//! A settings file for the server under load, and the files that it wants to find.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// As high as the server takes them.
const RATE_LIMIT_MAX: u32 = 60_000_000;
const RATE_LIMITS: [&str; 8] = [
    "requests_per_minute",
    "requests_burst",
    "hot_per_minute",
    "hot_burst",
    "page_per_minute",
    "page_burst",
    "failures_per_minute",
    "failures_burst",
];
/// Longer than any run: a session that expires would answer otherwise.
const SESSION_LIFE_S: u32 = 7 * 24 * 3_600;

/// What the pages would load; nobody here loads a page.
const ASSETS: [(&str, &str); 11] = [
    ("frame/checkout.wasm", "wasm"),
    ("frame/checkout.js", "glue"),
    ("frame/checkout.css", "form{}"),
    ("frame/late.css", "p{}"),
    ("frame/boot.js", "boot()"),
    ("v1/borga.js", "const gateway=\"https://checkout.borga.is\""),
    ("v1/borga-api.js", "const api=\"https://checkout.borga.is\""),
    (
        "v1/borga-doctor.js",
        "const doctor=\"https://checkout.borga.is\"",
    ),
    ("v1/borga-overlay.js", "export const overlay=1"),
    ("v1/borga-explained.js", "export const explained=1"),
    (
        "v1/scripts.json",
        concat!(
            r#"{"version": ""#,
            env!("CARGO_PKG_VERSION"),
            r#"", "lazy": {"borga-api.js": "borga-api.1.js", "borga-doctor.js": "borga-doctor.2.js", "#,
            r#""borga-overlay.js": "borga-overlay.3.js", "borga-explained.js": "borga-explained.4.js"}}"#
        ),
    ),
];
/// Nobody here encrypts a card, and no acquirer is asked.
fn any_card_key() -> String {
    // 2048 bits, all of them set, in base64url.
    let modulus = "_".repeat(341) + "w";
    format!(r#"{{"kty":"RSA","n":"{modulus}","e":"AQAB","kid":"bench"}}"#)
}

/// The server's own keys, the same for all servers of a run, so that a copy of a database is served as well.
pub fn secrets_file(folder: &Path) -> PathBuf {
    folder.join("borga.secrets")
}

/// Writes everything; gives the settings file.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path, name: &str, listen: SocketAddr, database: &str) -> Outcome<PathBuf> {
    let assets = folder.join("assets");
    for (path, text) in ASSETS {
        let path = assets.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&assets))?;
        fs::write(path, text)?;
    }
    let card_key = folder.join("card-key.json");
    fs::write(&card_key, any_card_key())?;
    let file = folder.join(format!("{name}.toml"));
    let secrets = secrets_file(folder);
    let paths = [&secrets, &assets, &card_key].map(|path| utf8(path));
    let [secrets, assets, card_key] = paths;
    fs::write(&file, text(listen, database, secrets?, assets?, card_key?))?;
    Ok(file)
}

fn text(listen: SocketAddr, database: &str, secrets: &str, assets: &str, card_key: &str) -> String {
    // A JSON string is a TOML string as well.
    let quoted = |text: &str| Value::from(text).to_string();
    let mut settings = format!(
        "listen = \"{listen}\"\ndatabase_url = {}\nsecrets_file = {}\nassets_dir = {}\n\
         session_life_s = {SESSION_LIFE_S}\n\
         [acquirer]\nbase_url = \"http://127.0.0.1:9/v71\"\napi_key = \"bench\"\n\
         merchant_account = \"Bench\"\nwebhook_hmac_key = \"{}\"\ncard_key_file = {}\n[rate_limits]\n",
        quoted(database),
        quoted(secrets),
        quoted(assets),
        "0".repeat(64),
        quoted(card_key),
    );
    for name in RATE_LIMITS {
        // Writing to a string cannot fail.
        let _ = writeln!(settings, "{name} = {RATE_LIMIT_MAX}");
    }
    settings
}

fn utf8(path: &Path) -> Outcome<&str> {
    path.to_str()
        .ok_or_else(|| Failure::from(format!("the path {} is not UTF-8", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use embed_server::config::Config;

    #[test]
    fn the_server_takes_these_settings() {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:4".parse().unwrap();
        let file = write(folder.path(), "small", listen, "sqlite://a \"b\".db").unwrap();

        let config = Config::load(Some(&file)).unwrap();

        config.check_for_serving().unwrap();
        assert_eq!(config.card_key().unwrap().kid, "bench");
        assert_eq!(config.listen, listen);
        assert_eq!(config.database_url, "sqlite://a \"b\".db");
        assert!(config.assets_dir.join("v1/borga.js").is_file());
        assert!(embed_server::http::assets::Assets::load(&config.assets_dir, "http://a").is_ok());
    }
}
