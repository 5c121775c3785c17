//! The figures as a table that a person reads, and the goals they are held against.

use std::fmt::Write as _;
use std::time::Duration;

use super::Measured;
use super::round::{CONNECTIONS, Cell, ORDINARY_LOAD, Round, Times};
use crate::figure::{Figure, median, milliseconds, thousands};

/// A figure that is worth comparing between machines, and what it should be.
struct Goal {
    what: &'static str,
    of: fn(&Round) -> Figure,
    wanted: Wanted,
    /// What it must be at least; none where nobody has found a bound that is no accident.
    gate: Option<u64>,
}

#[derive(Clone, Copy)]
enum Wanted {
    AtLeast(u64),
    AtMost(u64),
}

impl Wanted {
    fn reached(self, figure: Figure) -> bool {
        match self {
            Self::AtLeast(bound) => figure.0 >= bound,
            Self::AtMost(bound) => figure.0 <= bound,
        }
    }

    const fn with(self, bound: u64) -> Self {
        match self {
            Self::AtLeast(_) => Self::AtLeast(bound),
            Self::AtMost(_) => Self::AtMost(bound),
        }
    }

    fn text(self) -> String {
        match self {
            Self::AtLeast(bound) => format!("≥ {}", Figure(bound)),
            Self::AtMost(bound) => format!("≤ {}", Figure(bound)),
        }
    }
}

fn goals(engine: &str) -> Vec<Goal> {
    use Wanted::{AtLeast, AtMost};
    let goal = |what, of: fn(&Round) -> Figure, wanted, gate| Goal {
        what,
        of,
        wanted,
        gate,
    };
    let own = |round: &Round| rate(round.create, round.own);
    let plain = |round: &Round| rate(round.create, round.plain);
    let read = |round: &Round| rate(round.read, round.constant);
    let waits = |round: &Round| Figure::quotient(round.ordinary.p99, round.ordinary.p50);
    let create_many = |round: &Round| rate(round.create, round.create_many);
    let read_many = |round: &Round| rate(round.read, round.read_many);
    let of_databases = if engine == "SQLite" {
        [
            goal("create : own limit loop", own, AtLeast(900), Some(750)),
            goal("create : plain loop", plain, AtLeast(3_500), Some(2_500)),
            goal(
                "read by client secret : constant route",
                read,
                AtLeast(250),
                Some(150),
            ),
            goal(
                "CPU µs of a create, database included",
                Round::create_cpu,
                AtMost(75_000),
                Some(150_000),
            ),
        ]
    } else {
        let cpu = |round: &Round| round.create.cpu;
        [
            goal("create : own limit loop", own, AtLeast(650), Some(500)),
            goal("create : plain loop", plain, AtLeast(2_500), Some(1_500)),
            goal(
                "read by client secret : constant route",
                read,
                AtLeast(200),
                Some(120),
            ),
            goal(
                "CPU µs of a create, database not included",
                cpu,
                AtMost(30_000),
                Some(60_000),
            ),
        ]
    };
    let of_both = [
        goal(
            "p99 : p50 of a create at ordinary load",
            waits,
            AtMost(4_000),
            None,
        ),
        goal(
            "create among few : among many sessions",
            create_many,
            AtMost(1_200),
            None,
        ),
        goal(
            "read among few : among many sessions",
            read_many,
            AtMost(1_200),
            None,
        ),
    ];
    of_databases.into_iter().chain(of_both).collect()
}

fn rate(part: Cell, whole: Cell) -> Figure {
    Figure::quotient(part.rate, whole.rate)
}

const POLL_KB: Wanted = Wanted::AtMost(16_000);
const POLL_KB_GATE: u64 = 32_000;

