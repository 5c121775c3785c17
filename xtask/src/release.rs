//! Builds everything that is published, twice and in two places, and compares the bytes.
//! Nothing is published from here: a person takes what is in `dist/release`.

mod artefacts;
mod compare;
mod inventory;
mod sources;

use std::{fs, path::PathBuf};

use clap::Args;

use self::artefacts::SERVER;
use crate::{
    build,
    failure::{Failure, Outcome},
    process, project, say, setup,
    versions::{self, VERSION},
};

/// The folder of the second build, beside the sources that it was made of.
const SECOND: &str = "second-release";

/// `cargo xtask release`
#[derive(Args)]
pub struct Arguments {
    /// Build, compare, pack and list, and publish nothing: there is no other way yet
    #[arg(long)]
    dry_run: bool,
    /// Leave out the server's program, whose optimised build takes more than ten minutes, twice
    #[arg(long)]
    skip_server: bool,
    /// Only build, into this folder: what a dry run does twice
    #[arg(long, value_name = "FOLDER", conflicts_with = "dry_run")]
    once: Option<PathBuf>,
}

/// Carries out the command.
///
/// # Errors
/// When something does not build, or the second build differs from the first.
pub fn run(arguments: &Arguments) -> Outcome {
    if !arguments.dry_run && arguments.once.is_none() {
        return Err(
            "nothing is published from here: `cargo xtask release --dry-run` builds everything into dist/release, and \
             docs/release.md says what a person does with it"
                .into(),
        );
    }
    versions::check()?;
    setup::for_build()?;
    match &arguments.once {
        Some(folder) => artefacts::make(&project::root().join(folder), !arguments.skip_server),
        None => twice(!arguments.skip_server),
    }
}

fn twice(with_server: bool) -> Outcome {
    let release = project::dist().join("release");
    // What an earlier release left must not pass for a part of this one.
    if release.exists() {
        fs::remove_dir_all(&release)
            .map_err(|error| format!("cannot empty {}: {error}", release.display()))?;
    }
    let copy = sources::copy()?;
    say::progress("release: the first build, here");
    artefacts::make(&release, with_server)?;
    copy.refuse_changes()?;

    say::progress("release: the second build, from a copy of the sources elsewhere");
    let second = copy.path().join(SECOND);
    let mut again = process::cargo(&["run", "--quiet", "--package", "xtask", "--", "release"])?;
    again.arg("--once").arg(&second);
    if !with_server {
        again.arg("--skip-server");
    }
    // Its own target folder, so that nothing of the first build is used.
    again
        .current_dir(copy.sources())
        .env_remove("CARGO_TARGET_DIR");
    process::run_aside(again)?;

    let same = compare::same(&release, &second).map_err(|failure| {
        let kept = copy.keep().join(SECOND);
        Failure::from(format!(
            "{failure}\nthe second build is in {}",
            kept.display()
        ))
    })?;
    say::progress(&format!(
        "release: both builds gave the same bytes, {same} files"
    ));
    inventory::write(&release, with_server)?;
    say::progress(&format!(
        "release: version {VERSION} is in {}; inventory.json lists it",
        release.display()
    ));
    if !with_server {
        say::progress(&format!(
            "release: left out by --skip-server: the program {SERVER}"
        ));
    }
    if sources::are_changed() {
        say::progress(
            "release: the sources have changes that are not committed, so nobody else can build this",
        );
    }
    build::say_integrity()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_dry_run_nothing_is_built_and_the_remedy_is_said() {
        let arguments = Arguments {
            dry_run: false,
            skip_server: true,
            once: None,
        };

        let refusal = run(&arguments).unwrap_err().to_string();

        assert!(refusal.contains("release --dry-run"), "{refusal}");
    }
}
