//! Plays every case of the lab in every engine: `chromium::popup`, `firefox::popup`, `webkit::popup`, …
//!
//! A test of each, made from the list; with `BORGA_LAB_CASES` only those named there, with commas between. With
//! `BORGA_LAB_PAGE` they are played on somebody else's page, and with `BORGA_LAB_SANDBOX` their sandbox is made to fail. With
//! `BORGA_LAB_REPORTS` it writes what came of them into that folder: `lab.xml` (`JUnit`) and `lab.json`.

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use browser_tests::lab::{play_case, play_case_on};
use browser_tests::{Engine, Failure};
use libtest_mimic::{Arguments, Failed, Trial};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_json::json;

const ENGINES: [(&str, Engine); 3] = [
    ("chromium", Engine::Chromium),
    ("firefox", Engine::Firefox),
    ("webkit", Engine::WebKit),
];

/// One case in one engine.
struct Played {
    engine: &'static str,
    case: &'static str,
    /// Why it did not end as it must.
    failure: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let played: Arc<Mutex<Vec<Played>>> = Arc::default();
    let chosen = std::env::var("BORGA_LAB_CASES").ok();
    let is_chosen = |name: &str| {
        chosen
            .as_deref()
            .is_none_or(|chosen| chosen.split(',').any(|one| one == name))
    };
    let page = std::env::var("BORGA_LAB_PAGE").ok();
    let sandbox = std::env::var("BORGA_LAB_SANDBOX").ok();
    let mut trials = Vec::new();
    for (name, engine) in ENGINES {
        for case in borga_embed_lab::all() {
            let (played, page, sandbox) = (Arc::clone(&played), page.clone(), sandbox.clone());
            let trial = Trial::test(format!("{name}::{}", case.name), move || {
                let failure = catch_unwind(|| match &page {
                    Some(page) => play_case_on(engine, case, page, sandbox.as_deref()),
                    None => play_case(engine, case),
                })
                .err()
                .map(|panicked| message(panicked.as_ref()));
                played
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(Played {
                        engine: name,
                        case: case.name,
                        failure: failure.clone(),
                    });
                failure.map_or(Ok(()), |failure| Err(Failed::from(failure)))
            });
            if is_chosen(trial.name()) {
                trials.push(trial);
            }
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(folder) = std::env::var_os("BORGA_LAB_REPORTS").map(PathBuf::from) {
        let played = played.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(failure) = report(&folder, &played) {
            eprintln!("the reports cannot be written: {failure}");
            return ExitCode::FAILURE;
        }
    }
    conclusion.exit_code()
}

fn message(panicked: &(dyn std::any::Any + Send)) -> String {
    panicked
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| {
            panicked
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .unwrap_or_else(|| "panicked".to_owned())
}

fn report(folder: &Path, played: &[Played]) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let mut junit = Report::new("borga-embed-lab");
    for (engine, _) in ENGINES {
        let mut suite = TestSuite::new(engine);
        for played in played.iter().filter(|played| played.engine == engine) {
            let status = match &played.failure {
                None => TestCaseStatus::success(),
                Some(failure) => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    status.set_message(failure);
                    status
                }
            };
            let mut case = TestCase::new(played.case, status);
            case.set_classname(engine);
            suite.add_test_case(case);
        }
        junit.add_test_suite(suite);
    }
    junit.serialize(std::fs::File::create(folder.join("lab.xml"))?)?;
    let list: Vec<_> = played
        .iter()
        .map(|played| {
            json!({"engine": played.engine, "case": played.case, "passed": played.failure.is_none()})
        })
        .collect();
    std::fs::write(
        folder.join("lab.json"),
        serde_json::to_string_pretty(&list)?,
    )?;
    Ok(())
}
