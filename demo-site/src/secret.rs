//! Text that must never be printed.
//!
//! It has no `Display`; who needs the text has to say so with `reveal`.

use serde::Deserialize;

/// A key or a client secret. `Debug` shows only that there is one.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps the text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that must send it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_output_holds_nothing_of_the_secret() {
        let secret = Secret::new("sk_test_abc".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(redacted)");
    }
}
