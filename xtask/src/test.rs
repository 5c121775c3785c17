//! Everything that CI runs, in the order in which a mistake is found soonest.
//! A check belongs here and nowhere else: CI has no steps of its own.

use std::{fs, path::Path, process::Command};

use clap::Args;

use crate::{
    browser, build,
    failure::{Failure, Outcome},
    postgres::{self, Cluster, Durability},
    process, project, say, setup, signals, size,
    steps::Steps,
};

/// Everything but the tests that drive a browser, which need servers that are built.
const WORKSPACE: &str = "test --workspace --exclude browser-tests";

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
    steps.run("clippy with telemetry", || {
        cargo("clippy --workspace --all-targets --features embed-server/telemetry -- -D warnings")
    })?;
    steps.run("npm checks", || npm("run check --workspaces --if-present"))?;
    steps.run("npm tests", || npm("test --workspaces --if-present"))?;
    steps.run("npm packages", || npm("run packages"))?;
    steps.run("build", || build::all(false, false))?;
    steps.run("size", size::check)?;
    steps.run("cargo test", everything_on_sqlite)?;
    steps.run("embed-server on PostgreSQL", embed_server_on_postgres)?;
    steps.run("embed-server with telemetry", || {
        cargo(&format!(
            "{WORKSPACE} --features embed-server/telemetry --test telemetry"
        ))
    })?;
    steps.run("protocol with all features", || {
        cargo("test -p checkout-protocol --all-features")
    })?;
    steps.run("protocol for the browser", || {
        cargo("build -p checkout-protocol --target wasm32-unknown-unknown")
    })?;
    if !arguments.quick {
        steps.run("browser tests", browser::tests_of_a_change)?;
    }
    say::progress(&steps.table());
    Ok(())
}

fn everything_on_sqlite() -> Outcome {
    say::progress("database: SQLite, a file for each test");
    let mut cargo = cargo_command(WORKSPACE)?;
    // The person may have a cluster running.
    cargo.env_remove(postgres::TEST_VARIABLE);
    process::run(cargo)
}

/// Chosen out of the same packages as the step before: of the server alone, the dependencies have
/// other features and would all be built again. The sandbox has a program of the same name.
fn embed_server_on_postgres() -> Outcome {
    let mut cargo = cargo_command(WORKSPACE)?;
    cargo.args(["--exclude", "sandbox"]);
    let programs = test_programs(&project::root().join("embed-server/tests"))?;
    cargo.args(programs.iter().flat_map(|name| ["--test", name]));

    let mut cluster = Cluster::start(Durability::Throwaway)?;
    signals::outlive_an_interrupt()?;
    cargo.env(postgres::TEST_VARIABLE, cluster.url());
    say::progress(&format!(
        "database: PostgreSQL {}, {}={}",
        cluster.version(),
        postgres::TEST_VARIABLE,
        cluster.url()
    ));
    process::run(cargo).map_err(|failure| match cluster.refuse_ended() {
        Ok(()) => failure,
        Err(ended) => Failure::from(format!("{failure}; {ended}")),
    })
}

/// The names that cargo gives the programs in a folder of tests.
fn test_programs(folder: &Path) -> Outcome<Vec<String>> {
    let explain = |error| format!("cannot read {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(explain)? {
        let path = entry.map_err(explain)?.path();
        let is_program =
            path.extension().is_some_and(|it| it == "rs") || path.join("main.rs").is_file();
        if let Some(name) = path.file_stem().filter(|_| is_program) {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn cargo(line: &str) -> Outcome {
    process::run(cargo_command(line)?)
}

fn cargo_command(line: &str) -> Outcome<Command> {
    process::cargo(&line.split_whitespace().collect::<Vec<_>>())
}

fn npm(line: &str) -> Outcome {
    let mut npm = process::tool("npm")?;
    npm.args(line.split_whitespace());
    process::run(npm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_program_of_the_server_is_found() {
        let names = test_programs(&project::root().join("embed-server/tests")).unwrap();

        for name in ["api", "canary", "tidy"] {
            assert!(names.contains(&name.to_owned()), "{names:?}");
        }
        assert!(!names.contains(&"support".to_owned()), "{names:?}");
    }
}
