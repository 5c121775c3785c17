//! Every command a person types in this project: `cargo xtask setup | build | demo | test | browser | bench | fuzz |
//! lab | size | release | postgres | fix`.
//! It starts tools and servers and says what they do; it must not hold a rule of the checkout itself.

mod bench;
mod browser;
mod build;
mod demo;
mod failure;
mod fix;
mod fuzz;
mod lab;
mod log;
mod postgres;
mod process;
mod project;
mod release;
mod say;
mod setup;
mod signals;
mod size;
mod steps;
mod test;
mod version;
mod versions;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing on this machine and in this checkout
    Setup(setup::Arguments),
    /// Build the wasm module, the script for merchants' pages and the servers
    Build(build::Arguments),
    /// Start the shop, the checkout server and the sandbox bank, and keep them running
    Demo(demo::Arguments),
    /// Run everything that CI runs
    Test(test::Arguments),
    /// Run the tests that drive a browser
    Browser(browser::Arguments),
    /// Play the lab's cases: every way in which a payment with 3-D Secure can go wrong
    Lab(lab::Arguments),
    /// Measure the server beside its limits, and the checkout in a browser beside others
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Look for anything that makes the frame panic or break a promise
    Fuzz(fuzz::Arguments),
    /// Hold what browsers download against size-budget.json
    Size(size::Arguments),
    /// Build everything that is published, twice, and compare the bytes
    Release(release::Arguments),
    /// Start a PostgreSQL of our own, print its URL, and keep it until Ctrl-C
    Postgres,
    /// Format, and mend what clippy and rustfmt can mend themselves
    Fix,
}

fn main() -> ExitCode {
    let outcome = match Xtask::parse().command {
        Command::Setup(arguments) => setup::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Browser(arguments) => browser::run(&arguments),
        Command::Lab(arguments) => lab::run(&arguments),
        Command::Bench(bench) => bench::run(&bench),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Size(arguments) => size::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Postgres => postgres::run(),
        Command::Fix => fix::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::progress(&format!("error: {failure}"));
            ExitCode::FAILURE
        }
    }
}
