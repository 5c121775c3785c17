//! Measures the server beside its limits, on the databases that it is given, and reports what a browser measured.
//! `cargo xtask bench` builds what is measured and starts this; only ratios within one run are worth comparing.

mod api;
mod constant;
mod database;
mod document;
mod failure;
mod figure;
mod latency;
mod limit;
mod load;
mod machine;
mod page;
mod process;
mod rows;
mod server;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Bench {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure the API: sessions made and read
    Api(api::Arguments),
    /// Report what a browser measured on pages with a payment form
    Page(page::Arguments),
    /// Serve a constant route, as the limit of a read
    #[command(hide = true)]
    Constant,
}

fn main() -> ExitCode {
    let outcome = match Bench::parse().command {
        Command::Api(arguments) => api::run(&arguments),
        Command::Page(arguments) => page::run(&arguments),
        Command::Constant => constant::serve(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
