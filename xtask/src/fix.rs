//! Mends what tools can mend by themselves.
//! It must not need a clean checkout: one runs it in the middle of work.

use crate::{failure::Outcome, process, setup, versions};

/// Carries out the command.
///
/// # Errors
/// When a tool fails or finds what it cannot mend.
pub fn run() -> Outcome {
    versions::mend()?;
    setup::for_fix()?;
    // Clippy first: what it writes needs formatting.
    process::run(process::cargo(&[
        "clippy",
        "--fix",
        "--workspace",
        "--all-targets",
        "--allow-dirty",
        "--allow-staged",
    ])?)?;
    process::run(process::cargo(&["fmt", "--all"])?)
}
