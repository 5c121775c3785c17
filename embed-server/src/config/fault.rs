//! What is wrong with settings, in words that name the setting and the remedy.

use std::fmt;

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

pub(super) fn fault(setting: &str, problem: impl fmt::Display) -> Fault {
    Fault {
        setting: Some(setting.to_owned()),
        given_by: None,
        problem: problem.to_string(),
    }
}

pub(super) fn invalid(setting: &str, problem: impl fmt::Display) -> ConfigError {
    ConfigError(vec![fault(setting, problem)])
}