/// Everything, as Markdown.
pub fn markdown(
    measured: &[Measured],
    machine: &str,
    (few, many): (u64, u64),
    times: Times,
    polls: usize,
) -> String {
    let rounds = measured.first().map_or(0, |measured| measured.rounds.len());
    let mut text = format!(
        "Measured: {machine}. {rounds} rounds, {} s for each cell after {} s of warming up, {CONNECTIONS} connections; \
         the asking program, the server and the database share the cores. Few sessions are {} (and what the cells \
         add), many are {}. Every figure is the median of the rounds; rates and ratios with the smallest and the largest.\n",
        seconds(times.window),
        seconds(times.warm_up),
        thousands(few),
        thousands(many),
    );
    for of_engine in measured {
        cells(&mut text, of_engine);
        ratios(&mut text, of_engine, polls);
    }
    let missed: Vec<String> = measured
        .iter()
        .flat_map(|measured| failing(measured, |goal| Some(goal.wanted)))
        .collect();
    if missed.is_empty() {
        text.push_str("\nEvery goal was reached.\n");
    } else {
        let _ = writeln!(text, "\nGoals that were missed: {}.", missed.join("; "));
    }
    text
}

/// A name and the cell that it stands for.
type Row<'a> = (&'a str, fn(&Round) -> Cell);

fn seconds(time: Duration) -> String {
    Figure(u64::try_from(time.as_millis()).unwrap_or_default()).one_digit()
}

fn cells(text: &mut String, measured: &Measured) {
    let _ = write!(
        text,
        "\n### {} {}\n\n| | per second | p50 | p99 | CPU µs each: server or loop | CPU µs each: database |\n\
         |---|---|---|---|---|---|\n",
        measured.engine, measured.version
    );
    let ordinary = format!("create at {ORDINARY_LOAD} % of that rate");
    let rows: [Row; 9] = [
        (
            "plain loop: one transaction for each session, no server",
            |round| round.plain,
        ),
        (
            "own limit loop: the server's way of writing, no server",
            |round| round.own,
        ),
        ("create a session", |round| round.create),
        (&ordinary, |round| round.ordinary),
        ("constant route", |round| round.constant),
        ("read a session by its client secret", |round| round.read),
        ("read a session by a secret key", |round| round.read_by_key),
        ("create among many sessions", |round| round.create_many),
        ("read by client secret among many sessions", |round| {
            round.read_many
        }),
    ];
    for (name, of) in rows {
        let each: Vec<Cell> = measured.rounds.iter().map(of).collect();
        let middle = |part: fn(&Cell) -> u64| median(each.iter().map(part));
        let rates: Vec<u64> = each.iter().map(|cell| cell.rate).collect();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} |",
            spread(&rates, thousands),
            milliseconds(middle(|cell| cell.p50)),
            milliseconds(middle(|cell| cell.p99)),
            processor(middle(|cell| cell.cpu.0)),
            processor(middle(|cell| cell.database_cpu.0)),
        );
    }
}

fn processor(thousandths: u64) -> String {
    match thousandths {
        0 => "–".to_owned(),
        some => Figure(some).whole(),
    }
}

fn ratios(text: &mut String, measured: &Measured, polls: usize) {
    text.push_str(
        "\n| within a round | median (smallest–largest) | goal | gate | |\n|---|---|---|---|---|\n",
    );
    for goal in goals(measured.engine) {
        let each: Vec<u64> = measured
            .rounds
            .iter()
            .map(|round| (goal.of)(round).0)
            .collect();
        let shown = spread(&each, |figure| Figure(figure).to_string());
        let gate = goal
            .gate
            .map_or_else(|| "–".to_owned(), |gate| goal.wanted.with(gate).text());
        let verdict = verdict(&goal, Figure(median(each)));
        let _ = writeln!(
            text,
            "| {} | {shown} | {} | {gate} | {verdict} |",
            goal.what,
            goal.wanted.text()
        );
    }
    let kilobytes = |bytes: u64| Figure::quotient(bytes, 1_000).one_digit();
    let goal = poll_goal();
    let _ = writeln!(
        text,
        "| memory of one of {} waiting long polls | {} KB | ≤ 16 KB | ≤ 32 KB | {} |",
        thousands(u64::try_from(polls).unwrap_or_default()),
        kilobytes(measured.poll_bytes),
        verdict(&goal, poll_figure(measured)),
    );
}

