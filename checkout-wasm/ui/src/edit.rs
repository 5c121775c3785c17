//! What a field shows after each change, and where the caret goes: formatted text that never fights its typist.
//! Knows nothing of the document; the program that owns the input calls it.

use checkout_protocol::card::{digit, expiry, number};
use checkout_protocol::frame_message::Field;

/// Which way a deletion went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Backspace, and everything that is not a deletion.
    Backward,
    /// The delete key.
    Forward,
}

/// A field's text and the caret in it, counted in characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Edited {
    /// What the field shows.
    pub text: String,
    /// After how many characters the caret stands.
    pub caret: usize,
}

/// `typed` as `field` shows it.
///
/// A code may be as long as any brand's: whose it is may change, and a digit that was typed is judged, not dropped.
#[must_use]
pub fn formatted(field: Field, typed: &str) -> String {
    match field {
        Field::Number => number::grouped(typed),
        Field::Expiry => expiry::formatted(typed),
        Field::SecurityCode => typed
            .chars()
            .filter(char::is_ascii_digit)
            .take(MAX_DIGITS)
            .collect(),
        Field::Name | Field::Email => typed.to_owned(),
    }
}

/// The longest code of any brand.
const MAX_DIGITS: usize = 4;

/// What a field that showed `before` shows now that it holds `typed` with the caret after `caret` characters.
///
/// A deletion that only hit a gap takes the digit next to it: else the gap would come back and the key would do
/// nothing.
#[must_use]
pub fn edited(
    field: Field,
    before: &str,
    typed: &str,
    caret: usize,
    direction: Direction,
) -> Edited {
    let is_free = matches!(field, Field::Name | Field::Email);
    let mut typed: Vec<char> = if is_free {
        typed.chars().collect()
    } else {
        typed.chars().map(digit::ascii).collect()
    };
    let mut caret = caret.min(typed.len());
    if !is_free && only_a_gap_was_deleted(before, &typed, caret) {
        let hit = match direction {
            Direction::Backward => typed[..caret].iter().rposition(char::is_ascii_digit),
            Direction::Forward => typed[caret..]
                .iter()
                .position(char::is_ascii_digit)
                .map(|place| caret + place),
        };
        if let Some(hit) = hit {
            typed.remove(hit);
            if hit < caret {
                caret = hit;
            }
        }
    }
    if field == Field::Expiry {
        let (text, caret) = expiry::edited(&typed.into_iter().collect::<String>(), caret);
        return Edited { text, caret };
    }
    let at_the_end = caret == typed.len();
    let digits_before = count_digits(&typed[..caret]);
    let typed: String = typed.into_iter().collect();
    let text = formatted(field, &typed);
    let caret = if is_free {
        caret
    } else if at_the_end {
        text.chars().count()
    } else {
        place_after(&text, digits_before)
    };
    Edited { text, caret }
}

/// Whether exactly one character went, at the caret, and it was no digit. The same digits put in anew without their gaps,
/// as autofill and pasting do, are something else.
fn only_a_gap_was_deleted(before: &str, typed: &[char], caret: usize) -> bool {
    let before: Vec<char> = before.chars().collect();
    before.len() == typed.len() + 1
        && !before[caret].is_ascii_digit()
        && before[..caret] == typed[..caret]
        && before[caret + 1..] == typed[caret..]
}

fn count_digits(text: &[char]) -> usize {
    text.iter().filter(|char| char.is_ascii_digit()).count()
}

