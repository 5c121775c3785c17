//! One round: every cell once, so that what disturbs the machine disturbs all of them.

use std::time::Duration;

use embed_server::session_writer::SessionWriter;
use embed_server::store::Store;
use tokio::runtime::Runtime;

use super::ground::{Ground, MANY, WORK};
use super::say;
use crate::constant::{self, Constant};
use crate::failure::Outcome;
use crate::figure::Figure;
use crate::latency::Latencies;
use crate::limit::{self, Own, PLAIN_WRITERS, Plain, Write};
use crate::load::request::{Request, Requests};
use crate::load::{Load, Plan, Watched, closed, open};
use crate::server::Server;

/// At once; a browser's or a merchant's connection each.
pub const CONNECTIONS: usize = 64;
/// The share of what a server gives at which waiting is looked at, in hundredths.
pub const ORDINARY_LOAD: u64 = 70;

/// How long a cell takes.
#[derive(Clone, Copy)]
pub struct Times {
    /// Before anything counts.
    pub warm_up: Duration,
    /// What counts.
    pub window: Duration,
}

/// One cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// In a second.
    pub rate: u64,
    /// Microseconds.
    pub p50: u64,
    /// Microseconds.
    pub p99: u64,
    /// Microseconds of processor time for each, of the server or the loop.
    pub cpu: Figure,
    /// The same of the database, where it is not the same process.
    pub database_cpu: Figure,
}

/// All cells of a round on one database.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    /// One transaction for each session, without a server.
    pub plain: Cell,
    /// The server's own way of writing, without a server.
    pub own: Cell,
    /// Sessions made.
    pub create: Cell,
    /// The same at an ordinary load.
    pub ordinary: Cell,
    /// Sessions read by their frames.
    pub read: Cell,
    /// Sessions read by the merchant's server.
    pub read_by_key: Cell,
    /// A route that looks at nothing.
    pub constant: Cell,
    /// Sessions made where there are many.
    pub create_many: Cell,
    /// Sessions read by their frames where there are many.
    pub read_many: Cell,
}

impl Round {
    /// The processor time of one session that is made, the database's with it.
    pub fn create_cpu(&self) -> Figure {
        Figure(self.create.cpu.0 + self.create.database_cpu.0)
    }
}

/// Measures every cell once.
///
/// # Errors
/// The first answer or statement that is not as expected.
pub fn measure(
    runtime: &Runtime,
    ground: &Ground,
    constant: &Constant,
    times: Times,
) -> Outcome<Round> {
    let mut round = Round {
        plain: Cell::default(),
        ..Round::default()
    };
    round.plain = loop_cell("plain loop", runtime, ground, Plain, PLAIN_WRITERS, times)?;
    let own = |store: Store| Own(SessionWriter::start(&store));
    round.own = loop_cell("own limit loop", runtime, ground, own, CONNECTIONS, times)?;

    runtime.block_on(ground.clear())?;
    let (by_frames, by_servers) = runtime.block_on(ground.reads(WORK))?;
    let cells = Cells::start(runtime, ground, WORK, times)?;
    round.create = cells.ask("create", ground.creations(), 201)?;
    let rate = round.create.rate * ORDINARY_LOAD / 100;
    round.ordinary = cells.ask_at("create at ordinary load", rate, ground.creations())?;
    round.read = cells.ask("read by client secret", by_frames, 200)?;
    let route = Requests::new(vec![Request::get(constant::PATH, None)]);
    let bare = Watched {
        server: constant.process(),
        database: None,
    };
    let plan = Plan {
        server: constant.address,
        ..cells.plan(200)
    };
    round.constant = told("constant route", &closed(plan, route, bare)?);
    round.read_by_key = cells.ask("read by secret key", by_servers, 200)?;
    drop(cells);

    let (by_frames, _) = runtime.block_on(ground.reads(MANY))?;
    let cells = Cells::start(runtime, ground, MANY, times)?;
    round.create_many = cells.ask("create among many", ground.creations(), 201)?;
    round.read_many = cells.ask("read among many", by_frames, 200)?;
    Ok(round)
}

/// A server under load.
struct Cells {
    server: Server,
    watched: Watched,
    times: Times,
}

impl Cells {
    fn start(runtime: &Runtime, ground: &Ground, name: &str, times: Times) -> Outcome<Self> {
        let server = runtime.block_on(ground.serve(name))?;
        let database = runtime.block_on(ground.engine.process())?;
        let watched = Watched {
            server: server.process(),
            database,
        };
        Ok(Self {
            server,
            watched,
            times,
        })
    }

    fn plan(&self, expected: u16) -> Plan {
        Plan {
            server: self.server.address,
            connections: CONNECTIONS,
            warm_up: self.times.warm_up,
            window: self.times.window,
            expected,
        }
    }

    fn ask(&self, name: &str, requests: Requests, expected: u16) -> Outcome<Cell> {
        let load = closed(self.plan(expected), requests, self.watched)?;
        Ok(told(name, &load))
    }

    fn ask_at(&self, name: &str, rate: u64, requests: Requests) -> Outcome<Cell> {
        let latencies = open(self.plan(201), rate, requests)?;
        let cell = Cell {
            rate,
            ..waited(&latencies)
        };
        say(&format!(
            "  {name}: {rate}/s, p50 {} µs, p99 {} µs",
            cell.p50, cell.p99
        ));
        Ok(cell)
    }
}

fn loop_cell<W: Write>(
    name: &str,
    runtime: &Runtime,
    ground: &Ground,
    write: impl FnOnce(Store) -> W,
    writers: usize,
    times: Times,
) -> Outcome<Cell> {
    runtime.block_on(ground.clear())?;
    let url = ground.engine.url(WORK);
    let store = runtime.block_on(Store::open(&url))?;
    // The writer's tasks belong to the runtime.
    let write = runtime.block_on(async { write(store.clone()) });
    let limit = limit::measure(
        runtime,
        &write,
        writers,
        &ground.like,
        (times.warm_up, times.window),
    )?;
    runtime.block_on(store.close());
    say(&format!("  {name}: {}", limit.line()));
    Ok(Cell {
        rate: limit.per_second(),
        cpu: limit.us_each(),
        ..waited(&limit.latencies)
    })
}

fn told(name: &str, load: &Load) -> Cell {
    say(&format!("  {name}: {}", load.line()));
    Cell {
        rate: load.per_second(),
        cpu: load.server_us(),
        database_cpu: load.database_us(),
        ..waited(&load.latencies)
    }
}

fn waited(latencies: &Latencies) -> Cell {
    Cell {
        p50: latencies.p50_us(),
        p99: latencies.p99_us(),
        ..Cell::default()
    }
}
