//! The version of everything that is published. It stands in the workspace's `Cargo.toml`; npm wants it in each package
//! too, so this brings the packages into line with it.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::{failure::Outcome, project};

/// The workspace's own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where a package says its version in its code.
const IN_CODE: &str = "js-shim/node/src/version.ts";
const CODE: &str = "export const VERSION = \"";
const OURS: &str = "\"@borga/";

/// Refuses packages of another version than the workspace's.
///
/// # Errors
/// When there is one, by its name, or a file cannot be read.
pub fn check() -> Outcome {
    for path in places()? {
        let text = read(&path)?;
        if with_version(&text, VERSION) != text {
            let name = path.strip_prefix(project::root()).unwrap_or(&path);
            return Err(format!(
                "{} has another version than Cargo.toml, which says {VERSION}: run `cargo xtask fix`",
                name.display()
            )
            .into());
        }
    }
    Ok(())
}

/// Gives every package the workspace's version.
///
/// # Errors
/// When a file cannot be read or written.
pub fn mend() -> Outcome {
    for path in places()? {
        let text = read(&path)?;
        let right = with_version(&text, VERSION);
        if right != text {
            fs::write(&path, right)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn places() -> Outcome<Vec<PathBuf>> {
    let root = project::root();
    let manifest: Value = serde_json::from_str(&read(&root.join("package.json"))?)
        .map_err(|error| format!("package.json is not JSON: {error}"))?;
    let packages = manifest["workspaces"].as_array().into_iter().flatten();
    let mut places: Vec<_> = packages
        .filter_map(Value::as_str)
        .map(|it| root.join(it).join("package.json"))
        .collect();
    places.extend([root.join("package-lock.json"), root.join(IN_CODE)]);
    Ok(places)
}

fn read(path: &PathBuf) -> Outcome<String> {
    fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

/// The text with `version` for each of our packages: after its name, where it is wanted, and in its code. Everything else
/// stays to the letter.
fn with_version(text: &str, version: &str) -> String {
    let mut is_ours = false;
    let mut right = String::new();
    for line in text.split_inclusive('\n') {
        let word = line.trim_start();
        let is_own = is_ours && word.starts_with("\"version\": \"");
        let is_wanted = word.starts_with(OURS) && has_number(word);
        if is_own || is_wanted || line.starts_with(CODE) {
            right.push_str(&replaced(line, version));
        } else {
            right.push_str(line);
        }
        is_ours = word.starts_with("\"name\": \"@borga/");
    }
    right
}

/// Whether a line such as `"@borga/js": "0.1.0"` wants a version.
fn has_number(line: &str) -> bool {
    let value = line.split_once(": \"").map(|(_, value)| value);
    value.is_some_and(|it| it.starts_with(|first: char| first.is_ascii_digit()))
}

/// The line with another text between its last two quotation marks.
fn replaced(line: &str, version: &str) -> String {
    let mut parts = line.rsplitn(3, '"');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(after), Some(_), Some(before)) => format!("{before}\"{version}\"{after}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_the_version_of_the_workspace() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn only_our_own_versions_change() {
        let old = r#"{
  "name": "@borga/react",
  "version": "0.1.0",
  "dependencies": {
    "@borga/js": "0.1.0",
    "other": "0.1.0"
  },
  "engines": { "node": ">=20" }
}
"#;
        let new = old.replacen("\"0.1.0\"", "\"1.2.3\"", 2);

        assert_eq!(with_version(old, "1.2.3"), new);
        assert_eq!(with_version(old, "0.1.0"), old);
        let other = "\"name\": \"other\",\n\"version\": \"0.1.0\"\n";
        assert_eq!(with_version(other, "1.2.3"), other);
        let link = "\"@borga/js\": {\n";
        assert_eq!(with_version(link, "1.2.3"), link);
        assert_eq!(
            with_version("export const VERSION = \"0.1.0\";\n", "1.2.3"),
            "export const VERSION = \"1.2.3\";\n"
        );
    }
}
