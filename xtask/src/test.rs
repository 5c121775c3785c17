//! Everything that CI runs, in the order in which a mistake is found soonest.
//! A check belongs here and nowhere else: CI has no steps of its own.

use clap::Args;

use crate::{browser, build, failure::Outcome, process, say, setup, steps::Steps};

/// `cargo xtask test`
#[derive(Args)]
pub struct Arguments {
    /// Leave out the browser tests, which take longest
    #[arg(long)]
    quick: bool,
}

/// Carries out the command.
///
/// # Errors
/// The first step that fails, by its name.
pub fn run(arguments: &Arguments) -> Outcome {
    let mut steps = Steps::default();
    steps.run("set-up", || setup::for_tests(!arguments.quick))?;
    steps.run("format", || cargo("fmt --all --check"))?;
    steps.run("clippy", || {
        cargo("clippy --workspace --all-targets -- -D warnings")
    })?;
    steps.run("clippy for the browser", || {
        cargo(
            "clippy -p checkout-wasm -p checkout-ui --features checkout-ui/hydrate \
             --target wasm32-unknown-unknown -- -D warnings",
        )
    })?;
    steps.run("npm checks", || npm("run check --workspaces --if-present"))?;
    steps.run("npm tests", || npm("test --workspaces --if-present"))?;
    steps.run("build", || build::all(false, false))?;
    steps.run("cargo test", || {
        cargo("test --workspace --exclude browser-tests")
    })?;
    steps.run("protocol with all features", || {
        cargo("test -p checkout-protocol --all-features")
    })?;
    steps.run("protocol for the browser", || {
        cargo("build -p checkout-protocol --target wasm32-unknown-unknown")
    })?;
    if !arguments.quick {
        steps.run("browser tests", || browser::tests(None, None))?;
    }
    say::progress(&steps.table());
    Ok(())
}

fn cargo(line: &str) -> Outcome {
    process::run(process::cargo(
        &line.split_whitespace().collect::<Vec<_>>(),
    )?)
}

fn npm(line: &str) -> Outcome {
    let mut npm = process::tool("npm")?;
    npm.args(line.split_whitespace());
    process::run(npm)
}
