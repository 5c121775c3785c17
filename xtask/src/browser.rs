//! The tests that drive a browser against real servers.
//! What they check stands in `tests/`; here is only what they need to run.

mod contact_sheet;

use std::path::{Path, PathBuf};
use std::process::Command;

use borga_embed_lab::{Case, Group};
use clap::Args;

use crate::{build, failure::Outcome, process, project, say, setup};

/// The tests of `tests/tests/browser`, and the lab's cases: the two programs of that package.
const TESTS: &str = "browser";
const LAB: &str = "lab";

/// Where an engine makes the most difference: these run in all of them with every change, everything else in Chromium only.
const IN_EVERY_ENGINE: [&str; 6] = [
    "pay_with_card",
    "anything",
    "card_input",
    "every_state",
    "three_d_secure",
    "without_keys",
];

/// What of the lab is played with every change: this group in Chromium, these cases in the others. `cargo xtask lab` plays
/// everything in all of them, which takes too long for a change.
const PLAYED_IN_CHROMIUM: Group = Group::Ways;
const PLAYED_IN_THE_OTHERS: [&str; 3] = ["popup", "inline", "redirect"];

/// The variable that names what of the lab is played.
pub const LAB_CASES: &str = "BORGA_LAB_CASES";

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

/// What every change is held against, against servers that are already built: everything in Chromium, and what engines
/// differ in most in the others too. `cargo xtask browser` runs everything in all of them.
///
/// # Errors
/// When a test fails.
pub fn tests_of_a_change() -> Outcome {
    let mut chromium = cargo_test()?;
    chromium
        .env(
            LAB_CASES,
            cases(&["chromium"], |case| case.group == PLAYED_IN_CHROMIUM),
        )
        .args(["--", "--skip", "firefox", "--skip", "webkit"]);
    process::run(chromium)?;
    let mut others = cargo_test()?;
    others.args(["--test", TESTS, "--"]);
    others.args(
        IN_EVERY_ENGINE
            .iter()
            .flat_map(|tests| ["firefox", "webkit"].map(|engine| format!("{tests}::{engine}::"))),
    );
    process::run(others)?;
    let cases = cases(&["firefox", "webkit"], |case| {
        PLAYED_IN_THE_OTHERS.contains(&case.name)
    });
    play_lab(&[(LAB_CASES, cases)])
}

/// The lab's cases that are `chosen`, in these engines, as its tests want them named.
fn cases(engines: &[&str], chosen: impl Fn(&Case) -> bool) -> String {
    let chosen: Vec<_> = borga_embed_lab::all().filter(|case| chosen(case)).collect();
    let names: Vec<String> = engines
        .iter()
        .flat_map(|engine| {
            chosen
                .iter()
                .map(move |case| format!("{engine}::{}", case.name))
        })
        .collect();
    names.join(",")
}

fn cargo_test() -> Outcome<Command> {
    let mut cargo = process::cargo(&["test", "-p", "browser-tests"])?;
    cargo.env("BORGA_BIN_DIR", project::binaries(false));
    Ok(cargo)
}

/// The lab's cases as these variables want them (`tests/tests/lab.rs`), against servers that are already built.
///
/// # Errors
/// When one does not end as it must.
pub fn play_lab(variables: &[(&str, String)]) -> Outcome {
    let mut cargo = cargo_test()?;
    cargo
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .args(["--test", LAB]);
    process::run(cargo)
}

/// The tests alone, against servers that are already built.
///
/// # Errors
/// When a test fails.
pub fn tests(screenshots: Option<&Path>, filter: Option<&str>) -> Outcome {
    let mut cargo = cargo_test()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A filter that matches nothing would pass.
    #[test]
    fn what_runs_in_every_engine_is_there_in_every_engine() {
        for name in IN_EVERY_ENGINE {
            let path = format!("tests/tests/{TESTS}/{name}.rs");
            let source = std::fs::read_to_string(project::root().join(&path)).expect(&path);
            assert!(source.contains("in_every_engine!("), "{path}");
        }
        for name in PLAYED_IN_THE_OTHERS {
            assert!(borga_embed_lab::find(name).is_some(), "{name}");
        }
    }
}
