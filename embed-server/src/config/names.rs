//! The names of settings and of the variables that override them, and the nearest one to a name that is none.

use std::collections::BTreeSet;

use config::{Value, ValueKind};

use super::DEFAULTS;
use super::read::parse;

/// The name of every setting in `table`, tables with a dot.
pub(super) fn names(table: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let ValueKind::Table(table) = &table.kind else {
        return names;
    };
    for (name, value) in table {
        match &value.kind {
            ValueKind::Table(_) => {
                names.extend(self::names(value).iter().map(|key| format!("{name}.{key}")));
            }
            _ => {
                names.insert(name.clone());
            }
        }
    }
    names
}

/// The variable that overrides a setting.
pub(super) fn variable(setting: &str) -> String {
    format!("BORGA_{}", setting.to_uppercase().replace('.', "__"))
}

/// A sentence about each of `variables` that looks like a setting and is none. It is no fault: others may begin their
/// variables with `BORGA_` too.
pub fn unknown_variables(variables: impl Iterator<Item = String>) -> Vec<String> {
    let settings = parse(DEFAULTS).map(|defaults| names(&defaults.cache));
    let known: BTreeSet<String> = settings
        .unwrap_or_default()
        .iter()
        .map(|name| variable(name))
        .collect();
    let looks_like_one = |name: &String| {
        name.strip_prefix("BORGA_").is_some_and(|rest| {
            let fits =
                |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
            !rest.is_empty() && rest.bytes().all(fits)
        })
    };
    let mut sentences: Vec<String> = variables
        .filter(|name| looks_like_one(name) && !known.contains(name))
        .map(|name| {
            format!(
                "{name} {}",
                unknown(&name, known.iter().map(String::as_str))
            )
        })
        .collect();
    sentences.sort();
    sentences
}

/// That `name` is no setting, with the nearest one that is.
pub(super) fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .min()
        .filter(|(steps, _)| *steps <= 3);
    match nearest {
        Some((_, other)) => format!("is not a setting; did you mean `{other}`?"),
        None => "is not a setting; `embed-server config --default` lists them".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_look_like_settings_are_spoken_of() {
        let variables = [
            "BORGA_LISTEN",
            "BORGA_LISTEM",
            "BORGA_ACQUIRER_API_KEY",
            "BORGA_SHOP_NAME",
            "borga_listen",
            "BORGA_",
            "HOME",
        ];
        assert_eq!(
            unknown_variables(variables.iter().map(ToString::to_string)),
            [
                "BORGA_ACQUIRER_API_KEY is not a setting; did you mean `BORGA_ACQUIRER__API_KEY`?",
                "BORGA_LISTEM is not a setting; did you mean `BORGA_LISTEN`?",
                "BORGA_SHOP_NAME is not a setting; `embed-server config --default` lists them",
            ]
        );
    }
}
