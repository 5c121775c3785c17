//! The tests that drive a browser against real servers.
//! What they check stands in `tests/`; here is only what they need to run.

mod contact_sheet;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{build, failure::Outcome, process, project, say, setup};

/// `cargo xtask browser`
#[derive(Args)]
pub struct Arguments {
    /// Keep pictures of the pages in this folder
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
    /// Run only the tests whose name contains this
    filter: Option<String>,
}

/// Carries out the command: set-up, build, tests.
///
/// # Errors
/// When something does not build or a test fails.
pub fn run(arguments: &Arguments) -> Outcome {
    setup::for_browser_tests()?;
    build::all(false, false)?;
    tests(
        arguments.screenshots.as_deref(),
        arguments.filter.as_deref(),
    )
}

/// The tests alone, against servers that are already built.
///
/// # Errors
/// When a test fails.
pub fn tests(screenshots: Option<&Path>, filter: Option<&str>) -> Outcome {
    let mut cargo = process::cargo(&["test", "-p", "browser-tests"])?;
    cargo.env("BORGA_BIN_DIR", project::binaries(false));
    let folder = match screenshots {
        Some(folder) => Some(
            std::path::absolute(folder)
                .map_err(|error| format!("--screenshots {}: {error}", folder.display()))?,
        ),
        None => None,
    };
    if let Some(folder) = &folder {
        cargo.env("BORGA_SCREENSHOTS", folder);
    }
    cargo.args(filter.map(|filter| ["--", filter]).into_iter().flatten());
    let outcome = process::run(cargo);
    // Also of what there is when a test failed.
    if let Some(sheet) = folder
        .as_deref()
        .map(contact_sheet::write)
        .transpose()?
        .flatten()
    {
        say::progress(&format!("pictures: {}", sheet.display()));
    }
    outcome
}
