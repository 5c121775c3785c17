//! PostgreSQL's server programs on this machine.
//! Debian keeps them off the PATH, a folder for each version; others put them on it.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use crate::{failure::Outcome, process, version::Version};

/// The oldest that we care to run on.
pub const VERSION_MIN: Version = Version(13, 0, 0);
const DEBIAN: &str = "/usr/lib/postgresql";
const PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// One folder with programs of one version.
#[derive(Debug, PartialEq, Eq)]
pub struct Programs {
    folder: PathBuf,
    version: Version,
}

impl Programs {
    /// The newest.
    ///
    /// # Errors
    /// When there are none, or only older ones than we run on.
    pub fn find() -> Outcome<Self> {
        Self::newest()
            .filter(|it| it.version >= VERSION_MIN)
            .ok_or_else(|| {
                format!(
                    "there is no PostgreSQL {} or later on this machine: run `cargo xtask setup --postgres`",
                    VERSION_MIN.0
                )
                .into()
            })
    }

    /// The newest, however old.
    pub fn newest() -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).filter_map(|folder| home(&folder));
        let debians = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
        let debians = debians.filter_map(|version| home(&version.path().join("bin")));
        let folders: BTreeSet<_> = on_path.chain(debians).collect();
        newest_of(folders.into_iter().filter_map(|folder| {
            let version = version(&folder)?;
            Some(Self { folder, version })
        }))
    }

    /// Of the server.
    pub fn version(&self) -> Version {
        self.version
    }

    /// One of them.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Among equals, those in Debian's folder: what stands on a PATH may be a script that starts them.
fn newest_of(found: impl Iterator<Item = Programs>) -> Option<Programs> {
    found.max_by_key(|it| (it.version, it.folder.starts_with(DEBIAN)))
}

/// The folder that a folder's `postgres` really is in, if all of them are there: somebody may have
/// linked only one to where the PATH finds it.
fn home(folder: &Path) -> Option<PathBuf> {
    let postgres = fs::canonicalize(folder.join("postgres")).ok()?;
    let home = postgres.parent()?;
    let whole = PROGRAMS.iter().all(|name| home.join(name).is_file());
    whole.then(|| home.to_owned())
}

fn version(folder: &Path) -> Option<Version> {
    let mut postgres = process::program(&folder.join("postgres"));
    postgres.arg("--version");
    Version::find(&process::output(postgres).ok()?)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::project;

    fn folder(name: &str, programs: &[&str]) -> PathBuf {
        let path = project::target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        for program in programs {
            fs::write(path.join(program), "").unwrap();
        }
        fs::canonicalize(path).unwrap()
    }

    fn programs(folder: &str, version: Version) -> Programs {
        let folder = PathBuf::from(folder);
        Programs { folder, version }
    }

    #[test]
    fn the_newest_version_wins_wherever_it_is() {
        let found = || {
            [
                programs("/usr/lib/postgresql/9.6/bin", Version(9, 6, 24)),
                programs("/opt/bin", Version(17, 2, 0)),
                programs("/usr/lib/postgresql/15/bin", Version(15, 18, 0)),
            ]
        };

        for turns in 0..3 {
            let mut found = found();
            found.rotate_left(turns);
            assert_eq!(
                newest_of(found.into_iter()),
                Some(programs("/opt/bin", Version(17, 2, 0)))
            );
        }
    }

    #[test]
    fn among_equals_debians_own_win() {
        let version = Version(15, 18, 0);
        let debians = "/usr/lib/postgresql/15/bin";
        for [first, second] in [[debians, "/usr/local/bin"], ["/usr/local/bin", debians]] {
            let found = [programs(first, version), programs(second, version)];
            assert_eq!(
                newest_of(found.into_iter()),
                Some(programs(debians, version))
            );
        }
    }

    #[test]
    fn a_link_leads_to_the_folder_that_has_them_all() {
        let real = folder("postgres-real", &PROGRAMS);
        let links = folder("postgres-links", &[]);
        symlink(real.join("postgres"), links.join("postgres")).unwrap();

        assert_eq!(home(&links), Some(real));
    }

    #[test]
    fn a_folder_with_some_of_them_is_none() {
        assert_eq!(
            home(&folder("postgres-half", &["postgres", "pg_ctl", "psql"])),
            None
        );
        assert_eq!(home(&folder("postgres-client", &["psql"])), None);
    }

    #[test]
    fn the_version_is_found_in_what_the_server_prints() {
        let line = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";

        assert_eq!(Version::find(line), Some(Version(15, 18, 0)));
    }
}
