//! How the bank asks whether the payer is the card holder.

use serde::{Deserialize, Serialize};

/// The ways of banks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankWay {
    /// For a code that it has sent.
    #[default]
    Code,
    /// By its app on the payer's phone (out of band); the page waits, and loads itself anew until it knows.
    App,
    /// First, by which of these the payer wants to be asked.
    Choice,
    /// For a code, after pages of another site that pass the browser on.
    Detour,
    /// For a code, and when that was right, for another one.
    Twice,
}

impl BankWay {
    /// The way that `text` names.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        [
            Self::Code,
            Self::App,
            Self::Choice,
            Self::Detour,
            Self::Twice,
        ]
        .into_iter()
        .find(|way| way.name() == text)
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::App => "app",
            Self::Choice => "choice",
            Self::Detour => "detour",
            Self::Twice => "twice",
        }
    }
}
