//! The folder of one demo: database, logs, keys and settings.
//! One demo at a time uses it, and only the default folder is ever emptied.

use std::{
    fmt::Write as _,
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{
    database::Database,
    merchant::{CommandLine, Keys},
    ports::Ports,
};
use crate::failure::Outcome;

const LOCK: &str = "demo.lock";
const MEMORY: &str = "demo.json";
const API_KEY_BYTES: usize = 32;
const HMAC_KEY_BYTES: usize = 32;

/// What the checkout server and the sandbox know each other by.
pub struct Secrets {
    pub acquirer_api_key: String,
    pub acquirer_hmac_key: String,
}

/// Held, and locked, as long as the demo runs.
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// A folder of the person's own: made if it is not there, else left as it is.
    ///
    /// # Errors
    /// When it cannot be made, or another demo runs on it.
    pub fn keep(path: &Path) -> Outcome<Self> {
        let explain = |error| format!("cannot use the folder {}: {error}", path.display());
        fs::create_dir_all(path).map_err(explain)?;
        let path = fs::canonicalize(path).map_err(explain)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK))
            .map_err(explain)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(format!(
                "another demo runs on {}: stop it, or choose another folder with --data",
                path.display()
            )
            .into()),
            Err(TryLockError::Error(error)) => Err(explain(error).into()),
        }
    }

    /// The default folder, without anything of an earlier demo.
    ///
    /// # Errors
    /// As [`Folder::keep`], or when it cannot be emptied.
    pub fn fresh(path: &Path) -> Outcome<Self> {
        let folder = Self::keep(path)?;
        let explain = |error| format!("cannot empty {}: {error}", path.display());
        for entry in fs::read_dir(&folder.path).map_err(explain)? {
            let entry = entry.map_err(explain)?;
            if entry.file_type().map_err(explain)?.is_dir() {
                fs::remove_dir_all(entry.path()).map_err(explain)?;
            } else if entry.file_name() != LOCK {
                fs::remove_file(entry.path()).map_err(explain)?;
            }
        }
        Ok(folder)
    }

    /// Absolute.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file and gives its path.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, name: &str, text: &str) -> Outcome<PathBuf> {
        let path = self.path.join(name);
        fs::write(&path, text)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(path)
    }

    /// The folder's secrets, made the first time.
    ///
    /// # Errors
    /// When the memory of the folder cannot be read or written.
    pub fn secrets(&self) -> Outcome<Secrets> {
        let mut memory = self.memory()?;
        for (name, bytes) in [
            ("acquirer_api_key", API_KEY_BYTES),
            ("acquirer_hmac_key", HMAC_KEY_BYTES),
        ] {
            if memory[name].is_null() {
                memory[name] = random_hex(bytes)?.into();
            }
        }
        self.remember(&memory)?;
        Ok(Secrets {
            acquirer_api_key: text(&memory, "acquirer_api_key")?,
            acquirer_hmac_key: text(&memory, "acquirer_hmac_key")?,
        })
    }

    /// The merchant's keys for these ports, made when the folder has none for this database.
    ///
    /// # Errors
    /// When the server's command line refuses to make them.
    pub fn keys(
        &self,
        ports: Ports,
        database: &Database,
        command_line: &CommandLine<'_>,
    ) -> Outcome<Keys> {
        let mut memory = self.memory()?;
        let keys = &mut memory[database.name()];
        if keys["secret_key"].is_null() || database.is_new() {
            let merchant = command_line.create_merchant()?;
            keys["secret_key"] = command_line.create_secret_key(&merchant)?.into();
            keys["merchant"] = merchant.into();
            keys["publishable_key"] = Value::Null;
        }
        // Its origins carry the port, so another port needs another key.
        if keys["publishable_key"].is_null() || keys["port_base"] != ports.shop() {
            let merchant = text(keys, "merchant")?;
            keys["publishable_key"] = command_line
                .create_publishable_key(&merchant, ports)?
                .into();
            keys["port_base"] = ports.shop().into();
        }
        let found = Keys {
            secret: text(keys, "secret_key")?,
            publishable: text(keys, "publishable_key")?,
        };
        self.remember(&memory)?;
        Ok(found)
    }

    fn memory(&self) -> Outcome<Value> {
        let path = self.path.join(MEMORY);
        if !path.exists() {
            return Ok(json!({}));
        }
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        match serde_json::from_str(&text) {
            Ok(memory @ Value::Object(_)) => Ok(memory),
            Ok(_) | Err(_) => Err(format!(
                "{} is not what a demo wrote: remove the folder or choose another with --data",
                path.display()
            )
            .into()),
        }
    }

    fn remember(&self, memory: &Value) -> Outcome {
        let path = self.path.join(MEMORY);
        let explain = |error| format!("cannot write {}: {error}", path.display());
        let mut options = OpenOptions::new();
        // It holds secrets: for the owner alone, from the first byte.
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&path).map_err(explain)?;
        file.write_all(format!("{memory:#}\n").as_bytes())
            .map_err(explain)?;
        Ok(())
    }
}

fn text(memory: &Value, name: &str) -> Outcome<String> {
    let value = memory[name].as_str().map(str::to_owned);
    value.ok_or_else(|| format!("{MEMORY} has no {name}: remove the folder and start again").into())
}

fn random_hex(bytes: usize) -> Outcome<String> {
    let mut random = vec![0; bytes];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .map_err(|error| format!("cannot read /dev/urandom: {error}"))?;
    Ok(hex(&random))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::project;

    fn place(name: &str) -> PathBuf {
        let path = project::target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&path);
        path
    }

    #[test]
    fn a_second_demo_on_the_same_folder_is_refused() {
        let path = place("second");
        let _first = Folder::keep(&path).unwrap();

        assert!(Folder::keep(&path).is_err());
    }

    #[test]
    fn a_fresh_folder_has_nothing_of_the_last_demo() {
        let path = place("fresh");
        let old = Folder::keep(&path).unwrap().write("old", "").unwrap();

        let _folder = Folder::fresh(&path).unwrap();

        assert!(!old.exists());
    }

    #[test]
    fn a_kept_folder_keeps_its_secrets() {
        let path = place("kept");
        let first = Folder::keep(&path).unwrap().secrets().unwrap();
        let second = Folder::keep(&path).unwrap().secrets().unwrap();

        assert_eq!(first.acquirer_hmac_key, second.acquirer_hmac_key);
        assert_eq!(first.acquirer_api_key.len(), 2 * API_KEY_BYTES);
    }

    #[test]
    fn only_the_owner_may_read_the_secrets() {
        let folder = Folder::keep(&place("owner")).unwrap();
        folder.secrets().unwrap();

        let mode = fs::metadata(folder.path().join(MEMORY))
            .unwrap()
            .permissions()
            .mode();

        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn random_bytes_are_written_with_two_digits_each() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn a_memory_of_something_else_is_refused() {
        let folder = Folder::keep(&place("memory")).unwrap();
        folder.write(MEMORY, "[]").unwrap();

        assert!(folder.secrets().is_err());
    }
}
