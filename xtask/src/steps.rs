//! Runs named steps one after the other and says at the end how long each took.
//! The first that fails is the last that runs.

use std::time::{Duration, Instant};

use crate::{failure::Outcome, say};

/// The steps done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Runs one step under its name.
    ///
    /// # Errors
    /// The step's own failure, with its name.
    pub fn run(&mut self, name: &'static str, step: impl FnOnce() -> Outcome) -> Outcome {
        say::progress(&format!("\n== {}: {name}", self.done.len() + 1));
        let start = Instant::now();
        let outcome = step();
        self.done.push((name, start.elapsed()));
        outcome.map_err(|failure| {
            say::progress(&self.table());
            format!("step {} ({name}) failed: {failure}", self.done.len()).into()
        })
    }

    /// One line per step, with its time.
    pub fn table(&self) -> String {
        let line = |(name, time): &(&str, Duration)| format!("{:>5} s  {name}", time.as_secs());
        let lines: Vec<_> = self.done.iter().map(line).collect();
        format!("\n{}", lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_is_named() {
        let mut steps = Steps::default();
        steps.run("format", || Ok(())).unwrap();

        let failure = steps
            .run("lint", || Err("two warnings".into()))
            .unwrap_err()
            .to_string();

        assert!(
            failure.contains("step 2 (lint) failed: two warnings"),
            "{failure}"
        );
    }

    #[test]
    fn the_table_lists_what_was_done() {
        let mut steps = Steps::default();
        steps.run("format", || Ok(())).unwrap();

        assert!(steps.table().ends_with(" s  format"));
    }
}
