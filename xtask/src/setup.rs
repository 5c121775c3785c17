//! What must be on the machine and in the checkout before anything can be built; installs what is missing.
//! It leaves alone what is there in a version that fits.

mod need;
mod node_packages;

use clap::Args;

use self::need::Need;
use crate::{
    failure::{Failure, Outcome},
    say,
};

/// `cargo xtask setup`
#[derive(Args)]
pub struct Arguments {
    /// Also Chromium, Firefox and WebKit with their drivers, which only the browser tests need
    #[arg(long)]
    browser: bool,
    /// Also PostgreSQL's server, which the tests and the demo on it need
    #[arg(long)]
    postgres: bool,
    /// Only say what is missing; ends with 1 when something is
    #[arg(long)]
    check: bool,
}

/// Carries out the command.
///
/// # Errors
/// When something is missing and cannot, or with `--check` may not, be installed.
pub fn run(arguments: &Arguments) -> Outcome {
    let mut needs = Vec::from(need::BUILD);
    needs.extend(need::LINTS);
    if arguments.browser {
        needs.extend(need::BROWSERS);
    }
    if arguments.postgres {
        needs.push(Need::Postgres);
    }
    if arguments.check {
        check(&needs)
    } else {
        meet(&needs)
    }
}

/// For building and for the demo.
///
/// # Errors
/// As [`run`].
pub fn for_build() -> Outcome {
    meet(&need::BUILD)
}

/// For everything that is tested; with the browser tests only when they are asked for.
///
/// # Errors
/// As [`run`].
pub fn for_tests(browser: bool) -> Outcome {
    let mut needs = Vec::from(need::BUILD);
    needs.extend(need::LINTS);
    needs.push(Need::Postgres);
    if browser {
        needs.extend(need::BROWSERS);
    }
    meet(&needs)
}

/// For the browser tests alone.
///
/// # Errors
/// As [`run`].
pub fn for_browser_tests() -> Outcome {
    let mut needs = Vec::from(need::BUILD);
    needs.extend(need::BROWSERS);
    meet(&needs)
}

/// For measuring pages in a browser.
///
/// # Errors
/// As [`run`].
pub fn for_page_speed() -> Outcome {
    let mut needs = Vec::from(need::BUILD);
    needs.extend([Need::Browser, Need::PageSpeedPackages]);
    meet(&needs)
}

/// For a PostgreSQL of our own.
///
/// # Errors
/// As [`run`].
pub fn for_postgres() -> Outcome {
    meet(&[Need::Postgres])
}

/// For `cargo xtask fix`.
///
/// # Errors
/// As [`run`].
pub fn for_fix() -> Outcome {
    meet(&[Need::Clippy, Need::Rustfmt])
}

fn meet(needs: &[Need]) -> Outcome {
    let mut installed = 0;
    for need in needs {
        let Some(lack) = need.lack()? else { continue };
        say::progress(&format!("setup: {lack}; installing {need}"));
        need.install()?;
        installed += 1;
        if let Some(lack) = need.lack()? {
            return Err(format!("{need} was installed, but still {lack}").into());
        }
    }
    say::progress(&match installed {
        0 => "setup: everything is there".to_owned(),
        count => format!("setup: installed {count} of {}", needs.len()),
    });
    Ok(())
}

fn check(needs: &[Need]) -> Outcome {
    let mut missing = 0;
    for need in needs {
        if let Some(lack) = need.lack()? {
            missing += 1;
            say::progress(&format!("setup: {lack}; {}", need.remedy()?));
        }
    }
    match missing {
        0 => {
            say::progress("setup: everything is there");
            Ok(())
        }
        count => Err(Failure::from(format!(
            "{count} of {} missing; `cargo xtask setup` installs them",
            needs.len()
        ))),
    }
}
