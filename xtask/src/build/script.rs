//! The scripts for merchants' pages: `dist/v1/borga.js`, and `borga-api.js` that it loads when it is called.
//! How they are bundled is the npm package's own business.

use super::{compress, freshness::Sources, read, write};
use crate::{failure::Outcome, process, project, say};

const PACKAGE: &str = "js-shim/js";
const SCRIPTS: [&str; 2] = ["borga.js", "borga-api.js"];
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
/// When the package does not build or leaves no such scripts.
pub fn build(force: bool) -> Outcome {
    let sources = Sources::read("script", &SOURCES)?;
    let bundles = project::root().join(PACKAGE).join("dist");
    let served = project::dist().join("v1");
    let results: Vec<_> = [&bundles, &served]
        .iter()
        .flat_map(|folder| SCRIPTS.map(|name| folder.join(name)))
        .collect();
    if !force && !sources.changed_since(&results) {
        say::progress("build: the script is up to date");
        return Ok(());
    }
    let mut npm = process::tool("npm")?;
    npm.args(["run", "build", "-w", PACKAGE]);
    process::run_aside(npm)?;
    for name in SCRIPTS {
        write(&served.join(name), &read(&bundles.join(name))?)?;
        compress::beside(&served.join(name))?;
    }
    sources.built()
}
