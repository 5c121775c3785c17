//! Measures: builds the servers and the program that knows the goals (`bench`), starts what they need, and lets them run.
//! What is measured, and which figure is good enough, stands with that program.

mod page;

use std::ffi::OsString;

use clap::{Args, Subcommand};

use crate::{
    failure::Outcome,
    postgres::{Cluster, Durability},
    process, project, setup, signals,
};

/// Where the figures are written down.
const DOCUMENT: &str = "docs/performance.md";

/// `cargo xtask bench`
#[derive(Subcommand)]
pub enum Bench {
    /// Sessions made and read, on SQLite and on PostgreSQL, each beside its limit
    Api(Api),
    /// How soon a payer can type, in a browser, beside other forms
    Page(page::Page),
}

/// `cargo xtask bench api`
#[derive(Args)]
pub struct Api {
    /// Show in a minute that everything works; the figures are worth nothing
    #[arg(long)]
    quick: bool,
    /// How often every cell is measured
    #[arg(long)]
    rounds: Option<usize>,
    /// Write the table into docs/performance.md
    #[arg(long)]
    write: bool,
}

/// Carries out the command.
///
/// # Errors
/// When something does not build or start, or a figure is below its gate.
pub fn run(bench: &Bench) -> Outcome {
    match bench {
        Bench::Api(arguments) => api(arguments),
        Bench::Page(arguments) => page::run(arguments),
    }
}

fn api(api: &Api) -> Outcome {
    setup::for_postgres()?;
    let parts = [
        "build",
        "--profile",
        "dist",
        "-p",
        "embed-server",
        "-p",
        "bench",
    ];
    process::run_aside(process::cargo(&parts)?)?;

    let binaries = project::target().join("dist");

    let mut cluster = Cluster::start(Durability::Durable)?;
    signals::outlive_an_interrupt()?;
    let mut command = process::program(&binaries.join("bench"));
    command
        .arg("api")
        .args([
            OsString::from("--server"),
            binaries.join("embed-server").into(),
        ])
        .args(["--postgres", &cluster.url()])
        .args([
            OsString::from("--folder"),
            project::target().join("bench").into(),
        ]);
    if api.quick {
        command.arg("--quick");
    }
    if let Some(rounds) = api.rounds {
        command.args(["--rounds", &rounds.to_string()]);
    }
    if api.write {
        command.args(["--write", DOCUMENT]);
    }
    process::run(command).map_err(|failure| match cluster.refuse_ended() {
        Ok(()) => failure,
        Err(ended) => format!("{failure}; {ended}").into(),
    })
}
