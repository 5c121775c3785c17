//! Builds what the servers serve (`dist/`) and the servers themselves.
//! Which files belong to a part stands with that part; here is only the order.

pub mod compress;
mod freshness;
pub mod integrity;
mod pages;
pub mod paths;
mod script;
mod wasm;

use std::{fs, path::Path};

use clap::Args;

use crate::{failure::Outcome, process, setup};

pub use script::say_integrity;

/// `cargo xtask build`
#[derive(Args)]
pub struct Arguments {
    /// Build the servers with optimisation
    #[arg(long)]
    release: bool,
    /// Build the wasm module and the script even when their sources are unchanged
    #[arg(long)]
    force: bool,
}

/// Carries out the command: set-up, then everything.
///
/// # Errors
/// When a tool is missing or a part does not build.
pub fn run(arguments: &Arguments) -> Outcome {
    setup::for_build()?;
    all(arguments.release, arguments.force)
}

/// Everything that the demo and the browser tests need.
///
/// # Errors
/// When a part does not build.
pub fn all(release: bool, force: bool) -> Outcome {
    for_demo(force)?;
    servers(release)
}

/// What browsers load from the checkout and from the demo shop.
///
/// # Errors
/// When a part does not build.
pub fn for_demo(force: bool) -> Outcome {
    for_browsers(force)?;
    pages::build(force)
}

/// What payers' browsers load: `dist/frame` and `dist/v1`.
///
/// # Errors
/// When a part does not build.
pub fn for_browsers(force: bool) -> Outcome {
    wasm::build(force)?;
    script::build(force)
}

/// The three servers, and this program, which starts them.
fn servers(release: bool) -> Outcome {
    let parts = [
        "-p",
        "embed-server",
        "-p",
        "sandbox",
        "-p",
        "demo-site",
        "-p",
        "xtask",
    ];
    let mut cargo = process::cargo(&["build"])?;
    cargo.args(parts);
    if release {
        cargo.arg("--release");
    }
    process::run_aside(cargo)
}

/// Writes a file in one go, so that a running server never reads half of it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, contents: &[u8]) -> Outcome {
    let explain = |error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(explain)?;
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".part");
    fs::write(&unfinished, contents).map_err(explain)?;
    fs::rename(&unfinished, path).map_err(explain)?;
    Ok(())
}

/// A file as it is.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}
