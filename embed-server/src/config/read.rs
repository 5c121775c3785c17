//! Reads settings from the defaults, a file and the environment, one by one, so that each can be wrong by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use config::{File, FileFormat, Value, ValueKind};

use super::fault::fault;
use super::names::{names, unknown, variable};
use super::{Config, ConfigError, DEFAULTS, Fault, show};

/// Settings as they were found, before anybody asked whether they can work.
pub(super) struct Found {
    /// The default of every setting.
    pub(super) defaults: config::Config,
    /// The value of every setting.
    pub(super) values: config::Config,
    /// What overrides each overridden setting: a file or a variable.
    given_by: BTreeMap<String, String>,
    faults: Vec<Fault>,
}

impl Found {
    pub(super) fn read(file: Option<&Path>, environment: impl Fn(&str) -> Option<String>) -> Self {
        let defaults = parse(DEFAULTS).unwrap_or_default();
        let mut found = Self {
            values: defaults.clone(),
            defaults,
            given_by: BTreeMap::new(),
            faults: Vec::new(),
        };
        if let Some(path) = file {
            found.read_file(path);
        }
        for name in found.names() {
            let variable = variable(&name);
            if let Some(text) = environment(&variable) {
                let value = found.value_of(&name, &text);
                found.put(&name, value, variable);
            }
        }
        found
    }

    /// The name of every setting, tables with a dot.
    pub(super) fn names(&self) -> BTreeSet<String> {
        names(&self.defaults.cache)
    }

    fn read_file(&mut self, path: &Path) {
        let shown = path.display().to_string();
        let read = std::fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|text| parse(&text));
        let file = match read {
            Ok(file) => file,
            Err(problem) => {
                self.faults.push(Fault {
                    setting: None,
                    given_by: Some(shown),
                    problem,
                });
                return;
            }
        };
        let known = self.names();
        for name in names(&file.cache) {
            match file.get::<Value>(&name) {
                Ok(value) if known.contains(&name) => self.put(&name, value, shown.clone()),
                Ok(_) | Err(_) => self.faults.push(Fault {
                    given_by: Some(shown.clone()),
                    ..fault(&name, unknown(&name, known.iter().map(String::as_str)))
                }),
            }
        }
    }

    /// Values stay texts, so that a key of digits is not taken for a number.
    fn value_of(&self, name: &str, text: &str) -> Value {
        if self.defaults.get_array(name).is_err() {
            return text.into();
        }
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(str::to_owned).collect::<Vec<_>>().into()
    }

    fn put(&mut self, name: &str, value: Value, given_by: String) {
        self.set(name, value);
        self.given_by.insert(name.to_owned(), given_by);
    }

    fn set(&mut self, name: &str, value: Value) {
        let with = config::Config::builder()
            .add_source(self.values.clone())
            .set_override(name, value)
            .and_then(config::builder::ConfigBuilder::<config::builder::DefaultState>::build);
        match with {
            Ok(values) => self.values = values,
            Err(_) => self.faults.push(fault(name, "cannot be set")),
        }
    }

    /// The settings when nothing is wrong with them. A value of the wrong kind is noted and its default takes its
    /// place, so that the next one is found too.
    pub(super) fn config(
        mut self,
        check: impl Fn(&Config) -> Vec<Fault>,
    ) -> Result<Config, ConfigError> {
        if self.faults.iter().any(|fault| fault.setting.is_none()) {
            // What the file would have said is not known, so the rest would be found missing for no reason.
            return Err(ConfigError(self.faults));
        }
        let mut wrong_kind = BTreeSet::new();
        let config = loop {
            let error = match self.values.clone().try_deserialize::<Config>() {
                Ok(config) => break config,
                Err(error) => error,
            };
            let name = setting_of(&error).filter(|name| self.given_by.contains_key(name));
            let Some(name) = name else {
                let problem = "cannot be read; see `embed-server config --default`";
                self.faults.push(Fault {
                    setting: None,
                    given_by: None,
                    problem: problem.to_owned(),
                });
                return Err(ConfigError(self.faults));
            };
            let default = self.defaults.get::<Value>(&name).ok();
            let kind = default.as_ref().map(|value| &value.kind);
            self.faults.push(Fault {
                given_by: self.given_by.remove(&name),
                ..fault(&name, wrong(&name, kind, &error))
            });
            if let Some(default) = default {
                self.set(&name, default);
            }
            wrong_kind.insert(name);
        };
        for fault in check(&config) {
            let name = fault.setting.clone().unwrap_or_default();
            if !wrong_kind.contains(&name) {
                self.faults.push(Fault {
                    given_by: self.given_by.get(&name).cloned(),
                    ..fault
                });
            }
        }
        self.faults.sort();
        if self.faults.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError(self.faults))
        }
    }
}

