//! Where sources lie on the machine that builds is nobody's business, and each path is a few bytes of every payer's download.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{failure::Outcome, process, project};

/// Separates flags in `CARGO_ENCODED_RUSTFLAGS`, so that a folder may have a space in its name.
const BETWEEN: &str = "\u{1f}";

/// Flags for the compiler by which our sources, those of dependencies and those of the standard library have short names.
///
/// # Errors
/// When there is no compiler.
pub fn shortened() -> Outcome<String> {
    let flags = prefixes()?
        .iter()
        .map(|prefix| format!("--remap-path-prefix={}=", prefix.display()))
        .collect::<Vec<_>>();
    Ok(flags.join(BETWEEN))
}

/// Refuses a file that names a folder of this machine.
///
/// # Errors
/// When it does.
pub fn refuse(name: &str, contents: &[u8]) -> Outcome {
    let mut homes = vec![project::root().to_owned()];
    homes.extend(cargo_home());
    match homes.iter().find(|home| names(contents, home)) {
        Some(home) => Err(format!("{name} names {}: see {}", home.display(), file!()).into()),
        None => Ok(()),
    }
}

fn names(contents: &[u8], folder: &Path) -> bool {
    let folder = folder.as_os_str().as_encoded_bytes();
    contents.windows(folder.len()).any(|part| part == folder)
}

fn prefixes() -> Outcome<Vec<PathBuf>> {
    let mut prefixes = vec![project::root().to_owned()];
    if let Some(home) = cargo_home() {
        prefixes.push(home.clone());
        // One folder for each registry.
        let registries = fs::read_dir(home.join("registry/src"))
            .into_iter()
            .flatten();
        prefixes.extend(registries.flatten().map(|registry| registry.path()));
    }
    let mut rustc = process::tool("rustc")?;
    rustc.arg("-vV");
    let about = process::output(rustc)?;
    let commit = about
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    // The standard library's own sources go by the compiler's commit, wherever they were built.
    prefixes.extend(commit.map(|commit| PathBuf::from(format!("/rustc/{commit}/library"))));
    Ok(prefixes)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_names_this_checkout_is_refused() {
        let here = project::root().join("checkout-wasm/src/lib.rs");
        let text = format!("panicked at {}", here.display());
        assert!(refuse("a.wasm", text.as_bytes()).is_err());
        assert_eq!(refuse("a.wasm", b"panicked at src/lib.rs"), Ok(()));
    }

    #[test]
    fn this_checkout_goes_by_no_name() {
        let ours = format!("--remap-path-prefix={}=", project::root().display());
        assert!(shortened().unwrap().split(BETWEEN).any(|flag| flag == ours));
    }
}