const fn poll_goal() -> Goal {
    Goal {
        what: "KB of memory of a waiting long poll",
        of: |_| Figure(0),
        wanted: POLL_KB,
        gate: Some(POLL_KB_GATE),
    }
}

const fn poll_figure(measured: &Measured) -> Figure {
    Figure(measured.poll_bytes)
}

fn verdict(goal: &Goal, figure: Figure) -> &'static str {
    let gate = goal.gate.map(|gate| goal.wanted.with(gate));
    if goal.wanted.reached(figure) {
        "reached"
    } else if gate.is_some_and(|gate| !gate.reached(figure)) {
        "**below the gate**"
    } else {
        "missed"
    }
}

fn spread(values: &[u64], show: impl Fn(u64) -> String) -> String {
    let ends = values.iter().min().zip(values.iter().max());
    let middle = show(median(values.iter().copied()));
    match ends {
        Some((least, most)) if values.len() > 1 => {
            format!("{middle} ({}–{})", show(*least), show(*most))
        }
        Some(_) | None => middle,
    }
}

/// Figures whose median is on the wrong side of their gate.
pub fn below_gates(measured: &[Measured]) -> Vec<String> {
    let each = measured.iter().map(|measured| {
        failing(measured, |goal| {
            goal.gate.map(|gate| goal.wanted.with(gate))
        })
    });
    each.flatten().collect()
}

fn failing(measured: &Measured, bound: impl Fn(&Goal) -> Option<Wanted>) -> Vec<String> {
    let of_rounds = goals(measured.engine).into_iter().map(|goal| {
        let figure = median(measured.rounds.iter().map(|round| (goal.of)(round).0));
        (goal, Figure(figure))
    });
    of_rounds
        .chain([(poll_goal(), poll_figure(measured))])
        .filter_map(|(goal, figure)| {
            let bound = bound(&goal)?;
            let missed = format!(
                "{}, {} ({figure}, {})",
                measured.engine,
                goal.what,
                bound.text()
            );
            (!bound.reached(figure)).then_some(missed)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(rate: u64) -> Cell {
        Cell {
            rate,
            p50: 1_000,
            p99: 3_000,
            ..Cell::default()
        }
    }

    /// A round in which every goal is reached, but for what the test changes.
    fn round() -> Round {
        Round {
            plain: cell(1_000),
            own: cell(4_000),
            create: cell(4_000),
            ordinary: cell(2_800),
            read: cell(10_000),
            read_by_key: cell(10_000),
            constant: cell(40_000),
            create_many: cell(4_000),
            read_many: cell(9_000),
        }
    }

    fn measured(rounds: Vec<Round>) -> Measured {
        Measured {
            engine: "SQLite",
            version: "3".to_owned(),
            rounds,
            poll_bytes: 12_345,
        }
    }

    #[test]
    fn the_median_of_the_rounds_decides() {
        let slow = Round {
            create: cell(1_000),
            ..round()
        };

        assert_eq!(
            below_gates(&[measured(vec![round(), round(), slow])]),
            [] as [&str; 0]
        );
        let failed = below_gates(&[measured(vec![round(), slow, slow])]);

        assert_eq!(
            failed,
            [
                "SQLite, create : own limit loop (0.25, ≥ 0.75)",
                "SQLite, create : plain loop (1.00, ≥ 2.50)"
            ]
        );
    }

    #[test]
    fn what_misses_its_goal_is_named() {
        let times = Times {
            warm_up: Duration::from_secs(1),
            window: Duration::from_secs(4),
        };
        let busy = Round {
            read_many: cell(5_000),
            ..round()
        };
        let text = |round| markdown(&[measured(vec![round])], "2 cores", (10, 100), times, 5_000);

        assert!(
            text(round()).contains("Every goal was reached."),
            "{}",
            text(round())
        );
        let missed = "SQLite, read among few : among many sessions (2.00, ≤ 1.20)";
        assert!(text(busy).contains(missed), "{}", text(busy));
        assert!(text(busy).contains("| 12.3 KB | ≤ 16 KB | ≤ 32 KB | reached |"));
    }
}
