//! The real server program: its settings, its process, its end. It is only ever spoken to over HTTP.

mod settings;

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::load::connection::Connection;
use crate::load::request::Request;
use crate::process::Process;

pub use settings::secrets_file;

const START_MAX: Duration = Duration::from_mins(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// As much of a log as tells why a server ended.
const LOG_LINES_SHOWN: usize = 10;

/// How programs are started here: so that they end when we do, however we end.
pub fn program(path: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if command.arg("--version").output().is_err() {
        return Command::new(path);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(path);
    command
}

/// Runs on one database; ends with its value.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts the program on a database, named for its files, and waits until it answers.
    ///
    /// # Errors
    /// When it does not start or ends again: with the end of its log.
    pub async fn start(path: &Path, folder: &Path, name: &str, database: &str) -> Outcome<Self> {
        let address = free_address()?;
        let settings = settings::write(folder, name, address, database)?;
        let log = folder.join(format!("{name}.log"));
        let mut command = program(path);
        command.args(["serve", "--config"]).arg(settings);
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("BORGA_") {
                command.env_remove(variable);
            }
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // A file, as a service's log mostly is: writing it is part of the server's work.
            .stderr(File::create(&log)?)
            .spawn()
            .map_err(|error| Failure::from(format!("cannot start {}: {error}", path.display())))?;
        let mut server = Self {
            child,
            log,
            address,
        };
        server.wait_until_it_answers().await?;
        Ok(server)
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    async fn wait_until_it_answers(&mut self) -> Outcome {
        let mut healthz = Request::get("/healthz", None);
        let start = Instant::now();
        loop {
            if let Ok(mut connection) = Connection::open(self.address).await {
                let answer = connection.exchange(healthz.next()).await?;
                return answer.expect(200);
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("embed-server ended ({status}); {}", self.end_of_log()).into());
            }
            if start.elapsed() > START_MAX {
                return Err(format!("embed-server does not answer; {}", self.end_of_log()).into());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    fn end_of_log(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let shown = lines.len().saturating_sub(LOG_LINES_SHOWN);
        format!("its log ends with:\n{}", lines[shown..].join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Nobody else is told of it between here and the server's start, so it stays free.
fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
