//! The limit of a read: a route that answers the same without looking at anything, in a process of its own, on the
//! libraries that the server stands on.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use axum::Router;
use axum::routing::get;

use crate::failure::Outcome;
use crate::process::Process;

/// Where it answers.
pub const PATH: &str = "/constant";

/// Serves the route until the process is ended; prints its address first.
///
/// # Errors
/// When it cannot listen.
pub fn serve() -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let router = Router::new().route(PATH, get(async || "ok"));
        axum::serve(listener, router).await?;
        Ok(())
    })
}

/// The route's process; ends with its value.
pub struct Constant {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Constant {
    /// Starts this same program once more.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(command: Command) -> Outcome<Self> {
        let mut command = command;
        let mut child = command.arg("constant").stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(printed) = child.stdout.take() {
            BufReader::new(printed).read_line(&mut line)?;
        }
        let address = line.trim().parse();
        // Whatever it printed, it must not stay behind.
        let constant = Self {
            child,
            address: address.clone().unwrap_or(([127, 0, 0, 1], 0).into()),
        };
        address?;
        Ok(constant)
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }
}

impl Drop for Constant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
