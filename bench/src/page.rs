//! The figures of pages with a payment form, as a browser measured them: how soon a payer can type, and what it costs.
//!
//! The browser is driven by `tests/page-speed`; here its visits become a table, and ratios that are held against goals.

mod report;
mod visits;

use std::path::PathBuf;

use clap::Args;

use crate::failure::Outcome;
use crate::{document, machine};

use visits::Visits;

/// What was measured, and where the report goes.
#[derive(Args)]
pub struct Arguments {
    /// The file of visits that `tests/page-speed` wrote
    #[arg(long)]
    visits: PathBuf,
    /// The document whose block of figures is replaced
    #[arg(long)]
    write: Option<PathBuf>,
}

/// Carries out the command.
///
/// # Errors
/// When the visits cannot be read or are not complete, or the document cannot be written.
pub fn run(arguments: &Arguments) -> Outcome {
    let visits = Visits::read(&arguments.visits)?;
    let text = report::markdown(&visits, &machine::processor_and_memory()?)?;
    println!("{text}");
    match &arguments.write {
        Some(path) => document::write(path, "page", &text),
        None => Ok(()),
    }
}
