//! What formatted fields showed before, for undo and redo: a browser forgets its own history of a field whose text a
//! program has set. It does not print: it holds parts of a card.

use checkout_protocol::frame_message::Field;

use crate::edit;

/// As many steps as the longest number has digits, a few times over.
const MOST: usize = 100;

/// Earlier and later texts of the fields.
#[derive(Default)]
pub struct History {
    earlier: Vec<(Field, String)>,
    later: Vec<(Field, String)>,
}

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To what was there before.
    Undo,
    /// Back again.
    Redo,
}

impl History {
    /// `field` shows something else from now on than `before`.
    pub fn changed(&mut self, field: Field, before: &str) {
        self.later.clear();
        if self.earlier.len() == MOST {
            self.earlier.remove(0);
        }
        self.earlier.push((field, before.to_owned()));
    }

    /// What `field`, which shows `now`, is to show instead; `None` when there is no further step.
    pub fn step(&mut self, way: Way, field: Field, now: &str) -> Option<String> {
        let (from, to) = match way {
            Way::Undo => (&mut self.earlier, &mut self.later),
            Way::Redo => (&mut self.later, &mut self.earlier),
        };
        let place = from.iter().rposition(|(theirs, _)| *theirs == field)?;
        let (_, text) = from.remove(place);
        to.push((field, now.to_owned()));
        Some(text)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Where the caret goes when `text` takes the place of `now`: behind what changed.
#[must_use]
pub fn caret(text: &str, now: &str) -> usize {
    let digits = |text: &str| -> Vec<char> { text.chars().filter(char::is_ascii_digit).collect() };
    let (text_digits, now_digits) = (digits(text), digits(now));
    let same = text_digits.iter().rev().zip(now_digits.iter().rev());
    let mut behind = same.take_while(|(a, b)| a == b).count();
    // Another number altogether, that ends alike by chance.
    if text_digits.first() != now_digits.first() && behind < text_digits.len().min(now_digits.len())
    {
        behind = 0;
    }
    edit::place_after(text, text_digits.len() - behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::{Expiry, Number};

    #[test]
    fn steps_go_back_and_forth_in_their_own_field() {
        let mut history = History::default();
        history.changed(Number, "");
        history.changed(Number, "4");
        history.changed(Expiry, "1");
        assert_eq!(history.step(Way::Undo, Number, "42").as_deref(), Some("4"));
        assert_eq!(history.step(Way::Undo, Number, "4").as_deref(), Some(""));
        assert_eq!(history.step(Way::Undo, Number, ""), None);
        assert_eq!(history.step(Way::Redo, Number, "").as_deref(), Some("4"));
        assert_eq!(history.step(Way::Redo, Number, "4").as_deref(), Some("42"));
        assert_eq!(history.step(Way::Redo, Number, "42"), None);
        assert_eq!(history.step(Way::Undo, Expiry, "12").as_deref(), Some("1"));
    }

    #[test]
    fn a_change_ends_what_could_be_done_again() {
        let mut history = History::default();
        history.changed(Number, "");
        history.step(Way::Undo, Number, "4");
        history.changed(Number, "");
        assert_eq!(history.step(Way::Redo, Number, "5"), None);
    }

    #[test]
    fn it_does_not_grow_without_end_and_can_be_forgotten() {
        let mut history = History::default();
        for _ in 0..MOST * 2 {
            history.changed(Number, "4");
        }
        assert_eq!(history.earlier.len(), MOST);
        history.clear();
        assert_eq!(history.step(Way::Undo, Number, ""), None);
    }

    #[test]
    fn the_caret_goes_behind_what_changed() {
        for (text, now, place) in [
            ("4242", "4242 4", 4),
            ("4242 4", "4242", 6),
            ("4242 42", "4294 242", 2),
            ("", "4", 0),
            ("4", "", 1),
            ("12", "4242 4242", 2),
            ("4242", "1424 2", 0),
        ] {
            assert_eq!(caret(text, now), place, "{now} -> {text}");
        }
    }
}
