//! Texts that are sent and never printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A key or a client secret on its way to the one it is for. Does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// The text, to send or to compare.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_travels_and_does_not_print() {
        let secret = SecretText::from("pcs_1_2_3".to_owned());
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"pcs_1_2_3\"");
        assert_eq!(format!("{:?}", Some(secret)), "Some(…)");
    }
}
