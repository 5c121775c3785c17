//! Starts other programs so that they find our tools and end with us.
//! What a program's failure means is its caller's business.

use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

use crate::{
    failure::{Failure, Outcome},
    project, say,
};

/// Ends a child when the thread that started it ends, even by SIGKILL. Part of util-linux.
static SETPRIV: LazyLock<Option<PathBuf>> = LazyLock::new(|| find("setpriv").ok());
const AT_OUR_DEATH: [&str; 2] = ["--pdeathsig", "TERM"];

/// A program by its name, to run in the workspace's root with our tools on its PATH.
/// It never reads the terminal.
///
/// # Errors
/// When the program is nowhere on that PATH.
pub fn tool(name: &str) -> Outcome<Command> {
    Ok(program(&find(name)?))
}

/// Cargo itself: the one that runs us, else the one on the PATH.
///
/// # Errors
/// When there is no cargo.
pub fn cargo(arguments: &[&str]) -> Outcome<Command> {
    let mut command = match env::var_os("CARGO") {
        Some(path) => program(Path::new(&path)),
        None => tool("cargo")?,
    };
    command.args(arguments);
    Ok(command)
}

/// A program by its path; the rest as in [`tool`].
pub fn program(path: &Path) -> Command {
    by_setpriv(&AT_OUR_DEATH, path).unwrap_or_else(|| ours(Command::new(path)))
}

/// Like [`program`], but setpriv starts it with these options instead; `None` where there is no setpriv.
pub fn by_setpriv(options: &[&str], path: &Path) -> Option<Command> {
    let mut command = Command::new(SETPRIV.as_deref()?);
    command.args(options).arg("--").arg(path);
    Some(ours(command))
}

/// Whether we may do everything on this machine, and some programs therefore refuse to run.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

fn ours(mut command: Command) -> Command {
    command
        .current_dir(project::root())
        .env("PATH", search_path())
        .stdin(Stdio::null());
    // What cargo tells us about ourselves would make build scripts of a nested cargo run again.
    for (name, _) in env::vars_os() {
        let of_our_crate = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                .iter()
                .any(|it| name.starts_with(it))
        });
        if of_our_crate {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a program to its end; what it prints goes where ours goes.
///
/// # Errors
/// When it cannot be started or does not end with 0.
pub fn run(mut command: Command) -> Outcome {
    let shown = describe(&command);
    say::progress(&format!("$ {shown}"));
    let status = command
        .status()
        .map_err(|error| format!("cannot start `{shown}`: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{shown}` failed ({status})").into())
    }
}

/// Like [`run`], but what it prints goes to stderr: for steps before a command's own result.
///
/// # Errors
/// As [`run`].
pub fn run_aside(mut command: Command) -> Outcome {
    command.stdout(Stdio::from(io::stderr()));
    run(command)
}

/// Runs a program to its end and gives what it printed on stdout.
///
/// # Errors
/// When it cannot be started, or does not end with 0: then with what it wrote on stderr.
pub fn output(mut command: Command) -> Outcome<String> {
    let shown = describe(&command);
    let output = command
        .output()
        .map_err(|error| format!("cannot start `{shown}`: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{shown}` failed ({}): {}", output.status, reason.trim()).into())
    }
}

/// Sends a signal to processes, and to whole groups where a number is negative. The shell's own `kill`
/// is everywhere; the standard library can only send SIGKILL.
pub fn signal(name: &str, ids: &[i64]) {
    if ids.is_empty() {
        return;
    }
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "kill -s \"$@\"", "sh", name, "--"])
        .args(ids.iter().map(i64::to_string));
    // One that ended in between makes this fail, and that is as good.
    let _ = shell.stderr(Stdio::null()).status();
}

/// The program's path on our search path.
///
/// # Errors
/// When it is not there.
pub fn find(name: &str) -> Outcome<PathBuf> {
    find_in(env::split_paths(&search_path()), name)
        .ok_or_else(|| Failure::from(format!("`{name}` is not on the PATH")))
}

fn find_in(folders: impl IntoIterator<Item = PathBuf>, name: &str) -> Option<PathBuf> {
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// The checkout's own tools first, then what cargo installed, then the person's PATH.
fn search_path() -> OsString {
    let own = [Some(project::root().join("node_modules/.bin")), cargo_bin()];
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = own
        .into_iter()
        .flatten()
        .chain(env::split_paths(&inherited));
    // Joining fails only for a folder with a colon in its name; then ours cannot be on a PATH at all.
    env::join_paths(folders).unwrap_or(inherited)
}

fn cargo_bin() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    Some(home.join("bin"))
}

/// The command line as a person would type it.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let by_setpriv = SETPRIV
        .as_ref()
        .is_some_and(|it| it.as_os_str() == command.get_program());
    let options = |word: &&OsStr| by_setpriv && *word != "--";
    let mut shown: Vec<_> = words
        .skip_while(options)
        .skip(usize::from(by_setpriv))
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    if let Some(name) = shown.first().and_then(|it| Path::new(it).file_name()) {
        shown[0] = name.to_string_lossy().into_owned();
    }
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_described_as_a_person_types_it() {
        let mut command = program(Path::new("/somewhere/bin/wasm-pack"));
        command.args(["build", "checkout-wasm"]);

        assert_eq!(describe(&command), "wasm-pack build checkout-wasm");
    }

    #[test]
    fn only_the_first_double_dash_is_setprivs() {
        let Some(mut command) = by_setpriv(&["--reuid", "7"], Path::new("/somewhere/bin/postgres"))
        else {
            return;
        };
        command.args(["-D", "data", "--", "rest"]);

        assert_eq!(describe(&command), "postgres -D data -- rest");
    }

    #[test]
    fn a_program_that_is_in_no_folder_is_not_found() {
        assert_eq!(
            find_in(
                [PathBuf::from("/"), project::root().join("xtask")],
                "wasm-pack"
            ),
            None
        );
    }

    #[test]
    fn the_first_folder_that_has_the_program_wins() {
        let folders = [
            project::root().join("docs"),
            project::root().into(),
            "/".into(),
        ];

        assert_eq!(
            find_in(folders, "Cargo.toml"),
            Some(project::root().join("Cargo.toml"))
        );
    }

    #[test]
    fn a_program_that_fails_is_named_with_what_it_said() {
        let mut command = program(Path::new("/bin/sh"));
        command.args(["-c", "echo out of paper >&2; exit 3"]);

        let failure = output(command).expect_err("it ended with 3").to_string();

        assert!(failure.contains("sh -c"), "{failure}");
        assert!(failure.contains("out of paper"), "{failure}");
    }
}