/// After how many characters of `text` so many of its digits have come.
pub(crate) fn place_after(text: &str, digits: usize) -> usize {
    if digits == 0 {
        return 0;
    }
    text.chars()
        .enumerate()
        .filter(|(_, char)| char.is_ascii_digit())
        .nth(digits - 1)
        .map_or(text.chars().count(), |(place, _)| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Backward, Forward};
    use proptest::prelude::*;

    /// `|` is the caret.
    fn number(before: &str, typed: &str, direction: Direction) -> String {
        check(Field::Number, before, typed, direction)
    }

    fn check(field: Field, before: &str, typed: &str, direction: Direction) -> String {
        let caret = typed.chars().position(|char| char == '|').unwrap();
        let mut edited = edited(field, before, &typed.replace('|', ""), caret, direction);
        let before: String = edited.text.chars().take(edited.caret).collect();
        edited
            .text
            .replace_range(..before.len(), &format!("{before}|"));
        edited.text
    }

    #[test]
    fn digits_typed_at_the_end_are_grouped_and_the_caret_stays_at_the_end() {
        assert_eq!(number("4242", "42424|", Backward), "4242 4|");
    }

    #[test]
    fn a_digit_typed_in_the_middle_leaves_the_caret_behind_it() {
        assert_eq!(
            number("4242 4242 42", "42942| 4242 42", Backward),
            "4294 2|424 242"
        );
    }

    #[test]
    fn backspace_over_a_gap_removes_the_digit_before_it() {
        assert_eq!(number("4242 4", "4242|4", Backward), "424|4");
    }

    #[test]
    fn delete_over_a_gap_removes_the_digit_after_it() {
        assert_eq!(number("4242 567", "4242|567", Forward), "4242| 67");
    }

    #[test]
    fn a_pasted_number_loses_its_hyphens() {
        assert_eq!(
            number("", "4242-4242-4242-4242|", Backward),
            "4242 4242 4242 4242|"
        );
    }

    #[test]
    fn an_expiry_date_gets_its_slash_and_backspace_takes_it_away_again() {
        assert_eq!(check(Field::Expiry, "12", "123|", Backward), "12 / 3|");
        assert_eq!(check(Field::Expiry, "12 / 3", "12 / |", Backward), "12|");
        assert_eq!(check(Field::Expiry, "", "5|", Backward), "05|");
    }

    #[test]
    fn backspace_over_the_slash_removes_the_month_s_last_digit() {
        assert_eq!(
            check(Field::Expiry, "12 / 30", "12 /|30", Backward),
            "1| / 30"
        );
    }

    #[test]
    fn a_month_is_mended_without_touching_the_year() {
        assert_eq!(
            check(Field::Expiry, "12 / 30", "1| / 30", Backward),
            "1| / 30"
        );
        assert_eq!(
            check(Field::Expiry, "1 / 30", "11| / 30", Backward),
            "11| / 30"
        );
        assert_eq!(check(Field::Expiry, "12 / 27", "| / 27", Forward), "| / 27");
    }

    #[test]
    fn the_same_digits_put_in_without_their_gaps_stay_the_same() {
        assert_eq!(
            check(Field::Expiry, "03 / 30", "0330|", Backward),
            "03 / 30|"
        );
        assert_eq!(number("4242 4242", "42424242|", Backward), "4242 4242|");
    }

    #[test]
    fn a_name_is_left_as_it_is_typed() {
        assert_eq!(
            check(Field::Name, "Jon", "Jó|n  Þór ", Backward),
            "Jó|n  Þór "
        );
    }

    #[test]
    fn a_code_keeps_as_many_digits_as_any_brand_has() {
        assert_eq!(formatted(Field::SecurityCode, "12a345"), "1234");
    }

    #[test]
    fn digits_of_other_keyboards_are_digits() {
        assert_eq!(number("", "４２４２４|", Backward), "4242 4|");
        assert_eq!(check(Field::Expiry, "", "٠٣٣٠|", Backward), "03 / 30|");
    }

    #[test]
    fn an_address_is_left_as_it_is_typed() {
        assert_eq!(
            check(Field::Email, "", "j|@shop.is ", Backward),
            "j|@shop.is "
        );
    }

    proptest! {
        /// Any edit of any shown text: the caret stays in the text, and what is shown is shown the same from then on.
        #[test]
        fn every_edit_settles_with_the_caret_inside(
            field in 0..5_usize,
            before in "[0-9 /]{0,24}",
            typed in "[0-9 /a٣４-]{0,28}",
            caret in 0..30_usize,
            forward: bool,
        ) {
            let field = crate::form::FIELDS[field];
            let before = formatted(field, &before);
            let direction = if forward { Forward } else { Backward };
            let edit = edited(field, &before, &typed, caret, direction);
            prop_assert!(edit.caret <= edit.text.chars().count());
            let shown = formatted(field, &edit.text);
            prop_assert_eq!(&formatted(field, &shown), &shown);
            // A month that was being typed may get its zero.
            let padded = format!("0{}", edit.text);
            prop_assert!(shown == edit.text || shown == padded, "{} {}", shown, edit.text);
        }

        /// One character put into a number anywhere: every digit is still there, and the caret stands behind the new one.
        #[test]
        fn a_digit_typed_anywhere_is_kept(digits in "[0-9]{0,24}", place in 0..30_usize, digit in 0..10_u32) {
            let before = formatted(Field::Number, &digits);
            let place = place.min(before.len());
            let mut typed = before.clone();
            typed.insert(place, char::from_digit(digit, 10).unwrap());
            let edit = edited(Field::Number, &before, &typed, place + 1, Backward);
            let only_digits = |text: &str| text.replace(' ', "");
            prop_assert_eq!(only_digits(&edit.text), only_digits(&typed));
            prop_assert_eq!(only_digits(&edit.text[..edit.caret]), only_digits(&typed[..=place]));
        }
    }

    #[test]
    fn no_caret_or_text_panics() {
        for caret in 0..12 {
            let _ = edited(Field::Number, "4242 4242", "42😀42 4", caret, Forward);
            let _ = edited(Field::Expiry, "12 / 30", "", caret, Backward);
        }
    }
}
