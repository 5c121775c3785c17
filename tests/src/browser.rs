//! A browser that judges popups as it does for a person.

use std::path::PathBuf;
use std::process::Child;

use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::Failure;
use crate::engine::Engine;

/// A browser and the processes it belongs to.
pub struct Browser {
    /// Which one it is.
    pub engine: Engine,
    processes: Vec<Child>,
    _profile: TempDir,
    /// The session.
    pub driver: WebDriver,
}

/// How a payer has set up Chromium, apart from how it comes.
#[derive(Default)]
pub struct Habits {
    /// Its preferences.
    pub preferences: Value,
    /// The folder of an extension.
    pub extension: Option<PathBuf>,
    /// What is said on its command line.
    pub arguments: &'static [&'static str],
}

impl Browser {
    /// A new browser without a past.
    ///
    /// # Errors
    ///
    /// When the browser or its driver cannot be started; `cargo xtask setup --browser` installs them.
    pub async fn start(engine: Engine, habits: &Habits) -> Result<Self, Failure> {
        let profile = tempfile::tempdir()?;
        let capabilities = engine.capabilities(habits, profile.path())?;
        let driver = engine.driver().await?;
        let address = format!("http://127.0.0.1:{}", driver.port);
        let browser = Self {
            engine,
            processes: driver.processes,
            _profile: profile,
            driver: WebDriver::new(address, capabilities).await?,
        };
        if engine == Engine::WebKit {
            // It knows no argument for that, and its driver misses what it has to scroll to in a frame.
            browser.driver.set_window_rect(0, 0, 1000, 1300).await?;
        }
        Ok(browser)
    }

    /// What pages wrote to the console, so far unread. Only Chromium's driver tells it: of the other engines it is empty.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn console(&self) -> Result<Vec<String>, Failure> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let entries = self.driver.browser_log().await?;
        Ok(entries.into_iter().map(|entry| entry.message).collect())
    }

    /// Closes every window.
    pub async fn quit(mut self) {
        let _ = self.driver.clone().quit().await;
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
