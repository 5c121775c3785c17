//! The folder of a cluster: where it can be, that one cluster at a time has it, and that it goes with it.
//! What stands in it is the cluster's.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use tempfile::TempDir;

use super::account::Account;
use crate::failure::Outcome;

const PREFIX: &str = "borga-postgres-";
const LOCK: &str = "lock";
/// Unix sockets allow little more on any system.
const SOCKET_PATH_BYTES_MAX: usize = 100;
const LONGEST_SOCKET: &str = ".s.PGSQL.65535";
const LONGEST_NAME: &str = "borga-postgres-xxxxxx";
const PATIENCE: Duration = Duration::from_secs(10);

/// Held, and locked, by us and by every process of the cluster.
pub struct Place {
    path: PathBuf,
    lock: File,
    /// Removed with the place.
    _temporary: Option<TempDir>,
}

impl Place {
    /// A new folder within a folder, or where that does not do, among the system's temporary ones.
    /// What clusters of commands that were killed have left there goes.
    ///
    /// # Errors
    /// When neither does.
    pub fn fresh(within: &Path, account: Account) -> Outcome<Self> {
        let temporary = env::temp_dir();
        let mut refused = Vec::new();
        for parent in [within, &temporary] {
            match Self::fresh_in(parent, account) {
                Ok(place) => return Ok(place),
                Err(failure) => refused.push(failure.to_string()),
            }
        }
        let refused = refused.join("; and ");
        Err(format!("PostgreSQL has no place: {refused} (TMPDIR names the second)").into())
    }

    fn fresh_in(parent: &Path, account: Account) -> Outcome<Self> {
        let explain = |error| format!("cannot use the folder {}: {error}", parent.display());
        fs::create_dir_all(parent).map_err(explain)?;
        let parent = fs::canonicalize(parent).map_err(explain)?;
        refuse_unfit(&parent, &parent.join(LONGEST_NAME), account)?;
        remove_leftovers(&parent);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(&parent)
            .map_err(explain)?;
        account.own(folder.path())?;
        Ok(Self {
            lock: lock(folder.path(), PATIENCE)?,
            path: folder.path().to_owned(),
            _temporary: Some(folder),
        })
    }

    /// A folder that stays, with what an earlier cluster has left in it.
    ///
    /// # Errors
    /// When it does not do, or another cluster has it.
    pub fn kept(path: &Path, account: Account) -> Outcome<Self> {
        let explain = |error| format!("cannot use the folder {}: {error}", path.display());
        fs::create_dir_all(path).map_err(explain)?;
        let path = fs::canonicalize(path).map_err(explain)?;
        let parent = path.parent().unwrap_or(&path);
        refuse_unfit(parent, &path, account)?;
        account.own(&path)?;
        Ok(Self {
            lock: lock(&path, PATIENCE)?,
            path,
            _temporary: None,
        })
    }

    /// Absolute.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The lock as a program's input, so that the folder is taken until the program's last process ends.
    ///
    /// # Errors
    /// When we have too many open files.
    pub fn share(&self) -> Outcome<Stdio> {
        let lock = self.lock.try_clone();
        lock.map(Stdio::from)
            .map_err(|error| format!("cannot share {LOCK}: {error}").into())
    }
}

fn refuse_unfit(parent: &Path, path: &Path, account: Account) -> Outcome {
    if path.join(LONGEST_SOCKET).as_os_str().len() > SOCKET_PATH_BYTES_MAX {
        return Err(format!(
            "{} is too long a path for PostgreSQL's socket: choose a shorter one",
            parent.display()
        )
        .into());
    }
    if !account.may_enter(parent)? {
        return Err(format!(
            "the account that runs PostgreSQL for root may not enter {}: choose a folder that \
             everybody may enter",
            parent.display()
        )
        .into());
    }
    Ok(())
}

/// Waits a while: the cluster of a command that was killed may still be ending.
fn lock(folder: &Path, patience: Duration) -> Outcome<File> {
    let path = folder.join(LOCK);
    let explain = |error| format!("cannot lock {}: {error}", path.display());
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    let file = options.open(&path).map_err(explain)?;
    let (sender, locked) = mpsc::channel();
    thread::spawn(move || sender.send(file.lock().map(|()| file)));
    match locked.recv_timeout(patience) {
        Ok(file) => Ok(file.map_err(explain)?),
        Err(_) => Err(format!(
            "another PostgreSQL runs on {}: end it, or choose another folder",
            folder.display()
        )
        .into()),
    }
}

/// A folder that can be locked has no cluster any more, unless it is so new that it has nothing yet
/// beside the lock. What cannot be removed is another person's.
fn remove_leftovers(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
            && entry.file_type().is_ok_and(|it| it.is_dir());
        if !ours {
            continue;
        }
        let path = entry.path();
        let lock = File::open(path.join(LOCK));
        let has_more = fs::read_dir(&path).is_ok_and(|it| it.count() > 1);
        if has_more && lock.is_ok_and(|it| it.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::project;

    fn folder(name: &str) -> PathBuf {
        let path = project::target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_fresh_place_goes_with_its_value() {
        let place = Place::fresh_in(&folder("place-gone"), Account::Own).unwrap();
        let path = place.path().to_owned();
        assert!(path.is_dir());

        drop(place);

        assert!(!path.exists());
    }

    #[test]
    fn what_a_killed_command_left_goes_and_what_is_in_use_stays() {
        let parent = folder("place-leftovers");
        let used = Place::fresh_in(&parent, Account::Own).unwrap();
        fs::create_dir(used.path().join("data")).unwrap();
        let left = parent.join("borga-postgres-left");
        let other = parent.join("other");
        for path in [&left, &other] {
            fs::create_dir_all(path.join("data")).unwrap();
            fs::write(path.join(LOCK), "").unwrap();
        }

        let _next = Place::fresh_in(&parent, Account::Own).unwrap();

        assert!(!left.exists());
        assert!(other.exists());
        assert!(used.path().exists());
    }

    #[test]
    fn a_place_is_taken_as_long_as_a_process_of_its_cluster_lives() {
        let path = folder("place-shared");
        let place = Place::kept(&path, Account::Own).unwrap();
        let mut child = Command::new("sleep")
            .arg("1000")
            .stdin(place.share().unwrap())
            .spawn()
            .unwrap();
        drop(place);

        let failure = lock(&path, Duration::ZERO).unwrap_err().to_string();
        child.kill().unwrap();
        child.wait().unwrap();

        assert!(failure.contains("another PostgreSQL runs on"), "{failure}");
        assert!(Place::kept(&path, Account::Own).is_ok());
    }

    #[test]
    fn where_a_socket_has_no_room_a_fresh_place_is_a_temporary_one() {
        let deep = folder("place-deep").join("x".repeat(SOCKET_PATH_BYTES_MAX));
        fs::create_dir_all(&deep).unwrap();

        let place = Place::fresh(&deep, Account::Own).unwrap();

        let temporary = fs::canonicalize(env::temp_dir()).unwrap();
        assert!(place.path().starts_with(temporary));
        assert!(!place.path().starts_with(&deep));
        let failure = Place::kept(&deep, Account::Own).map(drop).unwrap_err();
        assert!(failure.to_string().contains("too long"), "{failure}");
    }
}
