//! Where things are in this checkout, and which versions its manifest pins.
//! It only reads; whoever needs a folder makes it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::failure::Outcome;

/// The folder of the workspace manifest.
pub fn root() -> &'static Path {
    // Compiled in: the variable of the same name at run time is inherited by whatever a test
    // starts, and then names the test's crate.
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where the servers stand once they are built.
pub fn binaries(release: bool) -> PathBuf {
    target().join(if release { "release" } else { "debug" })
}

/// A server's program.
///
/// # Errors
/// When it has not been built.
pub fn binary(release: bool, name: &str) -> Outcome<PathBuf> {
    let path = binaries(release).join(name);
    if path.is_file() {
        return Ok(path);
    }
    let flag = if release { " --release" } else { "" };
    Err(format!(
        "{} is missing: run `cargo xtask build{flag}`",
        path.display()
    )
    .into())
}

/// What the checkout server serves: the frame's files and the merchants' script.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// A path as text, as a settings file, a URL or a setting of PostgreSQL needs it.
///
/// # Errors
/// When it is not UTF-8.
pub fn utf8(path: &Path) -> Outcome<String> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| format!("the path {} is not UTF-8", path.display()).into())
}

/// The exact version that the workspace pins for a crate; it stands in `Cargo.toml` once.
///
/// # Errors
/// When the manifest cannot be read or does not pin the crate with `=`.
pub fn pinned(name: &str) -> Outcome<String> {
    let path = root().join("Cargo.toml");
    let manifest = fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    pinned_in(&manifest, name).ok_or_else(|| {
        format!("Cargo.toml does not pin {name}: write `{name} = \"=x.y.z\"` under [workspace.dependencies]")
            .into()
    })
}

fn pinned_in(manifest: &str, name: &str) -> Option<String> {
    manifest.lines().find_map(|line| {
        let value = line.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        let version = value.split_once("\"=")?.1.split_once('"')?.0;
        Some(version.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_read_from_a_plain_entry() {
        let manifest = "wasm-bindgen-futures = \"0.4\"\nwasm-bindgen = \"=0.2.130\"\n";

        assert_eq!(
            pinned_in(manifest, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
    }

    #[test]
    fn a_pin_is_read_from_a_table_entry() {
        let manifest = "leptos = { version = \"=0.8.23\", default-features = false }";

        assert_eq!(pinned_in(manifest, "leptos").as_deref(), Some("0.8.23"));
    }

    #[test]
    fn a_loose_version_is_not_a_pin() {
        assert_eq!(pinned_in("wasm-bindgen = \"0.2\"", "wasm-bindgen"), None);
    }

    #[test]
    fn this_workspace_pins_wasm_bindgen() {
        assert!(pinned("wasm-bindgen").is_ok());
    }
}
