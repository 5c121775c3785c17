//! The lab's cases, played in real browsers by their names, with a report for machines and a table for people.
//! What a case is stands in `borga-embed-lab`, how it is played in `tests`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use borga_embed_lab::Case;
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::{browser, build, failure::Outcome, project, say, setup};

/// `cargo xtask lab`
#[derive(Args)]
pub struct Arguments {
    /// Play only these cases; without names, all
    cases: Vec<String>,
    /// Play them in this engine only; may be given several times
    #[arg(long = "engine", value_enum)]
    engines: Vec<Engine>,
    /// Write lab.xml (`JUnit`) and lab.json into this folder
    #[arg(long, value_name = "DIR")]
    reports: Option<PathBuf>,
    /// Put the table of all cases and engines into docs/3d-secure.md
    #[arg(long, conflicts_with_all = ["cases", "engines"])]
    write: bool,
    /// Play the cases that need nothing of the lab's on this page of your own: it makes a session each time it is opened, in
    /// test mode
    #[arg(long, value_name = "URL", conflicts_with = "write")]
    page: Option<String>,
    /// The sandbox behind that page, so that cases can be played in which acquirer and bank fail
    #[arg(long, value_name = "URL", requires = "page")]
    sandbox: Option<String>,
    /// List the cases and play nothing
    #[arg(long)]
    list: bool,
}

/// A browser's engine.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }
}

/// Carries out the command: set-up, build, every case in every engine, then the reports, also of what failed.
///
/// # Errors
/// When a name is no case's, something does not build, or a case does not end as it must.
pub fn run(arguments: &Arguments) -> Outcome {
    if arguments.list {
        for case in borga_embed_lab::all() {
            say::result(&format!("{:34} {}", case.name, case.about));
        }
        return Ok(());
    }
    for name in &arguments.cases {
        if borga_embed_lab::find(name).is_none() {
            return Err(format!("no case is called {name}; see cargo xtask lab --list").into());
        }
    }
    setup::for_browser_tests()?;
    if arguments.page.is_none() {
        build::all(false, false)?;
    }
    let reports = match &arguments.reports {
        Some(folder) => folder.clone(),
        None => project::target().join("lab"),
    };
    let reports = std::path::absolute(&reports)
        .map_err(|error| format!("--reports {}: {error}", reports.display()))?;
    let mut variables = vec![
        (browser::LAB_CASES, names(arguments)?.join(",")),
        ("BORGA_LAB_REPORTS", reports.display().to_string()),
    ];
    variables.extend(arguments.page.clone().map(|page| ("BORGA_LAB_PAGE", page)));
    let sandbox = arguments.sandbox.clone();
    variables.extend(sandbox.map(|sandbox| ("BORGA_LAB_SANDBOX", sandbox)));
    let outcome = browser::play_lab(&variables);
    say::progress(&format!("reports: {}", reports.display()));
    if arguments.write {
        write_table(&reports)?;
    }
    outcome
}

/// What the tests to run are called.
fn names(arguments: &Arguments) -> Outcome<Vec<String>> {
    let engines = match arguments.engines.as_slice() {
        [] => &Engine::ALL,
        some => some,
    };
    let is_wanted = |case: &Case| {
        arguments.cases.is_empty() || arguments.cases.iter().any(|name| name == case.name)
    };
    let can_be_played = |case: &Case| {
        let works = case.faults.is_empty() || arguments.sandbox.is_some();
        arguments.page.is_none() || (case.plays_anywhere() && works)
    };
    let cases: Vec<&str> = borga_embed_lab::all()
        .filter(|case| is_wanted(case) && can_be_played(case))
        .map(|case| case.name)
        .collect();
    if cases.is_empty() {
        return Err("none of these cases can be played on a page of your own".into());
    }
    let of_engine = |engine: &Engine| {
        let engine = engine.name();
        cases.iter().map(move |case| format!("{engine}::{case}"))
    };
    Ok(engines.iter().flat_map(of_engine).collect())
}

const BEGINS: &str = "<!-- written by `cargo xtask lab --write` -->\n";
const ENDS: &str = "<!-- end of the table -->";

fn write_table(reports: &Path) -> Outcome {
    let played = read(&reports.join("lab.json"))?;
    let path = project::root().join("docs/3d-secure.md");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(&path).map_err(failed)?;
    let parts = text
        .split_once(BEGINS)
        .and_then(|(before, rest)| Some((before, rest.split_once(ENDS)?.1)));
    let (before, after) = parts.ok_or("docs/3d-secure.md has no place for the table")?;
    let text = format!("{before}{BEGINS}\n{}\n{ENDS}{after}", table(&played));
    Ok(fs::write(&path, text).map_err(failed)?)
}

/// Whether it passed, by case and engine.
type Played = BTreeMap<(String, String), bool>;

fn read(path: &Path) -> Outcome<Played> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    let list: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(list
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            let key = (text(&one["case"]), text(&one["engine"]));
            (key, one["passed"] == true)
        })
        .collect())
}

fn table(played: &Played) -> String {
    let mut lines = vec![
        "| case | what happens | Chromium | Firefox | WebKit |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    let mut group = None;
    for case in borga_embed_lab::all() {
        if group.replace(case.group) != Some(case.group) {
            lines.push(format!("| **{}** | | | | |", case.group.title()));
        }
        let results = Engine::ALL.map(|engine| {
            let key = (case.name.to_owned(), engine.name().to_owned());
            match played.get(&key) {
                Some(true) => "passed",
                Some(false) => "**failed**",
                None => "not played",
            }
        });
        lines.push(format!(
            "| `{}` | {} | {} |",
            case.name,
            case.about,
            results.join(" | ")
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_of_each_case_and_engine_what_came_of_it() {
        let key = |engine: &str| ("popup".to_owned(), engine.to_owned());
        let played = Played::from([(key("chromium"), true), (key("firefox"), false)]);

        let table = table(&played);

        let row = table.lines().find(|line| line.starts_with("| `popup` |"));
        let ends = "| passed | **failed** | not played |";
        assert!(row.is_some_and(|row| row.ends_with(ends)), "{row:?}");
    }

    #[test]
    fn the_documented_table_has_every_case_and_no_other() {
        let text = fs::read_to_string(project::root().join("docs/3d-secure.md")).unwrap();
        let (_, rest) = text.split_once(BEGINS).unwrap();
        let (table, _) = rest.split_once(ENDS).unwrap();
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
        let documented: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
        let known: Vec<&str> = borga_embed_lab::all().map(|case| case.name).collect();
        assert_eq!(documented, known, "run cargo xtask lab --write");
    }
}
