//! The script for merchants' pages: `dist/v1/borga.js`.
//! How it is bundled is the npm package's own business.

use super::{compress, freshness::Sources, read, write};
use crate::{failure::Outcome, process, project, say};

const PACKAGE: &str = "js-shim/js";
const SOURCES: [&str; 6] = [
    "checkout-element",
    PACKAGE,
    "package.json",
    "package-lock.json",
    "xtask/src/build.rs",
    "xtask/src/build",
];

/// Builds into `dist/v1`, unless what is there came from the same sources.
///
/// # Errors
/// When the package does not build or leaves no `dist/borga.js`.
pub fn build(force: bool) -> Outcome {
    let sources = Sources::read("script", &SOURCES)?;
    let bundle = project::root().join(PACKAGE).join("dist/borga.js");
    let served = project::dist().join("v1/borga.js");
    if !force && !sources.changed_since(&[bundle.clone(), served.clone()]) {
        say::progress("build: the script is up to date");
        return Ok(());
    }
    let mut npm = process::tool("npm")?;
    npm.args(["run", "build", "-w", PACKAGE]);
    process::run_aside(npm)?;
    write(&served, &read(&bundle)?)?;
    compress::beside(&served)?;
    sources.built()
}
