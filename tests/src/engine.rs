//! The three engines that the checkout must work in, and how each is started.

use std::io::{BufRead as _, BufReader};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use crate::Failure;
use crate::browser::Habits;
use crate::ports::three_in_a_row;

/// A browser's engine. Each judges popups as it does for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge and most others.
    Chromium,
    /// Firefox.
    Firefox,
    /// `WebKitGTK`: not Safari, but the same rules for gestures and popups.
    WebKit,
}

/// What has to run for one browser, and where it is driven.
pub struct Driver {
    /// All of it; ends with the browser.
    pub processes: Vec<Child>,
    /// The driver's port.
    pub port: u16,
}

impl Engine {
    /// Starts what drives it.
    ///
    /// # Errors
    ///
    /// When a program is missing; `cargo xtask setup --browser` installs them.
    pub async fn driver(self) -> Result<Driver, Failure> {
        match self {
            Self::Chromium => {
                // Of its own choice it takes one that is free for IPv4 and ends where that is taken for IPv6.
                let port = three_in_a_row()?;
                let (driver, port) = saying_its_port(
                    Command::new("chromedriver").arg(format!("--port={port}")),
                    "started successfully on port ",
                )?;
                Ok(Driver {
                    processes: vec![driver],
                    port,
                })
            }
            Self::Firefox => {
                // A port of its own for the other protocol too, else two at a time get in each other's way.
                let arguments = ["--port", "0", "--websocket-port", "0"];
                let (driver, port) = saying_its_port(
                    Command::new("geckodriver").args(arguments),
                    "Listening on 127.0.0.1:",
                )?;
                Ok(Driver {
                    processes: vec![driver],
                    port,
                })
            }
            Self::WebKit => {
                let (screen, display) = saying_its_port(
                    Command::new("Xvfb").args([
                        "-displayfd",
                        "1",
                        "-screen",
                        "0",
                        "1400x1400x24",
                        "-nolisten",
                        "tcp",
                    ]),
                    "",
                )?;
                // It takes no port of its own choice.
                let port = three_in_a_row()?;
                let driver = Command::new("WebKitWebDriver")
                    .arg(format!("--port={port}"))
                    .env("DISPLAY", format!(":{display}"))
                    .stdout(Stdio::null())
                    .spawn()
                    .map_err(|error| missing("WebKitWebDriver", &error))?;
                answers(port).await?;
                Ok(Driver {
                    processes: vec![driver, screen],
                    port,
                })
            }
        }
    }

    /// What the driver is asked for.
    ///
    /// # Errors
    ///
    /// When the habits are another engine's.
    pub fn capabilities(self, habits: &Habits, profile: &Path) -> Result<Capabilities, Failure> {
        let of_chromium = habits.extension.is_none()
            && habits.preferences.is_null()
            && habits.arguments.is_empty();
        if self != Self::Chromium && !of_chromium {
            return Err(format!("these habits are Chromium's, not {self:?}'s").into());
        }
        let asked = match self {
            Self::Chromium => chromium(habits, profile),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": "/usr/bin/firefox-esr",
                    "args": ["-headless", "--width=1000", "--height=1100"],
                    "prefs": {
                        // Its driver switches the popup blocker off.
                        "dom.disable_open_during_load": true,
                        "intl.accept_languages": "en-GB",
                    },
                },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": {
                    "binary": mini_browser()?,
                    "args": ["--automation"],
                },
            }),
        };
        let mut capabilities = Capabilities::new();
        for (name, value) in asked.as_object().into_iter().flatten() {
            capabilities.set(name, value)?;
        }
        Ok(capabilities)
    }
}

fn chromium(habits: &Habits, profile: &Path) -> Value {
    let mut arguments: Vec<String> = [
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
    ]
    .into_iter()
    .chain(habits.arguments.iter().copied())
    .map(str::to_owned)
    .collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    if let Some(folder) = &habits.extension {
        arguments.push(format!("--load-extension={}", folder.display()));
    }
    let mut options = json!({
        "args": arguments,
        // Else chromedriver switches the popup blocker off, and tests of it pass for nothing.
        "excludeSwitches": ["disable-popup-blocking"],
    });
    if !habits.preferences.is_null() {
        options["prefs"] = habits.preferences.clone();
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": {"browser": "ALL"},
    })
}

/// Debian keeps it in a folder of the architecture's name.
fn mini_browser() -> Result<String, Failure> {
    let folders = std::fs::read_dir("/usr/lib")?;
    folders
        .filter_map(Result::ok)
        .map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|program| program.is_file())
        .map(|program| program.display().to_string())
        .ok_or_else(|| {
            "MiniBrowser is missing; install it with `cargo xtask setup --browser`".into()
        })
}

/// Starts a program that chooses a number and says it behind these words.
fn saying_its_port(command: &mut Command, words: &str) -> Result<(Child, u16), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| missing(&name, &error))?;
    let output: ChildStdout = child.stdout.take().ok_or("a program without an output")?;
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, rest) = line.split_once(words)?;
        rest.trim().trim_end_matches('.').parse::<u16>().ok()
    });
    // Whoever writes to a pipe that nobody reads ends, or waits for ever.
    std::thread::spawn(move || lines.for_each(drop));
    let port = port.ok_or_else(|| format!("{name} ended before it was ready"))?;
    Ok((child, port))
}

fn missing(program: &str, error: &std::io::Error) -> Failure {
    format!("{program}: {error}; install it with `cargo xtask setup --browser`").into()
}

/// Waits until somebody listens.
async fn answers(port: u16) -> Result<(), Failure> {
    let asking = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(20));
        while tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
        {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asking)
        .await
        .map_err(|_| "WebKitWebDriver does not listen".into())
}

/// Makes a test of each of these functions in each engine: `chromium::name`, `firefox::name` and `webkit::name`.
#[macro_export]
macro_rules! in_every_engine {
    ($($test:ident),+ $(,)?) => {
        $crate::in_engine!(chromium, Chromium, $($test),+);
        $crate::in_engine!(firefox, Firefox, $($test),+);
        $crate::in_engine!(webkit, WebKit, $($test),+);
    };
}

/// The same in one engine.
#[macro_export]
macro_rules! in_engine {
    ($module:ident, $engine:ident, $($test:ident),+ $(,)?) => {
        mod $module {
            $(
                #[test]
                fn $test() {
                    super::$test($crate::Engine::$engine);
                }
            )+
        }
    };
}
