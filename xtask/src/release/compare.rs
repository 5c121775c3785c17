//! Whether two folders hold the same files with the same bytes.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::failure::Outcome;

/// How many files there are, when both folders have the same.
///
/// # Errors
/// When something differs, naming every such file, or a folder cannot be read.
pub fn same(first: &Path, second: &Path) -> Outcome<usize> {
    let explain = |error: io::Error| format!("cannot compare two builds: {error}");
    let mut names = files(first).map_err(explain)?;
    names.extend(files(second).map_err(explain)?);
    let mut differences = Vec::new();
    for name in &names {
        let name_shown = name.display();
        match (fs::read(first.join(name)), fs::read(second.join(name))) {
            (Ok(one), Ok(other)) => {
                if let Some(at) = first_difference(&one, &other) {
                    let (one, other) = (one.len(), other.len());
                    differences.push(format!(
                        "{name_shown}: {one} and {other} bytes, different from byte {at} on"
                    ));
                }
            }
            (Ok(_), Err(_)) => differences.push(format!("{name_shown}: only in the first")),
            (Err(_), _) => differences.push(format!("{name_shown}: only in the second")),
        }
    }
    if differences.is_empty() {
        return Ok(names.len());
    }
    Err(format!(
        "two builds of the same sources differ:\n  {}",
        differences.join("\n  ")
    )
    .into())
}

fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b);
    Some(same.count())
}

/// Every file below a folder, by its path in it.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(part) = folders.pop() {
        for entry in fs::read_dir(folder.join(&part))? {
            let entry = entry?;
            let path = part.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &[(&str, &str)], second: &[(&str, &str)]) -> Outcome<usize> {
        let [one, other] = [first, second].map(|files| {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in files {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            folder
        });
        same(one.path(), other.path())
    }

    #[test]
    fn the_same_bytes_are_the_same() {
        let files = [("a/b.js", "x"), ("c", "")];
        assert_eq!(check(&files, &files), Ok(2));
    }

    #[test]
    fn every_file_that_differs_is_named() {
        let failure = check(
            &[("a/b.js", "one"), ("c", ""), ("same", "1")],
            &[("a/b.js", "oak!"), ("d", ""), ("same", "1")],
        );

        let said = failure.unwrap_err().to_string();
        assert!(
            said.contains("a/b.js: 3 and 4 bytes, different from byte 1 on"),
            "{said}"
        );
        assert!(said.contains("c: only in the first"), "{said}");
        assert!(said.contains("d: only in the second"), "{said}");
        assert!(!said.contains("same:"), "{said}");
    }

    #[test]
    fn what_is_cut_off_differs_from_its_end_on() {
        assert_eq!(first_difference(b"abc", b"ab"), Some(2));
        assert_eq!(first_difference(b"abc", b"abc"), None);
    }
}
