//! Answers that hold a page of something.

use serde::Serialize;

/// A page of a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct List<T> {
    /// What is on the page.
    pub data: Vec<T>,
    /// Whether there is more in the direction that was asked for.
    pub has_more: bool,
}
