//! The frame's files: the wasm module, its glue, the boot script and the styles.
//! Refuses a module that Trusted Types would refuse in the payer's browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{compress, freshness::Sources, paths, read, write};
use crate::{failure::Outcome, process, project, say};

const SOURCES: [&str; 8] = [
    "checkout-wasm",
    "checkout-protocol/src",
    "checkout-protocol/Cargo.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "xtask/src/build.rs",
    "xtask/src/build",
];
/// Served as they are, with their compressed forms.
const SERVED: [&str; 4] = ["checkout.js", "checkout.wasm", "boot.js", LATE];
/// Written into the frame's document.
const STYLES: &str = "checkout.css";
/// Styles of what no first HTML shows, in a file that browsers keep.
const LATE: &str = "late.css";
const LATE_SHEETS: [&str; 3] = ["brand-marks.css", "panel.css", "saved-cards.css"];
/// Mends the others where colours are the payer's, so it stands in both.
const LAST_SHEET: &str = "zz-forced-colors.css";

/// Builds into `dist/frame`, unless what is there came from the same sources.
///
/// # Errors
/// When a source is missing, does not compile, or yields glue that assigns `innerHTML`.
pub fn build(force: bool) -> Outcome {
    let sources = Sources::read("wasm", &SOURCES)?;
    let frame = project::dist().join("frame");
    let results: Vec<_> = SERVED
        .iter()
        .chain(&[STYLES])
        .map(|name| frame.join(name))
        .collect();
    if !force && !sources.changed_since(&results) {
        say::progress("build: the wasm module is up to date");
        return Ok(());
    }
    let package = project::target().join("checkout-wasm-pkg");
    compile(&package)?;
    let glue = package.join("checkout.js");
    refuse_inner_html(&String::from_utf8_lossy(&read(&glue)?))?;
    refuse_snippets(&package)?;
    let source = project::root().join("checkout-wasm");
    minify(&glue, &frame.join("checkout.js"))?;
    minify(&source.join("boot.js"), &frame.join("boot.js"))?;
    let sheets = source.join("ui/style");
    let is_late = |name: &str| LATE_SHEETS.contains(&name);
    let first = styles(&sheets, STYLES, |name| !is_late(name))?;
    let late = styles(&sheets, LATE, |name| is_late(name) || name == LAST_SHEET)?;
    minify(&first, &frame.join(STYLES))?;
    minify(&late, &frame.join(LATE))?;
    let module = read(&package.join("checkout_bg.wasm"))?;
    paths::refuse("checkout.wasm", &module)?;
    write(&frame.join("checkout.wasm"), &module)?;
    for name in SERVED {
        compress::beside(&frame.join(name))?;
    }
    sources.built()
}

fn compile(package: &Path) -> Outcome {
    // What an earlier build left must not pass for a result of this one.
    let _ = fs::remove_dir_all(package);
    let mut wasm_pack = process::tool("wasm-pack")?;
    // It must not download tools: set-up has put the right ones on the PATH.
    wasm_pack.args([
        "build",
        "checkout-wasm",
        "--mode",
        "no-install",
        "--target",
        "web",
    ]);
    wasm_pack.args([
        "--profile",
        "wasm",
        "--no-typescript",
        "--out-name",
        "checkout",
    ]);
    wasm_pack.arg("--out-dir").arg(package);
    wasm_pack.env("CARGO_ENCODED_RUSTFLAGS", paths::shortened()?);
    process::run_aside(wasm_pack).map_err(|failure| {
        format!("{failure}\nIf it misses wasm-bindgen or wasm-opt, `cargo xtask setup --check` says which").into()
    })
}

/// Leptos builds wholly literal nested elements through this, and the frame's policy forbids it.
fn refuse_inner_html(glue: &str) -> Outcome {
    if glue.contains("innerHTML") {
        return Err(
            "the wasm module sets innerHTML, which the frame's Trusted Types policy refuses: \
             make one part of each literal nested element in checkout-wasm/ui a block, \
             as in `<b class={\"x\"}>{\"t\"}</b>`"
                .into(),
        );
    }
    Ok(())
}

fn refuse_snippets(package: &Path) -> Outcome {
    if package.join("snippets").exists() {
        return Err("a dependency of checkout-wasm brings JavaScript snippets, which dist/frame does not carry".into());
    }
    Ok(())
}

/// The chosen style sheets in the order of their names, as one file.
fn styles(folder: &Path, joined: &str, is_chosen: impl Fn(&str) -> bool) -> Outcome<PathBuf> {
    let explain = |error| format!("cannot read {}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(explain)? {
        let path = entry.map_err(explain)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name
            .is_some_and(|name| path.extension().is_some_and(|it| it == "css") && is_chosen(name))
        {
            paths.push(path);
        }
    }
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        all.extend(read(&path)?);
        all.push(b'\n');
    }
    let joined = project::target().join("checkout-wasm-pkg").join(joined);
    write(&joined, &all)?;
    Ok(joined)
}

/// Shortens one script or style sheet; imports stay as they are.
fn minify(from: &Path, to: &Path) -> Outcome {
    if !from.is_file() {
        return Err(format!("{} is missing", from.display()).into());
    }
    let mut esbuild = process::tool("esbuild")?;
    esbuild
        .arg(from)
        .args(["--minify", "--legal-comments=none", "--log-level=warning"]);
    if from.extension().is_some_and(|it| it == "js") {
        esbuild.arg("--format=esm");
    }
    write(to, process::output(esbuild)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_that_sets_inner_html_is_refused() {
        assert!(refuse_inner_html("getObject(a).innerHTML = b").is_err());
    }

    #[test]
    fn glue_without_inner_html_passes() {
        assert_eq!(refuse_inner_html("getObject(a).textContent = b"), Ok(()));
    }
}
