//! Whether `node_modules` holds what `package-lock.json` asks for.
//! Compares versions, not file times: a lock file that npm has just written is younger than what it installed.

use std::{fs, path::Path};

use serde_json::Value;

use crate::failure::Outcome;

/// What is wrong with `node_modules`; `None` when nothing is.
///
/// # Errors
/// When the lock file cannot be read: then the checkout is not whole.
pub fn lack(root: &Path) -> Outcome<Option<String>> {
    let lock = read(&root.join("package-lock.json"))?;
    // npm keeps its own copy of what it has put into the folder.
    let Ok(installed) = read(&root.join("node_modules/.package-lock.json")) else {
        return Ok(Some("node_modules is missing".to_owned()));
    };
    Ok(difference(&lock, &installed))
}

fn read(path: &Path) -> Outcome<Value> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("{} is not JSON: {error}", path.display()).into())
}

fn difference(lock: &Value, installed: &Value) -> Option<String> {
    let wanted = lock["packages"].as_object()?;
    wanted
        .iter()
        .filter(|(place, _)| place.contains("node_modules/"))
        .find_map(|(place, package)| {
            let found = &installed["packages"][place];
            let left_out = found.is_null() && package["optional"] == true;
            if left_out || (!found.is_null() && found["version"] == package["version"]) {
                return None;
            }
            Some(format!("{place} is not what package-lock.json asks for"))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lock() -> Value {
        json!({"packages": {
            "": {"name": "project"},
            "part": {"name": "part"},
            "node_modules/part": {"resolved": "part", "link": true},
            "node_modules/tool": {"version": "1.0.0"},
            "node_modules/tool-for-another-machine": {"version": "1.0.0", "optional": true},
        }})
    }

    fn installed() -> Value {
        json!({"packages": {
            "node_modules/part": {"resolved": "part", "link": true},
            "node_modules/tool": {"version": "1.0.0"},
        }})
    }

    #[test]
    fn a_folder_that_holds_everything_lacks_nothing() {
        assert_eq!(difference(&lock(), &installed()), None);
    }

    #[test]
    fn another_version_is_a_lack() {
        let mut installed = installed();
        installed["packages"]["node_modules/tool"]["version"] = json!("0.9.0");

        assert!(
            difference(&lock(), &installed).is_some_and(|it| it.contains("node_modules/tool "))
        );
    }

    #[test]
    fn a_package_that_is_not_there_is_a_lack() {
        let installed = json!({"packages": {"node_modules/part": {"link": true}}});

        assert!(difference(&lock(), &installed).is_some());
    }

    #[test]
    fn a_part_that_is_not_linked_is_a_lack() {
        let installed = json!({"packages": {"node_modules/tool": {"version": "1.0.0"}}});

        assert!(difference(&lock(), &installed).is_some_and(|it| it.contains("node_modules/part")));
    }
}
