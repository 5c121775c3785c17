//! Who runs a cluster: PostgreSQL refuses to run as root.
//! Whoever it is, its programs end when we do.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    process::Command,
};

use crate::{
    failure::{Failure, Outcome},
    process,
};

/// The first is Debian's for exactly this, the second is everywhere.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];
const ROOT: u32 = 0;
/// Ends postgres at once but in order; on TERM it would wait for its clients.
const AT_OUR_DEATH: [&str; 2] = ["--pdeathsig", "INT"];
const NO_SETPRIV: &str = "PostgreSQL refuses to run as root, and `setpriv` (of util-linux), which changes \
    the account, is not on the PATH: install it, or run this as an ordinary user";

/// An account of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// The one that runs us.
    Own,
    /// Another one, which root may choose.
    Other {
        /// Its number.
        user: u32,
        /// Of its main group.
        group: u32,
    },
}

impl Account {
    /// For a cluster that is not there yet.
    ///
    /// # Errors
    /// When we are root and find no other account, or no setpriv to change to it.
    pub fn for_new_cluster() -> Outcome<Self> {
        if !process::is_root() {
            return Ok(Self::Own);
        }
        process::find("setpriv").map_err(|_| Failure::from(NO_SETPRIV))?;
        CANDIDATES.into_iter().find_map(named).ok_or_else(|| {
            let names = CANDIDATES.join(" or ");
            format!(
                "PostgreSQL refuses to run as root, and this machine has no user {names}: \
                 run this as an ordinary user"
            )
            .into()
        })
    }

    /// For the cluster in a folder: whoever has made it, else as for a new one.
    ///
    /// # Errors
    /// As [`Account::for_new_cluster`].
    pub fn of_cluster_in(folder: &Path) -> Outcome<Self> {
        match fs::metadata(folder) {
            Ok(it) if it.uid() != ROOT && process::is_root() => Ok(Self::Other {
                user: it.uid(),
                group: it.gid(),
            }),
            Ok(_) | Err(_) => Self::for_new_cluster(),
        }
    }

    /// A program that this account runs in a folder, unswayed by settings of the person's own.
    ///
    /// # Errors
    /// When it is another account and there is no setpriv.
    pub fn command(self, program: &Path, folder: &Path) -> Outcome<Command> {
        let mut command = match self {
            Self::Own => process::by_setpriv(&AT_OUR_DEATH, program)
                .unwrap_or_else(|| process::program(program)),
            Self::Other { user, group } => {
                let (user, group) = (user.to_string(), group.to_string());
                let [name, signal] = AT_OUR_DEATH;
                let mut options = vec!["--reuid", &user, "--regid", &group, "--clear-groups"];
                options.extend([name, signal]);
                process::by_setpriv(&options, program).ok_or(NO_SETPRIV)?
            }
        };
        command.current_dir(folder);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        Ok(command)
    }

    /// Whether it reaches what stands in a folder.
    ///
    /// # Errors
    /// As [`Account::command`].
    pub fn may_enter(self, folder: &Path) -> Outcome<bool> {
        if self == Self::Own {
            return Ok(true);
        }
        let mut test = self.command(&process::find("test")?, Path::new("/"))?;
        test.arg("-x").arg(folder);
        Ok(process::output(test).is_ok())
    }

    /// Gives it a folder of ours.
    ///
    /// # Errors
    /// When we may not.
    pub fn own(self, folder: &Path) -> Outcome {
        let Self::Other { user, group } = self else {
            return Ok(());
        };
        chown(folder, Some(user), Some(group)).map_err(|error| {
            format!("cannot give {} to user {user}: {error}", folder.display()).into()
        })
    }
}

fn named(name: &str) -> Option<Account> {
    let number = |option| {
        let mut id = process::tool("id").ok()?;
        id.args([option, name]);
        process::output(id).ok()?.trim().parse::<u32>().ok()
    };
    let (user, group) = (number("-u")?, number("-g")?);
    (user != ROOT).then_some(Account::Other { user, group })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_never_runs_it() {
        assert_eq!(named("root"), None);
        let account = Account::for_new_cluster().unwrap();

        assert_eq!(process::is_root(), account != Account::Own);
    }

    #[test]
    fn another_account_is_taken_before_the_signal_is_asked_for() {
        let account = Account::Other { user: 7, group: 8 };
        let Ok(command) = account.command(Path::new("/bin/postgres"), Path::new("/")) else {
            return;
        };
        let words: Vec<_> = command.get_args().map(|it| it.to_string_lossy()).collect();

        assert_eq!(
            words.join(" "),
            "--reuid 7 --regid 8 --clear-groups --pdeathsig INT -- /bin/postgres"
        );
    }
}
