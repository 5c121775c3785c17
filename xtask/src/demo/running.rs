//! A demo in a process of its own, for commands that need one for a while.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use serde_json::Value;

use crate::{failure::Outcome, process, project};

/// It ends with this.
pub struct Running {
    child: Child,
    ready: String,
}

impl Running {
    /// Starts it from servers that are built, and waits until it is ready.
    ///
    /// # Errors
    /// When it ends before that; its own words say why.
    pub fn start(release: bool, port_base: u16) -> Outcome<Self> {
        // Not the file that runs here: a build since may have put another one in its place.
        let mut command = process::program(&project::binary(false, "xtask")?);
        command
            .args(["demo", "--skip-build", "--port-base"])
            .arg(port_base.to_string())
            .arg("--data")
            .arg(project::target().join(format!("demo-{port_base}")))
            .stdout(Stdio::piped());
        if release {
            command.arg("--release");
        }
        let child = command
            .spawn()
            .map_err(|error| format!("cannot start the demo: {error}"))?;
        let mut running = Self {
            child,
            ready: String::new(),
        };
        let output = running.child.stdout.take().map(BufReader::new);
        let ready = output
            .into_iter()
            .flat_map(BufRead::lines)
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("READY ").map(str::to_owned));
        running.ready = ready.ok_or("the demo ended before it was ready")?;
        Ok(running)
    }

    /// Its line for programs. It holds a key of the demo's merchant.
    pub fn ready(&self) -> &str {
        &self.ready
    }

    /// One text of that line.
    ///
    /// # Errors
    /// When the line has no such text.
    pub fn told(&self, name: &str) -> Outcome<String> {
        let line: Value = serde_json::from_str(&self.ready)
            .map_err(|error| format!("the demo's line is not JSON: {error}"))?;
        let text = line[name].as_str().map(str::to_owned);
        text.ok_or_else(|| format!("the demo told no {name}").into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It stops its servers first.
        process::signal("TERM", &[i64::from(self.child.id())]);
        let _ = self.child.wait();
    }
}
