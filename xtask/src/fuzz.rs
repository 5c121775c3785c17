//! Plays whatever bytes make of it to the frame: its update, the checkout's states, what pages and servers send, what is typed.
//! Stable Rust is enough: what libFuzzer needs of the compiler it has, and what only other compilers do (an address sanitizer)
//! would find nothing where no code is unsafe.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    failure::{Failure, Outcome},
    process, project, say,
};

/// Each is a program in `fuzz/targets`.
const TARGETS: [&str; 6] = ["update", "checkout", "wire", "card", "bank", "acquirer"];

/// Counts and compares what was reached.
const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// `cargo xtask fuzz`
#[derive(Args)]
pub struct Arguments {
    /// How long each of the targets runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only this one: update, checkout, wire, card, bank or acquirer
    target: Option<String>,
}

/// Carries out the command. What was found once is kept in `target/fuzz/corpus` and played first the next time.
///
/// # Errors
/// When a target does not build, or finds something: the bytes of it are in `target/fuzz/findings`.
pub fn run(arguments: &Arguments) -> Outcome {
    let chosen = chosen(arguments.target.as_deref())?;
    let folder = project::target().join("fuzz");
    let programs = build(&folder)?;
    let mut findings = Vec::new();
    for target in chosen {
        if let Err(failure) = play(&programs.join(target), target, &folder, arguments.seconds) {
            say::progress(&format!("fuzz: {target}: {failure}"));
            findings.push(target);
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    let (found, where_to) = (findings.join(", "), folder.join("findings"));
    let text = format!(
        "{found} found something: its bytes are in {}",
        where_to.display()
    );
    Err(text.into())
}

fn chosen(named: Option<&str>) -> Outcome<Vec<&'static str>> {
    let Some(named) = named else {
        return Ok(TARGETS.to_vec());
    };
    let target = TARGETS.into_iter().find(|target| *target == named);
    let target = target.ok_or_else(|| {
        Failure::from(format!(
            "there is no target {named}: there are {}",
            TARGETS.join(", ")
        ))
    })?;
    Ok(vec![target])
}

/// For a named target, so that build scripts and macros are spared the instrumentation.
fn build(folder: &Path) -> Outcome<PathBuf> {
    let host = host()?;
    let mut cargo = process::cargo(&["build", "--release", "--locked", "--bins"])?;
    cargo.arg("--manifest-path").arg("fuzz/Cargo.toml");
    cargo
        .args(["--target", &host])
        .arg("--target-dir")
        .arg(folder);
    cargo.env("RUSTFLAGS", INSTRUMENTED);
    process::run(cargo)?;
    Ok(folder.join(host).join("release"))
}

fn host() -> Outcome<String> {
    let mut rustc = process::tool("rustc")?;
    rustc.arg("-vV");
    let about = process::output(rustc)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say which machine this is".into())
}

fn play(program: &Path, target: &str, folder: &Path, seconds: u32) -> Outcome {
    let (corpus, findings) = (folder.join("corpus").join(target), folder.join("findings"));
    for folder in [&corpus, &findings] {
        fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let mut fuzzer = process::program(program);
    fuzzer.arg(format!("-max_total_time={seconds}"));
    fuzzer.arg(format!("-artifact_prefix={}/{target}-", findings.display()));
    fuzzer.args([
        "-max_len=4096",
        "-timeout=10",
        "-verbosity=0",
        "-print_final_stats=1",
    ]);
    fuzzer.arg(&corpus);
    process::run(fuzzer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_of_the_crate_is_a_target() {
        let manifest = fs::read_to_string(project::root().join("fuzz/Cargo.toml")).unwrap();
        let programs = manifest.matches("[[bin]]").count();
        assert_eq!(programs, TARGETS.len());
        for target in TARGETS {
            assert!(
                manifest.contains(&format!("name = \"{target}\"")),
                "{target}"
            );
        }
    }

    #[test]
    fn a_target_that_is_not_there_is_named_with_those_that_are() {
        let failure = chosen(Some("issuer")).unwrap_err().to_string();
        assert!(failure.contains("issuer") && failure.contains("checkout"));
        assert_eq!(chosen(Some("card")), Ok(vec!["card"]));
    }
}
