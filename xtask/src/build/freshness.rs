//! Whether something must be built again: a digest of its sources is kept from the last time.
//! File times do not count, because git and editors set them as they please.

use std::{
    collections::BTreeSet,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use super::write;
use crate::{failure::Outcome, project};

/// Folders that hold results or tests, never sources of a result.
const NOT_SOURCES: [&str; 6] = ["dist", "node_modules", "pkg", "target", "test", "tests"];

/// The sources of one part at one moment.
pub struct Sources {
    part: &'static str,
    digest: String,
}

impl Sources {
    /// Reads files and folders below the root; what does not exist counts as empty.
    ///
    /// # Errors
    /// When something that exists cannot be read.
    pub fn read(part: &'static str, paths: &[&str]) -> Outcome<Self> {
        let digest = digest(project::root(), paths)
            .map_err(|error| format!("cannot read the sources of {part}: {error}"))?;
        Ok(Self { part, digest })
    }

    /// True when `results` came from other sources, or are not all there.
    pub fn changed_since(&self, results: &[PathBuf]) -> bool {
        let last = fs::read_to_string(self.record()).ok();
        must_build(
            last.as_deref(),
            &self.digest,
            results.iter().all(|path| path.is_file()),
        )
    }

    /// Remembers that the results now come from these sources.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn built(&self) -> Outcome {
        write(&self.record(), self.digest.as_bytes())
    }

    fn record(&self) -> PathBuf {
        project::target().join("built-from").join(self.part)
    }
}

fn must_build(last: Option<&str>, now: &str, results_are_there: bool) -> bool {
    !results_are_there || last != Some(now)
}

fn digest(root: &Path, paths: &[&str]) -> io::Result<String> {
    let mut files = BTreeSet::new();
    for path in paths {
        collect(&root.join(path), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.insert(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?.path();
            let name = entry
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if !NOT_SOURCES.contains(&name) {
                collect(&entry, files)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_sources_need_no_build() {
        assert!(!must_build(Some("a"), "a", true));
    }

    #[test]
    fn changed_sources_need_a_build() {
        assert!(must_build(Some("a"), "b", true));
    }

    #[test]
    fn the_first_time_needs_a_build() {
        assert!(must_build(None, "a", true));
    }

    #[test]
    fn a_result_that_was_deleted_needs_a_build() {
        assert!(must_build(Some("a"), "a", false));
    }

    #[test]
    fn the_digest_follows_what_a_file_holds() {
        let root = scene("holds", &[("src/a.rs", "one")]);
        let before = digest(&root, &["src"]).unwrap();
        fs::write(root.join("src/a.rs"), "two").unwrap();

        assert_ne!(digest(&root, &["src"]).unwrap(), before);
    }

    #[test]
    fn the_digest_follows_a_new_name() {
        let root = scene("name", &[("src/a.rs", "one")]);
        let before = digest(&root, &["src"]).unwrap();
        fs::rename(root.join("src/a.rs"), root.join("src/b.rs")).unwrap();

        assert_ne!(digest(&root, &["src"]).unwrap(), before);
    }

    #[test]
    fn results_and_tests_do_not_count_as_sources() {
        let root = scene("results", &[("part/a.ts", "one")]);
        let before = digest(&root, &["part"]).unwrap();
        for folder in NOT_SOURCES {
            fs::create_dir_all(root.join("part").join(folder)).unwrap();
            fs::write(root.join("part").join(folder).join("x"), "new").unwrap();
        }

        assert_eq!(digest(&root, &["part"]).unwrap(), before);
    }

    fn scene(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = project::target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&root);
        for (path, text) in files {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        root
    }
}
