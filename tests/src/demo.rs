//! The demo as a person starts it: `xtask demo`, on ports and in a folder of its own.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::Failure;
use crate::ports::three_in_a_row;

/// Three servers; they end with it.
pub struct Demo {
    /// None of ours runs where the pages are somebody else's.
    child: Option<Child>,
    /// Where databases and logs are.
    pub data: TempDir,
    /// The shop's origin.
    pub shop: String,
    /// The checkout's origin.
    pub checkout: String,
    /// The sandbox's origin.
    pub sandbox: String,
    /// Of the demo's merchant.
    pub secret_key: String,
    /// Of the demo's merchant.
    pub publishable_key: String,
}

impl Demo {
    /// Starts it, with options of `xtask demo` besides, and waits until it says that it is ready.
    ///
    /// # Errors
    ///
    /// When it ends before that; its own words are in the test's output.
    pub fn start(options: &[&str]) -> Result<Self, Failure> {
        let data = tempfile::tempdir()?;
        let mut child = Command::new(program("xtask"))
            .args([
                "demo",
                "--skip-build",
                "--port-base",
                &three_in_a_row()?.to_string(),
                "--data",
            ])
            .arg(data.path())
            .args(options)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("the demo has no output")?;
        let ready = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("READY ").map(str::to_owned))
            .ok_or("the demo ended before it was ready")?;
        let ready: Value = serde_json::from_str(&ready)?;
        let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            child: Some(child),
            data,
            shop: text("shop"),
            checkout: text("checkout"),
            sandbox: text("sandbox"),
            secret_key: text("secret_key"),
            publishable_key: text("publishable_key"),
        })
    }

    /// Somebody else's page, and their sandbox where it may be made to fail. Nothing is started.
    ///
    /// # Errors
    ///
    /// When there is no room for a folder.
    pub fn elsewhere(page: &str, sandbox: Option<&str>) -> Result<Self, Failure> {
        Ok(Self {
            child: None,
            data: tempfile::tempdir()?,
            shop: page.to_owned(),
            checkout: String::new(),
            sandbox: sandbox.unwrap_or_default().to_owned(),
            secret_key: String::new(),
            publishable_key: String::new(),
        })
    }

    /// The log of one of its servers.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn log(&self, server: &str) -> Result<String, Failure> {
        Ok(std::fs::read_to_string(
            self.data.path().join(format!("{server}.log")),
        )?)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Its servers end with it.
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A built program of this workspace.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder =
        std::env::var_os("BORGA_BIN_DIR").map_or_else(|| root.join("target/debug"), PathBuf::from);
    if folder.is_absolute() {
        folder.join(name)
    } else {
        root.join(folder).join(name)
    }
}
