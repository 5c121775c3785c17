//! The sources in another folder, as a stranger's clone would have them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{failure::Outcome, process, project};

/// A copy that goes away with its value.
pub struct Copy {
    folder: TempDir,
    names: Vec<String>,
}

impl Copy {
    /// The folder around it, for what is made of it.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The root of the copied project. Its name has another length than most, so that a path in a file shows.
    pub fn sources(&self) -> PathBuf {
        self.folder
            .path()
            .join("the-same-sources-in-another-folder")
    }

    /// Refuses sources that are no longer those of the copy: then two builds differ and nothing is wrong with either.
    ///
    /// # Errors
    /// When a file has changed since, by its name.
    pub fn refuse_changes(&self) -> Outcome {
        let changed = self.names.iter().find(|name| {
            fs::read(project::root().join(name)).ok() != fs::read(self.sources().join(name)).ok()
        });
        match changed {
            Some(name) => {
                Err(format!("{name} was changed while the release was built: start anew").into())
            }
            None => Ok(()),
        }
    }

    /// Leaves the folder where it is, for a person to look at.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}

/// Copies everything that git knows or would add; nothing that was built.
///
/// # Errors
/// When this is no git checkout, or a file cannot be copied.
pub fn copy() -> Outcome<Copy> {
    let place = tempfile::Builder::new().prefix("borga-release-").tempdir();
    let mut copy = Copy {
        folder: place.map_err(|error| format!("cannot make a folder: {error}"))?,
        names: vec![],
    };
    let mut git = process::tool("git")?;
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let names = process::output(git)?;
    for name in names.split_terminator('\0') {
        let (from, to) = (project::root().join(name), copy.sources().join(name));
        // One that was deleted and is not committed is listed all the same.
        if !from.is_file() {
            continue;
        }
        let explain = |error| format!("cannot copy {name}: {error}");
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(explain)?;
        }
        fs::copy(&from, &to).map_err(explain)?;
        copy.names.push(name.to_owned());
    }
    Ok(copy)
}

/// Whether something is not committed.
pub fn are_changed() -> bool {
    let status = process::tool("git").and_then(|mut git| {
        git.args(["status", "--porcelain"]);
        process::output(git)
    });
    !status.is_ok_and(|it| it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_the_sources_and_nothing_that_was_built() {
        let copy = copy().unwrap();

        assert!(copy.sources().join("Cargo.lock").is_file());
        assert!(copy.sources().join(".cargo/config.toml").is_file());
        assert!(!copy.sources().join("target").exists());
        assert!(!copy.sources().join("node_modules").exists());
        assert_eq!(copy.refuse_changes(), Ok(()));
    }

    #[test]
    fn a_source_that_changed_since_is_named() {
        let copy = copy().unwrap();
        fs::write(copy.sources().join("README.md"), "another").unwrap();

        let refusal = copy.refuse_changes().unwrap_err().to_string();

        assert!(refusal.contains("README.md was changed"), "{refusal}");
    }
}
