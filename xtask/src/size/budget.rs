//! The committed budgets: what may be how large, and why.

use std::fs;

use serde_json::Value;

use crate::{
    failure::{Failure, Outcome},
    project,
};

/// Where they stand.
pub const FILE: &str = "size-budget.json";

/// Shorter is no reason.
const REASON_CHARS_MIN: usize = 40;

/// One budget.
#[derive(Debug, PartialEq, Eq)]
pub struct Budget {
    pub name: String,
    /// What is weighed together.
    pub what: Vec<What>,
    pub bytes: u64,
}

/// Something that browsers download.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// The frame's document, as the server writes it for a session.
    Document,
    /// The sentences of its language.
    Words,
    /// A built file, by its path in the project.
    File(String),
}

/// All budgets.
///
/// # Errors
/// When the file cannot be read, or a budget is not whole or has no reason.
pub fn read() -> Outcome<Vec<Budget>> {
    let text = fs::read_to_string(project::root().join(FILE))
        .map_err(|error| format!("cannot read {FILE}: {error}"))?;
    parse(&text)
}

fn parse(text: &str) -> Outcome<Vec<Budget>> {
    let json: Value =
        serde_json::from_str(text).map_err(|error| format!("{FILE} is not JSON: {error}"))?;
    let budgets = json
        .as_object()
        .ok_or_else(|| Failure::from(format!("{FILE} is not an object")))?;
    budgets
        .iter()
        .map(|(name, value)| budget(name, value))
        .collect()
}

fn budget(name: &str, value: &Value) -> Outcome<Budget> {
    let lacks = |what: &str| Failure::from(format!("{FILE}: {name} needs {what}"));
    let why = value["why"].as_str().unwrap_or_default();
    if why.chars().count() < REASON_CHARS_MIN {
        return Err(lacks("`why`: a sentence on what the bytes are for"));
    }
    let parts = value["what"].as_array();
    let what = parts
        .filter(|parts| !parts.is_empty())
        .and_then(|parts| parts.iter().map(|part| part.as_str().map(what)).collect())
        .ok_or_else(|| lacks("`what`: a list of files, \"document\" or \"words\""))?;
    let bytes = value["bytes"]
        .as_u64()
        .ok_or_else(|| lacks("`bytes`: a whole number"))?;
    Ok(Budget {
        name: name.to_owned(),
        what,
        bytes,
    })
}

fn what(text: &str) -> What {
    match text {
        "document" => What::Document,
        "words" => What::Words,
        path => What::File(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_names_files_bytes_and_a_reason() {
        let text = r#"{"script": {"what": ["a.js", "document"], "bytes": 5, "why": "It is what a payer waits for before anything else."}}"#;

        assert_eq!(
            parse(text).unwrap(),
            [Budget {
                name: "script".to_owned(),
                what: vec![What::File("a.js".to_owned()), What::Document],
                bytes: 5,
            }]
        );
    }

    #[test]
    fn a_budget_that_is_not_whole_is_refused_with_what_it_needs() {
        let why = "It is what a payer waits for before anything else.";
        for (value, lack) in [
            (
                serde_json::json!({"what": ["a"], "bytes": 5, "why": "because"}),
                "`why`",
            ),
            (
                serde_json::json!({"what": [], "bytes": 5, "why": why}),
                "`what`",
            ),
            (
                serde_json::json!({"what": [1], "bytes": 5, "why": why}),
                "`what`",
            ),
            (
                serde_json::json!({"what": ["a"], "bytes": "5", "why": why}),
                "`bytes`",
            ),
        ] {
            let failure = budget("script", &value).unwrap_err().to_string();
            assert!(failure.contains(lack), "{failure}");
        }
    }

    #[test]
    fn the_committed_budgets_are_whole() {
        assert!(!read().unwrap().is_empty());
    }
}
