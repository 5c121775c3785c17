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

/// Everything but the tests that drive a browser, which need servers that are built, and whose libraries want features of
/// others that the servers come without. Every step chooses programs in this same set: so all share one set of features, and
/// every crate is built once. Of one package alone, the dependencies have other features and would be built again.
const WORKSPACE: &str = "test --workspace --exclude browser-tests";

/// What a default build leaves out.
const FEATURES: &str = "--features embed-server/telemetry,checkout-protocol/schema";
const THEIR_TESTS: &str = "--test telemetry --test typescript";

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
    steps.run("clippy of what features add", || {
        cargo(&format!(
            "clippy --workspace --lib {FEATURES} {THEIR_TESTS} -- -D warnings"
        ))
    })?;
    steps.run("clippy for the browser", || {
        cargo(
            "clippy -p checkout-wasm -p checkout-ui --features checkout-ui/hydrate \
             --target wasm32-unknown-unknown -- -D warnings",
        )
    })?;
    steps.run("npm checks", || npm("run check --workspaces --if-present"))?;
    steps.run("npm tests", || npm("test --workspaces --if-present"))?;
    steps.run("npm packages", || npm("run packages"))?;
    steps.run("what browsers load", || build::for_demo(false))?;
    // Builds the servers too.
    steps.run("cargo test", everything_on_sqlite)?;
    steps.run("size", size::check)?;
    steps.run("embed-server on PostgreSQL", embed_server_on_postgres)?;
    steps.run("what features add", || {
        cargo(&format!("{WORKSPACE} {FEATURES} {THEIR_TESTS}"))
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

fn embed_server_on_postgres() -> Outcome {
    let mut cargo = cargo_command(WORKSPACE)?;
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
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_test_program_of_the_server_is_found() {
        let names = test_programs(&project::root().join("embed-server/tests")).unwrap();

        for name in ["api", "canary", "tidy"] {
            assert!(names.contains(&name.to_owned()), "{names:?}");
        }
        assert!(!names.contains(&"support".to_owned()), "{names:?}");
    }

    /// They are chosen by their names, in the whole workspace.
    #[test]
    fn no_two_packages_have_a_test_program_of_one_name() {
        let workspace = fs::read_to_string(project::root().join("Cargo.toml")).unwrap();
        let (_, members) = workspace.split_once("members = [").unwrap();
        let (members, _) = members.split_once(']').unwrap();
        let mut names = HashSet::new();
        for member in members.split(',').map(|it| it.trim().trim_matches('"')) {
            let folder = project::root().join(member).join("tests");
            for name in test_programs(&folder).unwrap_or_default() {
                assert!(names.insert(name.clone()), "{name} twice");
            }
        }
        assert!(names.len() > 10, "{names:?}");
    }
}
