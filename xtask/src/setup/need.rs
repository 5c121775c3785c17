//! One thing that must be there: how to see that it is, and how to get it.
//! Looking must be quick and change nothing.

use std::{fmt, path::PathBuf};

use super::node_packages;
use crate::{
    failure::{Failure, Outcome},
    postgres, process, project,
    version::Version,
};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const WASM_PACK: Version = Version(0, 15, 1);
/// The oldest that the bundler and the test runner accept.
const NODE_MIN: Version = Version(20, 19, 0);
const PAGE_SPEED: &str = "tests/page-speed";
const GECKODRIVER: Version = Version(0, 37, 1);
const POSTGRES_PACKAGE: &str = "postgresql";

/// What the demo needs, in the order in which one needs the other.
pub const BUILD: [Need; 5] = [
    Need::Node,
    Need::WasmTarget,
    Need::WasmBindgen,
    Need::WasmPack,
    Need::NodePackages,
];

/// What the checks of a change need besides.
pub const LINTS: [Need; 2] = [Need::Clippy, Need::Rustfmt];

/// The engines that the browser tests run in.
pub const BROWSERS: [Need; 4] = [
    Need::Browser,
    Need::Firefox,
    Need::Geckodriver,
    Need::WebKit,
];

/// A tool, a compiler target or a folder of packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Node with npm.
    Node,
    /// The standard library for wasm.
    WasmTarget,
    /// The command-line half of wasm-bindgen, which must equal the crate's version.
    WasmBindgen,
    /// Builds the wasm module.
    WasmPack,
    /// What `package-lock.json` lists, wasm-opt among it.
    NodePackages,
    /// What `tests/page-speed/package-lock.json` lists: the form that ours is measured beside.
    PageSpeedPackages,
    /// The linter.
    Clippy,
    /// The formatter.
    Rustfmt,
    /// Chromium and its driver.
    Browser,
    /// Firefox.
    Firefox,
    /// Firefox's driver, which Debian does not have.
    Geckodriver,
    /// `WebKitGTK`'s browser and driver, and the screen that it must have.
    WebKit,
    /// PostgreSQL's server programs; a server that runs already is not needed.
    Postgres,
}

impl fmt::Display for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Node => "node and npm",
            Self::WasmTarget => "the wasm32 target of Rust",
            Self::WasmBindgen => "wasm-bindgen-cli",
            Self::WasmPack => "wasm-pack",
            Self::NodePackages => "the npm packages",
            Self::PageSpeedPackages => "the npm packages of tests/page-speed",
            Self::Clippy => "clippy",
            Self::Rustfmt => "rustfmt",
            Self::Browser => "chromium and chromedriver",
            Self::Firefox => "firefox",
            Self::Geckodriver => "geckodriver",
            Self::WebKit => "WebKitGTK's driver and Xvfb",
            Self::Postgres => "PostgreSQL's server programs",
        })
    }
}

impl Need {
    /// What is wrong, as the first half of a sentence; `None` when nothing is.
    ///
    /// # Errors
    /// When the project itself cannot be read.
    pub fn lack(self) -> Outcome<Option<String>> {
        Ok(match self {
            Self::Node => older("node", NODE_MIN)
                .or_else(|| process::find("npm").err().map(|it| it.to_string())),
            Self::WasmTarget => wasm_target_lack()?,
            Self::WasmBindgen => {
                let wanted = project::pinned("wasm-bindgen")?;
                differs(
                    "wasm-bindgen",
                    version("wasm-bindgen"),
                    Version::find(&wanted),
                )
            }
            Self::WasmPack => older("wasm-pack", WASM_PACK),
            Self::NodePackages => node_packages::lack(project::root())?,
            Self::PageSpeedPackages => node_packages::lack(&project::root().join(PAGE_SPEED))?,
            Self::Clippy => component_lack("clippy")?,
            Self::Rustfmt => component_lack("fmt")?,
            Self::Browser => older("chromium", Version(0, 0, 0))
                .or_else(|| differs_in_major(version("chromium"), version("chromedriver"))),
            Self::Firefox => older("firefox-esr", Version(0, 0, 0)),
            Self::Geckodriver => older("geckodriver", GECKODRIVER),
            // Neither says its version in a way of its own.
            Self::WebKit => ["WebKitWebDriver", "Xvfb"]
                .into_iter()
                .find_map(|name| process::find(name).err())
                .map(|missing| missing.to_string()),
            Self::Postgres => {
                let found = postgres::Programs::newest().map(|it| it.version());
                older_than("PostgreSQL", found, postgres::VERSION_MIN)
            }
        })
    }

