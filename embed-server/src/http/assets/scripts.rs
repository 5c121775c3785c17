//! The scripts for merchants' pages.
//!
//! `/v1/borga.js` is always the newest. `/v{version}/borga.js` is the same file and never changes, so a page can pin its
//! hash. What it loads later has its version and its hash in its address, so a script never runs with parts of another
//! build. Folders `kept/…` are the `v1` folders of earlier releases: their addresses stay for pages that pinned them, and
//! for pages that were open when this version came.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{AssetsError, File, MINUTES, SCRIPT, Served, YEAR, read};

/// The origin that the scripts are built for; the configured one takes its place.
pub const BUILT_FOR: &str = "https://checkout.borga.is";

/// The version of this server and of the scripts that are built with it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the build says of the scripts beside it. For the server, not for browsers.
pub const LIST: &str = "scripts.json";

const MAIN: &str = "borga.js";
const NEWEST: &str = "v1";
const KEPT: &str = "kept";

/// What merchants' pages load, and what it loads when it is needed.
const SCRIPTS: [(&str, &str); 5] = [
    (
        MAIN,
        "Defines <borga-checkout> and window.Borga on the merchant's page.",
    ),
    (
        "borga-api.js",
        "What window.Borga does, loaded when a page first calls it.",
    ),
    (
        "borga-doctor.js",
        "Says what keeps a page from showing the checkout, loaded when it is called.",
    ),
    (
        "borga-explained.js",
        "Says what a page has left out or why its frame was refused, loaded when there is no form.",
    ),
    (
        "borga-overlay.js",
        "Lays the bank's page over the merchant's, loaded when a bank asks.",
    ),
];

pub(super) struct Scripts {
    /// Which versions are there, ours first.
    pub(super) versions: Vec<String>,
    pub(super) served: Vec<Served>,
}

#[derive(Deserialize)]
struct List {
    version: String,
    /// The name under which each file is asked for, by the name of the file.
    lazy: BTreeMap<String, String>,
}

impl Scripts {
    pub(super) fn load(dir: &Path, checkout_origin: &str) -> Result<Self, AssetsError> {
        let mut all = Self {
            versions: vec![],
            served: vec![],
        };
        let list = all.add(dir, NEWEST, checkout_origin)?;
        if list != VERSION {
            return Err(unfit(
                &dir.join(NEWEST).join(LIST),
                format!(
                    "the scripts are of version {list} and this server is {VERSION}; build both from the same sources"
                ),
            ));
        }
        for folder in kept(&dir.join(KEPT))? {
            let version = all.add(dir, &format!("{KEPT}/{folder}"), checkout_origin)?;
            if all.versions.iter().filter(|it| **it == version).count() > 1 {
                let problem = format!("version {version} is there twice; take this folder away");
                return Err(unfit(&dir.join(KEPT).join(folder), problem));
            }
        }
        Ok(all)
    }

    /// Adds the scripts of a folder; answers with their version.
    fn add(&mut self, dir: &Path, folder: &str, origin: &str) -> Result<String, AssetsError> {
        let path = dir.join(folder).join(LIST);
        let List { version, lazy } = serde_json::from_slice(&read(&path)?)
            .map_err(|error| unfit(&path, error.to_string()))?;
        if !is_version(&version) {
            return Err(unfit(
                &path,
                format!("{version:?} is no version like 1.2.3"),
            ));
        }
        // An earlier release may have had fewer.
        let kept = folder != NEWEST;
        for (name, purpose) in SCRIPTS {
            if kept && name != MAIN && !lazy.contains_key(name) {
                continue;
            }
            let source = format!("{folder}/{name}");
            let text =
                String::from_utf8_lossy(&read(&dir.join(&source))?).replace(BUILT_FOR, origin);
            // Not compressed by the build: the origin is a setting.
            let forever = File::made_here(text, SCRIPT, YEAR);
            let newest = forever.kept(MINUTES);
            let name_for_ever = match lazy.get(name) {
                _ if name == MAIN => MAIN,
                Some(hashed) if hashed.starts_with(name.trim_end_matches("js")) => hashed,
                _ => return Err(unfit(&path, format!("`lazy` lacks a name for {name}"))),
            };
            let mut addresses = vec![(format!("/v{version}/{name_for_ever}"), forever)];
            if folder == NEWEST {
                addresses.push((format!("/{NEWEST}/{name}"), newest.clone()));
                if name == MAIN {
                    addresses.push((format!("/{MAIN}"), newest));
                }
            }
            self.served.push(Served {
                source: Some(source),
                purpose,
                addresses,
            });
        }
        self.versions.push(version.clone());
        Ok(version)
    }
}

/// The folders of earlier releases, if there are any.
fn kept(dir: &Path) -> Result<Vec<String>, AssetsError> {
    let explain = |source| AssetsError::Unreadable {
        path: dir.to_owned(),
        source,
    };
    if !dir.is_dir() {
        return Ok(vec![]);
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(explain)? {
        let entry = entry.map_err(explain)?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Three numbers. Nothing else may become part of an address.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    text.split('.').count() == 3 && text.split('.').all(is_number)
}

pub(super) fn missing_version(versions: &[String], path: &str) -> Option<String> {
    let (version, file) = path.strip_prefix("/v")?.split_once('/')?;
    if !is_version(version) || file.is_empty() {
        return None;
    }
    if versions.iter().any(|it| it == version) {
        return Some(format!(
            "Version {version} has no file {file} here: it was built with another script than the page runs. \
             Load the script again."
        ));
    }
    Some(format!(
        "Version {version} of the scripts is not here. This server has {}: load /v{}/{MAIN} with its own integrity, or \
         /{NEWEST}/{MAIN}, which is always the newest.",
        versions.join(", "),
        versions.first()?,
    ))
}

fn unfit(path: &Path, problem: String) -> AssetsError {
    AssetsError::Unfit {
        path: path.to_owned(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_numbers_are_a_version() {
        for (text, expected) in [
            ("1.2.3", true),
            ("0.10.0", true),
            ("1", false),
            ("1.2", false),
            ("1.2.3.4", false),
            ("1..3", false),
            ("1.2.x", false),
            ("1.2.3-rc.1", false),
        ] {
            assert_eq!(is_version(text), expected, "{text}");
        }
    }

    #[test]
    fn a_path_of_another_shape_asks_for_no_version() {
        let versions = ["1.2.3".to_owned()];
        for path in [
            "/v1/payments",
            "/v1/borga.js",
            "/v9.9.9",
            "/v9.9.9/",
            "/a/v9.9.9/borga.js",
        ] {
            assert_eq!(missing_version(&versions, path), None, "{path}");
        }
        assert!(missing_version(&versions, "/v9.9.9/borga.js").is_some());
    }
}