/// Settings of a TOML text, or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<config::Config, String> {
    // Its messages say the line and not what stands there, which may be a secret.
    text.parse::<toml_edit::DocumentMut>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.unwrap_or_default().matches('\n').count() + 1;
        format!("line {line}: {}", error.message().replace('\n', ", "))
    })?;
    config::Config::builder()
        .add_source(File::from_str(text, FileFormat::Toml))
        .build()
        .map_err(|_| "is not a settings file".to_owned())
}

/// The setting that a reader's error is about.
fn setting_of(error: &config::ConfigError) -> Option<String> {
    let key = match error {
        config::ConfigError::Type { key, .. } | config::ConfigError::At { key, .. } => key.as_ref(),
        _ => None,
    };
    Some(key?.split('[').next()?.to_owned())
}

/// What a value must be, by the default that it replaces.
fn wrong(name: &str, default: Option<&ValueKind>, error: &config::ConfigError) -> String {
    let kind = match default {
        Some(ValueKind::I64(_)) => "must be a whole number, neither negative nor huge",
        Some(ValueKind::Boolean(_)) => "must be true or false",
        Some(ValueKind::Array(_)) => "must be a list of texts",
        _ => "must be a text",
    };
    let is_number = matches!(default, Some(ValueKind::I64(_) | ValueKind::Boolean(_)));
    match error {
        // A type's own words say more, and may quote the value.
        config::ConfigError::At { error, .. } if !is_number && !show::is_secret(name) => {
            error.to_string()
        }
        _ => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_environment(
        environment: impl Fn(&str) -> Option<&'static str>,
    ) -> Result<Config, ConfigError> {
        Found::read(None, |name| environment(name).map(str::to_owned)).config(Config::faults)
    }

    fn from_file(text: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("embed-server.toml");
        std::fs::write(&path, text).unwrap();
        let ConfigError(faults) = Found::read(Some(&path), |_| None)
            .config(Config::faults)
            .unwrap_err();
        let shown = path.display().to_string();
        faults
            .iter()
            .map(|fault| fault.to_string().replace(&shown, "FILE"))
            .collect()
    }

    #[test]
    fn the_environment_overrides_settings_and_nothing_else() {
        let config = from_environment(|name| match name {
            "BORGA_LISTEN" => Some("127.0.0.1:9"),
            "BORGA_TRUSTED_PROXIES" => Some("10.0.0.1, 10.0.0.2"),
            "BORGA_ACQUIRER__API_KEY" => Some("0123"),
            "BORGA_ATTEMPTS_PER_SESSION" => Some("3"),
            name => name.contains("SECRET_KEY").then_some(""),
        })
        .unwrap();

        assert_eq!(config.listen.port(), 9);
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(config.attempts_per_session, 3);
        let key = secrecy::ExposeSecret::expose_secret(&config.acquirer.api_key);
        assert_eq!(key, "0123", "a key of digits stays a text");
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_with_its_place() {
        let faults = from_file(
            "listen = \"here\"\nattempts_per_session = -1\nsession_life_s = 60\ncolour = 3\n\
             trusted_proxies = [\"10.0.0.1\", \"nobody\"]\nlog_format = \"xml\"\n\
             [acquirer]\ntimeout = 5\napi_key = [\"very secret\"]\n[listem]\nport = 1\n",
        );

        assert_eq!(
            faults,
            [
                "setting `acquirer.api_key` (FILE): must be a text",
                "setting `acquirer.timeout` (FILE): is not a setting; did you mean `acquirer.timeout_ms`?",
                "setting `attempts_per_session` (FILE): must be a whole number, neither negative nor huge",
                "setting `colour` (FILE): is not a setting; `embed-server config --default` lists them",
                "setting `listem.port` (FILE): is not a setting; `embed-server config --default` lists them",
                "setting `listen` (FILE): invalid socket address syntax",
                "setting `log_format` (FILE): must be json or text",
                "setting `session_life_s` (FILE): must be at least 1800",
                "setting `trusted_proxies` (FILE): invalid IP address syntax",
            ]
        );
    }

    #[test]
    fn a_fault_of_the_environment_names_the_variable() {
        let error = from_environment(|name| match name {
            "BORGA_ACQUIRER__TIMEOUT_MS" => Some("soon"),
            "BORGA_SESSION_LIFE_S" => Some("5"),
            _ => None,
        })
        .unwrap_err();

        let message = error.to_string();
        assert_eq!(message.lines().count(), 2, "{message}");
        assert!(message.contains("`acquirer.timeout_ms` (BORGA_ACQUIRER__TIMEOUT_MS): must be"));
        assert!(message.contains("`session_life_s` (BORGA_SESSION_LIFE_S): must be at least 1800"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_named_with_the_line_and_without_its_text() {
        let faults = from_file("listen = \"127.0.0.1:1\"\n[acquirer]\napi_key = very-secret\n");

        assert_eq!(faults.len(), 1);
        assert!(
            faults[0].starts_with("settings file FILE: line 3: "),
            "{faults:?}"
        );
        assert!(!faults[0].contains("very"), "{faults:?}");
    }
}
