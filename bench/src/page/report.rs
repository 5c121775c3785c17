//! Visits as a table that a person reads, and the goals they are held against.

use std::fmt::Write as _;

use super::visits::{Condition, Visit, Visits};
use crate::failure::Outcome;
use crate::figure::{Figure, median, thousands};

/// What one page costs as a share of what another does, in the same round.
struct Goal {
    what: &'static str,
    under: Condition,
    of: (&'static str, Part),
    to: (&'static str, Part),
    /// In thousandths.
    at_most: u64,
}

type Part = fn(&Visit) -> u64;

const EARLY: &str = "borga-early";
const SCRIPT: &str = "borga-script";
const STATIC: &str = "static-frame";
const ADYEN: &str = "adyen-card";

fn usable(visit: &Visit) -> u64 {
    visit.usable_us
}

fn interactive(visit: &Visit) -> u64 {
    visit.interactive_us.unwrap_or(visit.usable_us)
}

fn task(visit: &Visit) -> u64 {
    visit.task_us
}

fn heap(visit: &Visit) -> u64 {
    visit.heap_bytes
}

fn goals() -> Vec<Goal> {
    use Condition::{Desk, Phone};
    let goal = |what, under, of: (_, Part), to: (_, Part), at_most| Goal {
        what,
        under,
        of,
        to,
        at_most,
    };
    vec![
        goal(
            "usable, frame in the HTML : static frame",
            Phone,
            (EARLY, usable),
            (STATIC, usable),
            1_250,
        ),
        goal(
            "usable, by script : static frame",
            Phone,
            (SCRIPT, usable),
            (STATIC, usable),
            1_600,
        ),
        goal(
            "interactive, frame in the HTML : Adyen Card usable",
            Phone,
            (EARLY, interactive),
            (ADYEN, usable),
            1_000,
        ),
        goal(
            "interactive, by script : Adyen Card usable",
            Phone,
            (SCRIPT, interactive),
            (ADYEN, usable),
            1_000,
        ),
        goal(
            "processor time, by script : Adyen Card",
            Desk,
            (SCRIPT, task),
            (ADYEN, task),
            400,
        ),
        goal(
            "heap, by script : static frame",
            Desk,
            (SCRIPT, heap),
            (STATIC, heap),
            1_400,
        ),
    ]
}

/// Everything, as Markdown.
///
/// # Errors
/// When a visit is missing that a goal compares.
pub fn markdown(visits: &Visits, machine: &str) -> Outcome<String> {
    let load = median(visits.visits.iter().map(|visit| visit.load_thousandths));
    let mut text = format!(
        "Measured: {machine}. {} rounds, pages in turn; load average {} (median). Each figure is the median of the \
         rounds.\n",
        visits.rounds(),
        Figure(load).one_digit(),
    );
    pages(&mut text, visits);
    let missed = ratios(&mut text, visits)?;
    if missed.is_empty() {
        text.push_str("\nEvery goal was reached.\n");
    } else {
        let _ = writeln!(text, "\nGoals that were missed: {}.", missed.join("; "));
    }
    Ok(text)
}

fn pages(text: &mut String, visits: &Visits) {
    text.push_str(
        "\n| page | requests | KB sent | phone: usable | phone: can pay | phone, again: usable | desk: usable | \
         desk: processor | desk: heap |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for page in &visits.pages {
        let middle = |condition, part: Part| {
            let each: Vec<u64> = visits.of(&page.name, condition).map(part).collect();
            (!each.is_empty()).then(|| median(each))
        };
        let shown = |value: Option<u64>, show: fn(u64) -> String| {
            value.map_or_else(|| "–".to_owned(), show)
        };
        let pays = visits
            .of(&page.name, Condition::Phone)
            .all(|visit| visit.interactive_us.is_some());
        let can_pay = middle(Condition::Phone, interactive).filter(|_| pays);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            page.about,
            shown(middle(Condition::Phone, |visit| visit.requests), thousands),
            shown(middle(Condition::Phone, |visit| visit.bytes), kilobytes),
            shown(middle(Condition::Phone, usable), milliseconds),
            shown(can_pay, milliseconds),
            shown(middle(Condition::PhoneAgain, usable), milliseconds),
            shown(middle(Condition::Desk, usable), milliseconds),
            shown(middle(Condition::Desk, task), milliseconds),
            shown(middle(Condition::Desk, heap), megabytes),
        );
    }
}

fn milliseconds(us: u64) -> String {
    format!("{} ms", Figure(us).whole())
}

fn kilobytes(bytes: u64) -> String {
    Figure(bytes).one_digit()
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", Figure(bytes / 1_000))
}

/// Returns those that were missed.
fn ratios(text: &mut String, visits: &Visits) -> Outcome<Vec<String>> {
    text.push_str("\n| within a round | median (smallest–largest) | goal | |\n|---|---|---|---|\n");
    let mut missed = Vec::new();
    for goal in goals() {
        let mut each = Vec::new();
        for round in 0..visits.rounds() {
            let part = |(page, part): (&str, Part)| visits.one(page, goal.under, round).map(part);
            each.push(Figure::quotient(part(goal.of)?, part(goal.to)?));
        }
        let middle = median(each.iter().copied());
        let (least, most) = each.iter().min().zip(each.iter().max()).unzip();
        let bound = Figure(goal.at_most);
        let is_reached = middle <= bound;
        let _ = writeln!(
            text,
            "| {} | {middle} ({}–{}) | ≤ {bound} | {} |",
            goal.what,
            least.copied().unwrap_or_default(),
            most.copied().unwrap_or_default(),
            if is_reached { "reached" } else { "missed" },
        );
        if !is_reached {
            missed.push(format!("{} ({middle}, ≤ {bound})", goal.what));
        }
    }
    Ok(missed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::visits::Page;

    fn visit(page: &str, condition: Condition, round: u32) -> Visit {
        Visit {
            page: page.to_owned(),
            condition,
            round,
            usable_us: 1_000_000,
            interactive_us: page.starts_with("borga").then_some(1_000_000),
            task_us: if page == ADYEN { 100_000 } else { 40_000 },
            heap_bytes: 1_400_000,
            requests: 3,
            bytes: 12_345,
            ..Visit::default()
        }
    }

    /// Visits that reach every goal.
    fn visits() -> Visits {
        let pages = [STATIC, SCRIPT, EARLY, ADYEN];
        Visits {
            pages: pages
                .map(|name| Page {
                    name: name.to_owned(),
                    about: format!("The page {name}"),
                })
                .into(),
            visits: (0..3)
                .flat_map(|round| {
                    pages.into_iter().flat_map(move |page| {
                        [Condition::Phone, Condition::Desk]
                            .map(|condition| visit(page, condition, round))
                    })
                })
                .collect(),
        }
    }

    #[test]
    fn the_median_of_the_rounds_decides() {
        let mut visits = visits();
        let slow = |visit: &&mut Visit| visit.page == EARLY && visit.condition == Condition::Phone;
        visits
            .visits
            .iter_mut()
            .filter(slow)
            .take(1)
            .for_each(|visit| visit.usable_us = 1_400_000);
        let once = markdown(&visits, "2 cores").unwrap();
        assert!(once.contains("Every goal was reached."), "{once}");
        assert!(
            once.contains("| 1.00 (1.00–1.40) | ≤ 1.25 | reached |"),
            "{once}"
        );

        visits
            .visits
            .iter_mut()
            .filter(slow)
            .take(2)
            .for_each(|visit| visit.usable_us = 1_400_000);
        let twice = markdown(&visits, "2 cores").unwrap();

        assert!(
            twice.contains(
                "Goals that were missed: usable, frame in the HTML : static frame (1.40, ≤ 1.25)."
            ),
            "{twice}"
        );
    }

    #[test]
    fn a_page_is_shown_with_what_it_has() {
        let text = markdown(&visits(), "2 cores").unwrap();

        assert!(
            text.contains("| The page borga-early | 3 | 12.3 | 1,000 ms | 1,000 ms | – | 1,000 ms | 40 ms | 1.40 MB |"),
            "{text}"
        );
        assert!(
            text.contains("| The page static-frame | 3 | 12.3 | 1,000 ms | – | – |"),
            "{text}"
        );
    }

    #[test]
    fn a_visit_that_was_not_made_is_named() {
        let mut visits = visits();
        visits
            .visits
            .retain(|visit| visit.page != ADYEN || visit.round != 1);

        let failure = markdown(&visits, "2 cores").unwrap_err().to_string();

        assert_eq!(failure, "adyen-card was not visited in round 2 (Phone)");
    }
}
