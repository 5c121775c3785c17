//! Visits of pages, as `tests/page-speed` writes them down.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};

/// Every visit of a run.
#[derive(Deserialize)]
pub struct Visits {
    /// The pages that were compared, in the order in which they are shown.
    pub pages: Vec<Page>,
    /// Each visit, in the order in which they were made.
    pub visits: Vec<Visit>,
}

/// A page.
#[derive(Deserialize)]
pub struct Page {
    /// Its name in visits.
    pub name: String,
    /// What it is, for people.
    pub about: String,
}

/// One visit of one page.
#[derive(Clone, Default, Deserialize)]
pub struct Visit {
    /// The page's name.
    pub page: String,
    /// The network and the processor's speed.
    pub condition: Condition,
    /// Visits of the same round may be compared.
    pub round: u32,
    /// Threads that wanted a core at the time, in thousandths.
    pub load_thousandths: u64,
    /// From the start to the first card field that could be used.
    pub usable_us: u64,
    /// From the start to a button that pays, where the page has such a moment.
    pub interactive_us: Option<u64>,
    /// Main threads' processor time.
    pub task_us: u64,
    /// JavaScript heap after collecting.
    pub heap_bytes: u64,
    /// Requests until the page was quiet.
    pub requests: u64,
    /// What was sent in answer, as it was compressed.
    pub bytes: u64,
}

/// Network and processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// 1.6 Mbit/s, round trips of 150 ms, and a processor slowed four times.
    Phone,
    /// The same for a payer who was there before.
    PhoneAgain,
    /// This machine as it is.
    #[default]
    Desk,
}

impl Visits {
    /// Reads a file of visits.
    ///
    /// # Errors
    /// When it is not there or not whole.
    pub fn read(path: &Path) -> Outcome<Self> {
        let explain = |error: &dyn std::fmt::Display| {
            Failure::from(format!("the visits in {}: {error}", path.display()))
        };
        let text = fs::read_to_string(path).map_err(|error| explain(&error))?;
        serde_json::from_str(&text).map_err(|error| explain(&error))
    }

    /// How many rounds there are.
    pub fn rounds(&self) -> u32 {
        let rounds = self.visits.iter().map(|visit| visit.round + 1);
        rounds.max().unwrap_or(0)
    }

    /// The visits of a page under a condition, one for each round.
    pub fn of(&self, page: &str, condition: Condition) -> impl Iterator<Item = &Visit> {
        self.visits
            .iter()
            .filter(move |visit| visit.page == page && visit.condition == condition)
    }

    /// The visit of a page in a round.
    ///
    /// # Errors
    /// When it was not made.
    pub fn one(&self, page: &str, condition: Condition, round: u32) -> Outcome<&Visit> {
        let mut visits = self.of(page, condition);
        visits
            .find(|visit| visit.round == round)
            .ok_or_else(move || {
                format!(
                    "{page} was not visited in round {} ({condition:?})",
                    round + 1
                )
                .into()
            })
    }
}