    /// Gets it.
    ///
    /// # Errors
    /// When that needs rights or a package manager that we do not have: with what to type.
    pub fn install(self) -> Outcome {
        for command in self.commands()? {
            if command[0] == "apt-get" && !may_install_packages() {
                return Err(Failure::from(self.remedy()?));
            }
            let (program, arguments) = command.split_at(1);
            let mut command = process::tool(&program[0]).map_err(|missing| {
                Failure::from(format!("{missing}, so {self} cannot be installed"))
            })?;
            command
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive");
            process::run_aside(command)?;
        }
        Ok(())
    }

    /// What a person can do about it, as the second half of a sentence.
    ///
    /// # Errors
    /// As [`Need::lack`].
    pub fn remedy(self) -> Outcome<String> {
        let lines: Vec<_> = self
            .commands()?
            .iter()
            .map(|words| words.join(" "))
            .collect();
        let commands = lines.join(" && ");
        Ok(match self {
            Self::Node => {
                format!("install Node {NODE_MIN} or later with npm (as root on Debian: {commands})")
            }
            Self::Browser => {
                format!("install Chromium and its driver (as root on Debian: {commands})")
            }
            Self::Firefox | Self::WebKit => {
                format!("install {self} (as root on Debian: {commands})")
            }
            Self::Postgres => {
                let min = postgres::VERSION_MIN.0;
                format!(
                    "install PostgreSQL {min} or later (as root on Debian: apt-get install {POSTGRES_PACKAGE})"
                )
            }
            _ => format!("run `{commands}`"),
        })
    }

    fn commands(self) -> Outcome<Vec<Vec<String>>> {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let packages = |names| {
            vec![
                words("apt-get update"),
                words(&format!(
                    "apt-get install -y --no-install-recommends {names}"
                )),
            ]
        };
        Ok(match self {
            Self::Node => packages("nodejs npm"),
            Self::WasmTarget => vec![words(&format!("rustup target add {WASM_TARGET}"))],
            // Not --locked: the lock file of this tool names crates that not every mirror has.
            Self::WasmBindgen => vec![words(&format!(
                "cargo install wasm-bindgen-cli --version {} --no-default-features --debug",
                project::pinned("wasm-bindgen")?
            ))],
            Self::WasmPack => vec![words(&format!(
                "cargo install wasm-pack --locked --version {WASM_PACK} --debug"
            ))],
            Self::NodePackages => vec![words("npm ci")],
            Self::PageSpeedPackages => vec![words(&format!("npm ci --prefix {PAGE_SPEED}"))],
            Self::Clippy => vec![words("rustup component add clippy")],
            Self::Rustfmt => vec![words("rustup component add rustfmt")],
            Self::Browser => packages("chromium chromium-driver"),
            Self::Firefox => packages("firefox-esr"),
            Self::Geckodriver => vec![words(&format!(
                "cargo install geckodriver --locked --version {GECKODRIVER} --debug"
            ))],
            Self::WebKit => packages("webkit2gtk-driver xvfb"),
            Self::Postgres => without_a_cluster(packages(POSTGRES_PACKAGE)),
        })
    }
}

/// Debian's package makes a database cluster and starts it with the machine, unless this file says no.
/// It goes again, so that what the person installs later is as usual.
fn without_a_cluster(mut commands: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let folder = "/etc/postgresql-common/createcluster.d";
    let file = format!("{folder}/borga-checkout.conf");
    let shell = |script: String| vec!["sh".to_owned(), "-c".to_owned(), script];
    let last = commands.len().saturating_sub(1);
    commands.insert(
        last,
        shell(format!(
            "mkdir -p {folder} && echo 'create_main_cluster = false' >{file}"
        )),
    );
    commands.push(shell(format!("rm -f {file}")));
    commands
}

/// The version that a tool prints, if the tool is there and prints one.
fn version(name: &str) -> Option<Version> {
    let mut command = process::tool(name).ok()?;
    command.arg("--version");
    Version::find(&process::output(command).ok()?)
}

fn older(name: &str, wanted: Version) -> Option<String> {
    older_than(name, version(name), wanted)
}

