//! Why a command could not be carried out, in words for the person who typed it.
//! It is only ever shown: nothing may decide by its text.

use std::fmt;

/// A sentence that names what went wrong and, where there is one, the remedy.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

/// What every step of a command gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl From<&str> for Failure {
    fn from(sentence: &str) -> Self {
        Self(sentence.to_owned())
    }
}
