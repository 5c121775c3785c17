//! Holds what browsers download against `size-budget.json`. A budget may grow, with a reason that is written beside it.

mod budget;
mod document;

use std::fmt::Write as _;

use clap::Args;

use self::budget::{Budget, What};
use crate::{
    build::{self, compress},
    failure::Outcome,
    project, say,
};

/// `cargo xtask size`
#[derive(Args)]
pub struct Arguments {
    /// Use what is already built
    #[arg(long)]
    skip_build: bool,
}

/// Carries out the command.
///
/// # Errors
/// When something does not build, or is larger than its budget.
pub fn run(arguments: &Arguments) -> Outcome {
    if !arguments.skip_build {
        crate::setup::for_build()?;
        build::all(false, false)?;
    }
    check()
}

/// The check alone, of what is built.
///
/// # Errors
/// When something is larger than its budget.
pub fn check() -> Outcome {
    let budgets = budget::read()?;
    let served = document::served()?;
    let mut table = String::from("   bytes   budget  (brotli 11)\n");
    let mut over = Vec::new();
    for Budget { name, what, bytes } in &budgets {
        let mut size = 0;
        for part in what {
            size += match part {
                What::Document => smallest(&served.document)?,
                What::Words => smallest(&served.words)?,
                What::File(path) => {
                    let contents = std::fs::read(project::root().join(path))
                        .map_err(|error| format!("cannot read {path}: {error}"))?;
                    smallest(&contents)?
                }
            };
        }
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{size:>8} {bytes:>8}  {name}");
        if size > *bytes {
            over.push(format!("{name} by {} bytes", size - bytes));
        }
    }
    say::progress(&table);
    if over.is_empty() {
        return Ok(());
    }
    Err(format!(
        "over the budget: {}. Make it smaller, or let the budget in {} grow and write there why",
        over.join(", "),
        budget::FILE
    )
    .into())
}

fn smallest(plain: &[u8]) -> Outcome<u64> {
    let small =
        compress::brotli(plain).map_err(|error| format!("brotli cannot compress: {error}"))?;
    Ok(u64::try_from(small.len()).unwrap_or(u64::MAX))
}
