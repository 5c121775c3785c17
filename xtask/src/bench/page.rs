//! Starts the demo with servers built for release, lets a browser visit pages with a payment form (`tests/page-speed`),
//! and has the visits reported.

use clap::Args;

use super::DOCUMENT;
use crate::{build, demo, failure::Outcome, process, project, say, setup};

const ROUNDS: u32 = 7;

/// `cargo xtask bench page`
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
#[derive(Args)]
pub struct Page {
    /// Show with one round that everything works; the figures are worth little
    #[arg(long)]
    quick: bool,
    /// How often every page is visited under every condition
    #[arg(long)]
    rounds: Option<u32>,
    /// Write the tables into docs/performance.md
    #[arg(long)]
    write: bool,
    /// Say instead what processor time and heap of each page go into
    #[arg(long)]
    profile: bool,
    /// Use what is already built
    #[arg(long)]
    skip_build: bool,
    /// The first of the demo's three ports
    #[arg(long, value_name = "N", default_value_t = 4190)]
    port_base: u16,
}

/// Carries out the command.
///
/// # Errors
/// When something does not build or start, or a page never becomes usable.
pub fn run(arguments: &Page) -> Outcome {
    setup::for_page_speed()?;
    if !arguments.skip_build {
        build::all(true, false)?;
        process::run_aside(process::cargo(&["build", "-p", "bench"])?)?;
    }
    let work = project::target().join("page-speed");
    let rounds = match (arguments.rounds, arguments.quick) {
        (Some(rounds), _) => rounds,
        (None, true) => 1,
        (None, false) => ROUNDS,
    };
    let demo = demo::Running::start(true, arguments.port_base)?;
    let mut measuring = process::tool("node")?;
    measuring
        .arg(if arguments.profile {
            "tests/page-speed/profile.mjs"
        } else {
            "tests/page-speed/measure.mjs"
        })
        .args(["--ready", demo.ready(), "--rounds", &rounds.to_string()])
        .arg("--work")
        .arg(&work);
    say::progress(&format!("bench: {rounds} rounds"));
    // Not shown as a command: it holds the demo's key.
    let status = measuring
        .status()
        .map_err(|error| format!("cannot start node: {error}"))?;
    if !status.success() {
        return Err(format!("the browser's visits failed ({status})").into());
    }
    drop(demo);
    if arguments.profile {
        return Ok(());
    }

    let mut report = process::program(&project::binary(false, "bench")?);
    report
        .arg("page")
        .arg("--visits")
        .arg(work.join("visits.json"));
    if arguments.write {
        report.args(["--write", DOCUMENT]);
    }
    process::run(report)
}
