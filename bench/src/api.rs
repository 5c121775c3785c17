//! The API's figures: rounds of the same cells, one after the other, on each database.

mod ground;
mod polls;
mod report;
mod round;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tokio::runtime::Runtime;

use crate::constant::Constant;
use crate::database::Engine;
use crate::document;
use crate::failure::Outcome;
use crate::machine;
use crate::server::program;

use ground::Ground;
use round::{Round, Times};

/// What is measured, and with what.
#[derive(Args)]
pub struct Arguments {
    /// The server's program, built with optimisation
    #[arg(long)]
    server: PathBuf,
    /// A durable PostgreSQL, by the URL of one of its databases; without it only SQLite is measured
    #[arg(long)]
    postgres: Option<String>,
    /// Where databases and logs of the run are put; whatever is in there is removed
    #[arg(long)]
    folder: PathBuf,
    /// Few sessions and short cells: shows that everything works, and no figure worth keeping
    #[arg(long)]
    quick: bool,
    /// How often every cell is measured
    #[arg(long)]
    rounds: Option<usize>,
    /// The document whose block of figures is replaced
    #[arg(long)]
    write: Option<PathBuf>,
}

const ROUNDS: usize = 5;
const QUICK_ROUNDS: usize = 1;

/// Sessions in the small databases.
const FEW: u64 = 1_000;
/// So many times as many in the large ones.
const GROWTH: u64 = 1_000;
const QUICK_GROWTH: u64 = 10;

const POLLS: usize = 5_000;
const QUICK_POLLS: usize = 500;

/// All rounds on one database.
pub struct Measured {
    engine: &'static str,
    version: String,
    rounds: Vec<Round>,
    poll_bytes: u64,
}

/// Carries out the command.
///
/// # Errors
/// The first answer, statement or program that is not as expected.
pub fn run(arguments: &Arguments) -> Outcome {
    let quick = arguments.quick;
    let (growth, polls) = if quick {
        (QUICK_GROWTH, QUICK_POLLS)
    } else {
        (GROWTH, POLLS)
    };
    let count = arguments
        .rounds
        .unwrap_or(if quick { QUICK_ROUNDS } else { ROUNDS });
    let times = Times::of(quick);
    if arguments.folder.exists() {
        std::fs::remove_dir_all(&arguments.folder)?;
    }
    std::fs::create_dir_all(&arguments.folder)?;
    let machine = machine::describe(&arguments.folder)?;
    let before = machine::load();
    say(&format!("{machine}; load {before}"));

    sqlx::any::install_default_drivers();
    let runtime = Runtime::new()?;
    let mut engines = vec![Engine::Sqlite(arguments.folder.clone())];
    if let Some(url) = &arguments.postgres {
        engines.push(Engine::postgres(url)?);
    }
    let mut grounds = Vec::new();
    for engine in engines {
        let name = engine.name();
        let version = runtime.block_on(engine.version())?;
        say(&format!(
            "{name} {version}: making {FEW} and {} sessions",
            FEW * growth
        ));
        let made = Ground::make(engine, &arguments.server, &arguments.folder, FEW, growth);
        let ground = runtime.block_on(made)?;
        let measured = Measured {
            engine: name,
            version,
            rounds: vec![],
            poll_bytes: 0,
        };
        grounds.push((ground, measured));
    }

    let constant = Constant::start(program(&std::env::current_exe()?))?;
    for number in 1..=count {
        for (ground, measured) in &mut grounds {
            say(&format!("round {number} of {count}, {}", measured.engine));
            let round = round::measure(&runtime, ground, &constant, times)?;
            measured.rounds.push(round);
        }
    }
    for (ground, measured) in &mut grounds {
        measured.poll_bytes = polls::bytes_each(&runtime, ground, polls)?;
    }
    let measured: Vec<Measured> = grounds.into_iter().map(|(_, measured)| measured).collect();
    let sizes = (FEW, FEW * growth);
    let machine = format!(
        "{machine}; load average before the run {before}, at its end {}",
        machine::load()
    );
    let text = report::markdown(&measured, &machine, sizes, times, polls);
    println!("{text}");
    if let Some(document) = &arguments.write {
        document::write(document, "api", &text)?;
    }
    let failed = report::below_gates(&measured);
    // A gate is for figures that are worth something.
    if failed.is_empty() || quick {
        Ok(())
    } else {
        Err(format!("below the gate: {}", failed.join("; ")).into())
    }
}

impl Times {
    fn of(quick: bool) -> Self {
        let ms = Duration::from_millis;
        if quick {
            Self {
                warm_up: ms(300),
                window: ms(1_000),
            }
        } else {
            Self {
                warm_up: ms(1_000),
                window: ms(4_000),
            }
        }
    }
}

/// A line for the person who waits; the result goes to the other stream.
fn say(line: &str) {
    eprintln!("{line}");
}
