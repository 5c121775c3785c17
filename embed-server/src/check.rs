//! Everything that serving needs, tried without serving: for an operator before the first start and before each new
//! version. Nothing is changed, neither here nor at the acquirer.

use std::fmt;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use crate::acquirer::{Acquirer as _, Reach};
use crate::app;
use crate::config::{Config, ConfigError};
use crate::entropy::Entropy;
use crate::http::assets::Assets;
use crate::server_secret::ServerSecret;
use crate::store::schema::{self, Schema};

/// How long the database may take to open.
const DATABASE_PATIENCE: Duration = Duration::from_secs(10);

/// Settings that have a check of their own and need not be named twice.
const CHECKED_APART: [&str; 2] = ["acquirer.card_key_file", "assets_dir"];

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works, and an operator should know.
    Warn,
    /// Serving would fail.
    Fail,
}

/// What one check found. Its line never has a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub level: Level,
    /// What was looked at.
    pub name: &'static str,
    /// What was found.
    pub words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Warn => "warn",
            Level::Fail => "FAIL",
        };
        write!(f, "{level} {}: {}", self.name, self.words)
    }
}

fn found(level: Level, name: &'static str, words: impl fmt::Display) -> Finding {
    Finding {
        level,
        name,
        words: words.to_string(),
    }
}

/// Tries everything and tells each finding as soon as it is there; says whether serving would work.
///
/// With settings that cannot be read, nothing else is tried: it would be another server's.
pub async fn check(
    file: Option<&Path>,
    unknown_variables: &[String],
    mut tell: impl FnMut(&Finding),
) -> bool {
    let mut works = true;
    let mut note = |finding: Finding| {
        works &= finding.level != Level::Fail;
        tell(&finding);
    };
    for finding in settings(file, unknown_variables) {
        note(finding);
    }
    if let Ok(config) = Config::load(file) {
        note(secrets_file(&config.secrets_file));
        note(database(&config.database_url).await);
        note(card_key(&config));
        note(acquirer(&config).await);
        note(checkout_origin(&config));
        note(assets(&config));
    }
    works
}

fn settings(file: Option<&Path>, unknown_variables: &[String]) -> Vec<Finding> {
    let faults = match Config::load_for_serving(file) {
        Ok(_) => Vec::new(),
        Err(ConfigError(faults)) => faults,
    };
    let mut findings: Vec<Finding> = faults
        .iter()
        .filter(|fault| {
            let name = fault.setting.as_deref().unwrap_or_default();
            !CHECKED_APART.contains(&name)
        })
        .map(|fault| found(Level::Fail, "settings", fault))
        .collect();
    if findings.is_empty() {
        findings.push(found(Level::Ok, "settings", "complete"));
    }
    let warnings = unknown_variables.iter();
    findings.extend(warnings.map(|words| found(Level::Warn, "settings", words)));
    findings
}

fn secrets_file(path: &Path) -> Finding {
    let finding = |level, words: &str| {
        found(
            level,
            "secrets_file",
            format!("`{}` {words}", path.display()),
        )
    };
    match ServerSecret::load(path, &Entropy::default()) {
        Ok(Some(_)) if is_open_to_others(path) => finding(
            Level::Warn,
            "is open to every user of this machine; `chmod 600` closes it",
        ),
        Ok(Some(_)) => finding(Level::Ok, "is readable"),
        Ok(None) if folder_of(path).is_dir() => {
            finding(Level::Warn, "is not there; the first start makes it")
        }
        Ok(None) => finding(Level::Fail, "cannot be made: its folder is not there"),
        Err(error) => finding(Level::Fail, &format!("cannot be used: {error}")),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}

fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o007 != 0)
}

async fn database(url: &str) -> Finding {
    let finding = |level, words: &str| found(level, "database", words);
    match tokio::time::timeout(DATABASE_PATIENCE, schema::inspect(url)).await {
        Ok(Ok(Schema::Current)) => finding(Level::Ok, "opens and has the schema of this program"),
        Ok(Ok(Schema::NoFile)) => finding(Level::Warn, "is not there; the first start makes it"),
        Ok(Ok(Schema::Empty)) => {
            finding(Level::Warn, "opens and is empty; the first start fills it")
        }
        Ok(Ok(Schema::Behind)) => finding(
            Level::Warn,
            "opens and has an earlier schema; the next start brings it up to date",
        ),
        Ok(Ok(Schema::Foreign)) => finding(
            Level::Fail,
            "opens and has the schema of another program; use the version that made it, or a later one",
        ),
        Ok(Err(error)) => finding(Level::Fail, &format!("does not open: {error}")),
        Err(_) => finding(Level::Fail, "does not answer"),
    }
}

fn card_key(config: &Config) -> Finding {
    match config.card_key() {
        Ok(key) => {
            let words = format!("RSA, kid `{}`", key.kid);
            found(Level::Ok, "card_key", words)
        }
        Err(error) => found(Level::Fail, "card_key", error),
    }
}

async fn acquirer(config: &Config) -> Finding {
    let finding = |level, words: String| found(level, "acquirer", words);
    let Ok(acquirer) = app::acquirer(config) else {
        return finding(
            Level::Fail,
            "not asked, because its settings are wrong".to_owned(),
        );
    };
    let url = &config.acquirer.base_url;
    match acquirer.reach().await {
        Reach::Welcome => finding(Level::Ok, format!("{url} answers and takes the API key")),
        Reach::Untried => finding(
            Level::Ok,
            format!("{url} answers; it lacks the call that would try the API key"),
        ),
        Reach::KeyRefused(answer) => finding(
            Level::Fail,
            format!("{url} answers and refuses the API key or the merchant account ({answer})"),
        ),
        Reach::Trouble(answer) => finding(
            Level::Fail,
            format!("{url} answers with trouble ({answer})"),
        ),
        Reach::Unreachable(why) => finding(Level::Fail, format!("{url} cannot be reached ({why})")),
    }
}

fn checkout_origin(config: &Config) -> Finding {
    let origin = &config.checkout_origin;
    if origin.starts_with("https://") {
        return found(Level::Ok, "checkout_origin", format!("{origin} is https"));
    }
    let words =
        format!("{origin} is not https: good for tests on this machine, never for live use");
    found(Level::Warn, "checkout_origin", words)
}

fn assets(config: &Config) -> Finding {
    match Assets::load(&config.assets_dir, &config.checkout_origin) {
        Ok(_) => {
            let words = format!("`{}` is complete", config.assets_dir.display());
            found(Level::Ok, "assets", words)
        }
        Err(error) => found(Level::Fail, "assets", error),
    }
}
