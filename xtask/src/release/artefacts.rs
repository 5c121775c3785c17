//! What is published: the browser files, the npm packages, the server's program.

use std::{fs, path::Path};

use crate::{build, failure::Outcome, process, project};

/// Where the browser files are in a release: what `assets_dir` names.
pub const BROWSER: &str = "browser";
/// Where the npm packages are.
pub const PACKAGES: &str = "npm";
/// The server's program.
pub const SERVER: &str = "embed-server";

/// With which the server is built for real money.
const PROFILE: &str = "dist";

/// What C compilers take for the time, in seconds since 1970 (reproducible-builds.org): that of every release.
const BUILT_AT: &str = "315532800";

/// Builds everything anew into a folder.
///
/// # Errors
/// When something does not build.
pub fn make(folder: &Path, with_server: bool) -> Outcome {
    build::for_browsers(true)?;
    for part in ["frame", "v1"] {
        let to = folder.join(BROWSER).join(part);
        copy_all(&project::dist().join(part), &to)?;
    }
    let mut node = process::tool("node")?;
    node.arg("js-shim/tarballs.mjs").arg(folder.join(PACKAGES));
    process::run_aside(node)?;
    if with_server {
        server(folder)?;
    }
    Ok(())
}

fn server(folder: &Path) -> Outcome {
    let mut cargo = process::cargo(&["build", "--locked", "--package", SERVER])?;
    cargo.args(["--profile", PROFILE]);
    // Where it was built stands nowhere in it.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", build::paths::shortened()?);
    // Nor when: the allocator's C has the time of its compilation in a text, unless this is set.
    cargo.env("SOURCE_DATE_EPOCH", BUILT_AT);
    process::run_aside(cargo)?;
    copy(
        &project::target().join(PROFILE).join(SERVER),
        &folder.join(SERVER),
    )
}

/// Everything, also what should not be there: the inventory refuses that by its name.
fn copy_all(from: &Path, to: &Path) -> Outcome {
    let explain = |error| format!("cannot read {}: {error}", from.display());
    fs::create_dir_all(to).map_err(|error| format!("cannot make {}: {error}", to.display()))?;
    for entry in fs::read_dir(from).map_err(explain)? {
        let entry = entry.map_err(explain)?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| format!("cannot copy {}: {error}", from.display()).into())
}
