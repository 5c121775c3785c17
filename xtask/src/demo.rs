//! The whole thing on one machine: shop, checkout server and sandbox bank as three sites.
//! It configures the servers as a person would, through flags, files and the environment, and nothing else.

mod configuration;
mod database;
mod folder;
pub mod health;
mod household;
mod member;
mod merchant;
mod ports;
mod ready;
mod running;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use clap::Args;

pub use self::running::Running;
use self::{
    configuration::Configuration,
    database::{Database, Engine},
    folder::{Folder, Secrets},
    household::{Halt, Household},
    merchant::{CommandLine, Keys},
    ports::Ports,
};
use crate::{build, failure::Outcome, process, project, say, setup};

/// The account under which the sandbox and the checkout server know each other.
const MERCHANT_ACCOUNT: &str = "BorgaDemo";

/// `cargo xtask demo`
#[derive(Args)]
pub struct Arguments {
    /// The shop's port; the checkout server and the sandbox take the next two
    #[arg(long, value_name = "N", default_value_t = 4100)]
    port_base: u16,
    /// Keep everything in this folder, also for the next time; without it, each start is a fresh one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What the checkout server keeps its data in; PostgreSQL runs for the demo alone
    #[arg(long, value_enum, default_value_t = Engine::Sqlite)]
    database: Engine,
    /// Use servers built with optimisation
    #[arg(long)]
    release: bool,
    /// Use what is already built
    #[arg(long)]
    skip_build: bool,
    /// Divide every time limit of the checkout, and what the sandbox is late by, by this number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    time_divisor: Option<u32>,
}

/// Carries out the command; comes back when a signal asks for the end.
///
/// # Errors
/// When a port or the folder is taken, something does not build, or a server ends by itself.
pub fn run(arguments: &Arguments) -> Outcome {
    let ports = Ports::from_base(arguments.port_base)?;
    ports.refuse_taken()?;
    if !arguments.skip_build {
        setup::for_build()?;
        build::all(arguments.release, false)?;
        if arguments.database == Engine::Postgres {
            setup::for_postgres()?;
        }
    }
    let folder = match &arguments.data {
        Some(path) => Folder::keep(path)?,
        None => Folder::fresh(&project::target().join("demo-data"))?,
    };
    match serve(arguments, ports, &folder) {
        Ok(()) | Err(Halt::Asked) => {
            say::progress("demo: stopped");
            Ok(())
        }
        Err(Halt::Failed(failure)) => Err(failure),
    }
}

/// Starts the three servers, each when the one it needs answers, and watches them.
/// They end with the household, however this function is left.
fn serve(arguments: &Arguments, ports: Ports, folder: &Folder) -> Result<(), Halt> {
    let program = |name| project::binary(arguments.release, name);
    let [bank, server, shop] = [
        program("sandbox")?,
        program("embed-server")?,
        program("demo-site")?,
    ];
    let secrets = folder.secrets()?;
    let mut household = Household::new(folder.path())?;
    let mut database = Database::open(arguments.database, folder.path(), arguments.data.is_some())?;
    household.keep(database.take_cluster());

    let divisor = arguments.time_divisor.unwrap_or(1);
    household.start(
        "sandbox",
        sandbox_command(&bank, ports, folder, &secrets, divisor),
    )?;
    household.wait_until_healthy(ports.sandbox())?;
    fetch_card_key(ports, folder)?;

    let configuration = Configuration {
        ports,
        folder: folder.path(),
        database_url: database.url(),
        time_divisor: arguments.time_divisor,
    };
    let file = folder.write("embed-server.toml", &configuration.to_toml()?)?;
    let command_line = CommandLine {
        server: &server,
        file: &file,
        secrets: &secrets,
    };
    let keys = folder.keys(ports, &database, &command_line)?;
    household.start("embed-server", command_line.command(&["serve"]))?;
    household.wait_until_healthy(ports.checkout())?;

    household.start("demo-site", shop_command(&shop, ports, &keys))?;
    household.wait_until_healthy(ports.shop())?;

    folder.write("pids.json", &household.process_ids())?;
    say::result(&ready::line(ports, &keys));
    say::result(&ready::help(ports, folder.path(), database.url()));
    household.wait_for_the_end()
}

/// What a notification that comes late is late by.
const LATE_MS: u32 = 30_000;

fn sandbox_command(
    bank: &Path,
    ports: Ports,
    folder: &Folder,
    secrets: &Secrets,
    time_divisor: u32,
) -> Command {
    let mut command = bare(bank);
    command
        .args(["--listen", &ports.sandbox_address()])
        .args(["--public-origin", &ports.sandbox_origin()])
        .args(["--merchant-account", MERCHANT_ACCOUNT])
        .args([
            "--notification-url",
            &format!("{}/webhooks/adyen", ports.checkout_url()),
        ])
        .args([
            "--late-notification-ms",
            &(LATE_MS / time_divisor).to_string(),
        ])
        .arg("--card-key-file")
        .arg(folder.path().join("card-key.pem"))
        .env("SANDBOX_API_KEY", &secrets.acquirer_api_key)
        .env("SANDBOX_HMAC_KEY", &secrets.acquirer_hmac_key);
    command
}

fn shop_command(shop: &Path, ports: Ports, keys: &Keys) -> Command {
    let mut command = bare(shop);
    command
        .args(["--listen", &ports.shop_address()])
        .args(["--public-origin", &ports.shop_origin()])
        .args(["--api-url", &ports.checkout_url()])
        .args(["--checkout-origin", &ports.checkout_origin()])
        .args(["--sandbox-url", &ports.sandbox_url()])
        .arg("--pages-dir")
        .arg(project::dist().join("pages"))
        .arg("--register-webhook")
        .env("BORGA_SECRET_KEY", &keys.secret)
        .env("BORGA_PUBLISHABLE_KEY", &keys.publishable);
    for origin in ports.other_shop_origins() {
        command.args(["--other-origin", &origin]);
    }
    command
}

/// The checkout server reads the key that cards are encrypted to from a file.
fn fetch_card_key(ports: Ports, folder: &Folder) -> Outcome {
    let card_key = health::get(ports.sandbox(), "/card-key")
        .and_then(health::Answer::expect_json)
        .map_err(|error| format!("the sandbox gives no card key: {error}"))?;
    folder.write("card-key.json", &card_key)?;
    Ok(())
}

/// A server's program without the settings that the person's own environment may hold for it.
fn bare(path: &Path) -> Command {
    let mut command = process::program(path);
    for (name, _) in env::vars_os() {
        let name_start = name.to_string_lossy();
        if name_start.starts_with("BORGA_") || name_start.starts_with("SANDBOX_") {
            command.env_remove(&name);
        }
    }
    command
}