fn older_than(name: &str, found: Option<Version>, wanted: Version) -> Option<String> {
    match found {
        None => Some(format!("{name} is missing")),
        Some(found) if found < wanted => Some(format!("{name} is {found}, older than {wanted}")),
        Some(_) => None,
    }
}

fn differs(name: &str, found: Option<Version>, wanted: Option<Version>) -> Option<String> {
    match (found, wanted) {
        (None, _) => Some(format!("{name} is missing")),
        (Some(found), Some(wanted)) if found != wanted => {
            Some(format!("{name} is {found}, not {wanted}"))
        }
        (Some(_), _) => None,
    }
}

/// A driver refuses a browser of another major version.
fn differs_in_major(browser: Option<Version>, driver: Option<Version>) -> Option<String> {
    match (browser, driver) {
        (_, None) => Some("chromedriver is missing".to_owned()),
        (Some(browser), Some(driver)) if browser.0 != driver.0 => Some(format!(
            "chromedriver is for version {}, chromium is {}",
            driver.0, browser.0
        )),
        (_, Some(_)) => None,
    }
}

fn wasm_target_lack() -> Outcome<Option<String>> {
    let mut rustc = process::tool("rustc")?;
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let libraries = PathBuf::from(process::output(rustc)?.trim());
    Ok((!libraries.is_dir()).then(|| format!("Rust has no {WASM_TARGET}")))
}

fn component_lack(name: &str) -> Outcome<Option<String>> {
    let there = process::output(process::cargo(&[name, "--version"])?).is_ok();
    Ok((!there).then(|| format!("`cargo {name}` is missing")))
}

fn may_install_packages() -> bool {
    process::find("apt-get").is_ok() && process::is_root()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_is_not_there_is_missing() {
        assert_eq!(
            older("no-tool-has-this-name", WASM_PACK).as_deref(),
            Some("no-tool-has-this-name is missing")
        );
    }

    #[test]
    fn a_tool_that_is_too_old_is_named_with_both_versions() {
        assert_eq!(
            older_than("node", Some(Version(18, 20, 4)), NODE_MIN).as_deref(),
            Some("node is 18.20.4, older than 20.19.0")
        );
    }

    #[test]
    fn a_newer_tool_is_good_enough_where_a_minimum_is_asked() {
        assert_eq!(
            older_than("wasm-pack", Some(Version(0, 16, 0)), WASM_PACK),
            None
        );
    }

    #[test]
    fn a_newer_wasm_bindgen_is_as_wrong_as_an_older_one() {
        let wanted = Some(Version(0, 2, 130));

        assert!(differs("wasm-bindgen", Some(Version(0, 2, 131)), wanted).is_some());
        assert!(differs("wasm-bindgen", Some(Version(0, 2, 129)), wanted).is_some());
        assert!(differs("wasm-bindgen", None, wanted).is_some());
        assert_eq!(differs("wasm-bindgen", wanted, wanted), None);
    }

    #[test]
    fn a_driver_must_have_the_browsers_major_version() {
        let browser = Some(Version(156, 0, 8078));

        assert_eq!(differs_in_major(browser, Some(Version(156, 0, 8001))), None);
        assert!(differs_in_major(browser, Some(Version(155, 0, 1))).is_some());
        assert!(differs_in_major(browser, None).is_some());
    }

    #[test]
    fn what_is_missing_comes_with_what_to_type() {
        assert!(
            Need::WasmBindgen
                .remedy()
                .is_ok_and(|it| it.contains("cargo install wasm-bindgen-cli --version"))
        );
        assert!(
            Need::Browser
                .remedy()
                .is_ok_and(|it| it.contains("chromium chromium-driver"))
        );
    }

    #[test]
    fn debians_package_makes_no_cluster_and_later_ones_may() {
        let lines: Vec<_> = Need::Postgres
            .commands()
            .unwrap()
            .iter()
            .map(|words| words.join(" "))
            .collect();
        let place = |part: &str| lines.iter().position(|line| line.contains(part)).unwrap();

        assert_eq!(place("apt-get update"), 0);
        assert!(place("create_main_cluster = false") < place("apt-get install"));
        assert!(place("apt-get install") < place("rm -f /etc/postgresql-common/"));
        assert!(
            Need::Postgres
                .remedy()
                .is_ok_and(|it| it.contains("apt-get install postgresql"))
        );
    }
}
