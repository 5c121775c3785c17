//! One server of the demo as a process: its log, its end.
//! It decides nothing; the household does.

use std::{
    fs::File,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{failure::Outcome, log};

/// A server that was started.
pub struct Member {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Member {
    /// Starts a server whose output is added to `{name}.log` in a folder.
    ///
    /// # Errors
    /// When the log cannot be written or the program does not start.
    pub fn start(name: &'static str, logs: &Path, mut command: Command) -> Outcome<Self> {
        let log = logs.join(format!("{name}.log"));
        let explain = |error| format!("cannot write {}: {error}", log.display());
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .map_err(explain)?;
        command
            .stdout(file.try_clone().map_err(explain)?)
            .stderr(file)
            .stdin(Stdio::null());
        // Its own group: Ctrl-C reaches us alone, and we end the servers.
        command.process_group(0);
        let child = command
            .spawn()
            .map_err(|error| format!("cannot start {name}: {error}"))?;
        Ok(Self { name, child, log })
    }

    /// As it was started.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, in words; `None` while it runs.
    pub fn status(&mut self) -> Option<String> {
        match self.child.try_wait() {
            Ok(status) => status.map(|status| status.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Ends it without asking.
    pub fn kill(&mut self) {
        // It may have ended by itself meanwhile, and that is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Where its log is and what stands last in it.
    pub fn end_of_log(&self) -> String {
        log::end_of(&self.log)
    }
}
