//! The demo shop's React and Vue pages: `dist/pages`.
//! How they are bundled is the shop's own business; here is only when.

use super::freshness::Sources;
use crate::{failure::Outcome, process, project, say};

const SOURCES: [&str; 8] = [
    "checkout-element",
    "demo-site/pages",
    "js-shim/js",
    "js-shim/pack.mjs",
    "js-shim/react",
    "js-shim/vue",
    "package.json",
    "package-lock.json",
];
const PAGES: [&str; 5] = [
    "react.js",
    "react-development.js",
    "routed.js",
    "modal.js",
    "vue.js",
];

/// Builds into `dist/pages`, unless what is there came from the same sources.
///
/// # Errors
/// When a page does not build.
pub fn build(force: bool) -> Outcome {
    let sources = Sources::read("pages", &SOURCES)?;
    let folder = project::dist().join("pages");
    if !force && !sources.changed_since(&PAGES.map(|name| folder.join(name))) {
        say::progress("build: the shop's React and Vue pages are up to date");
        return Ok(());
    }
    let mut node = process::tool("node")?;
    node.arg("demo-site/pages/build.mjs").arg(&folder);
    process::run_aside(node)?;
    sources.built()
}
