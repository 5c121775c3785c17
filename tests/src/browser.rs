//! Headless Chromium that judges popups as it does for a person.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::DesiredCapabilities;
use thirtyfour::prelude::*;

use crate::Failure;

/// A browser and the driver process it belongs to.
pub struct Browser {
    driver_process: Child,
    _profile: TempDir,
    /// The session.
    pub driver: WebDriver,
}

/// How a payer has set up the browser, apart from how it comes.
#[derive(Default)]
pub struct Habits {
    /// Its preferences, by Chromium's names.
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
    /// When Chromium or its driver cannot be started; `cargo xtask setup --browser` installs them.
    pub async fn start(habits: &Habits) -> Result<Self, Failure> {
        let mut driver_process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                format!("chromedriver: {error}; install it with `cargo xtask setup --browser`")
            })?;
        let output = driver_process
            .stdout
            .take()
            .ok_or("chromedriver has no output")?;
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, rest) = line.split_once("started successfully on port ")?;
                rest.trim_end_matches('.').parse::<u16>().ok()
            })
            .ok_or("chromedriver ended before it was ready")?;
        let profile = tempfile::tempdir()?;
        let mut chrome = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--window-size=1000,1100",
            "--lang=en-GB",
        ] {
            chrome.add_arg(argument)?;
        }
        for argument in habits.arguments {
            chrome.add_arg(argument)?;
        }
        chrome.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        if let Some(folder) = &habits.extension {
            chrome.add_arg(&format!("--load-extension={}", folder.display()))?;
        }
        if !habits.preferences.is_null() {
            chrome.add_experimental_option("prefs", &habits.preferences)?;
        }
        // Else chromedriver switches the popup blocker off, and tests of it pass for nothing.
        chrome.add_exclude_switch("disable-popup-blocking")?;
        chrome
            .as_mut()
            .set("goog:loggingPrefs", json!({"browser": "ALL"}))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), chrome).await?;
        Ok(Self {
            driver_process,
            _profile: profile,
            driver,
        })
    }

    /// What pages wrote to the console, so far unread.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn console(&self) -> Result<Vec<String>, Failure> {
        let entries = self.driver.browser_log().await?;
        Ok(entries.into_iter().map(|entry| entry.message).collect())
    }

    /// Closes every window.
    pub async fn quit(mut self) {
        let _ = self.driver.clone().quit().await;
        let _ = self.driver_process.kill();
        let _ = self.driver_process.wait();
    }
}
