//! The scripts for merchants' pages: `dist/v1/borga.js`, and what it loads when it is called. How they are bundled is the
//! npm package's own business.

use super::{compress, freshness::Sources, integrity, read, write};
use crate::{failure::Outcome, process, project, say, versions};

const PACKAGE: &str = "js-shim/js";
const SCRIPTS: [&str; 5] = [
    "borga.js",
    "borga-api.js",
    "borga-doctor.js",
    "borga-explained.js",
    "borga-overlay.js",
];
/// The names under which the server serves them.
const LIST: &str = "scripts.json";
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
/// When the package does not build or leaves a script out.
pub fn build(force: bool) -> Outcome {
    let sources = Sources::read("script", &SOURCES)?;
    let built = project::root().join(PACKAGE).join("dist");
    let served = project::dist().join("v1");
    let results = SCRIPTS.map(|name| [built.join(name), served.join(name)]);
    let lists = [built.join(LIST), served.join(LIST)];
    let all = [results.as_flattened(), &lists].concat();
    if !force && !sources.changed_since(&all) {
        say::progress("build: the scripts are up to date");
        return say_integrity();
    }
    let mut npm = process::tool("npm")?;
    npm.args(["run", "build", "-w", PACKAGE]);
    process::run_aside(npm)?;
    for [from, to] in results {
        write(&to, &read(&from)?)?;
        compress::beside(&to)?;
    }
    write(&lists[1], &read(&lists[0])?)?;
    sources.built()?;
    say_integrity()
}

/// Says the hash of `borga.js`, for pages that pin this version; it holds for the checkout origin that the script is built
/// for.
///
/// # Errors
/// When it has not been built.
pub fn say_integrity() -> Outcome {
    let script = read(&project::dist().join("v1").join(SCRIPTS[0]))?;
    say::progress(&format!(
        "borga.js {}: integrity=\"{}\"",
        versions::VERSION,
        integrity::of(&script)
    ));
    Ok(())
}
